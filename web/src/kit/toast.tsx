import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from "react";
import { Problem } from "../api/client.ts";
import { useWords } from "../words/locale.tsx";
import { words } from "../words/words.ts";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";
import styles from "./toast.module.css";

type Toast = {
  readonly id: number;
  readonly tone: "good" | "bad";
  readonly text: string;
  readonly act?: { readonly label: string; readonly run: () => unknown };
};
type Say = (toast: Omit<Toast, "id">) => void;

/** Long enough for the 30 seconds in which an acknowledgement can be taken back. */
const SHOWN_MS = { withAct: 30_000, good: 6_000 } as const;

const ToastContext = createContext<Say>(() => {});

export function useToast(): Say {
  return useContext(ToastContext);
}

/** Runs an act of the server; what went wrong is told where everybody looks. True: it was done. */
export function useAct(): (run: () => Promise<unknown>, done?: string, undo?: Toast["act"]) => Promise<boolean> {
  const say = useToast();
  const { failed, unreachable } = useWords(words);
  return useCallback(
    async (run, done, undo) => {
      try {
        await run();
        if (done !== undefined) say({ tone: "good", text: done, ...(undo === undefined ? {} : { act: undo }) });
        return true;
      } catch (error) {
        const text = error instanceof Problem && error.code !== "unreachable" ? error.message : unreachable;
        say({ tone: "bad", text: failed(text) });
        return false;
      }
    },
    [say, failed, unreachable],
  );
}

export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const next = useRef(1);
  const { close } = useWords(words);
  const drop = useCallback((id: number) => setToasts((all) => all.filter((one) => one.id !== id)), []);
  const say = useCallback<Say>(
    (toast) => {
      const id = next.current++;
      setToasts((all) => [...all.slice(-3), { ...toast, id }]);
      // What went wrong stays until somebody has read it.
      if (toast.tone === "good") setTimeout(() => drop(id), toast.act === undefined ? SHOWN_MS.good : SHOWN_MS.withAct);
    },
    [drop],
  );
  return (
    <ToastContext value={say}>
      {children}
      <div className={styles.stack} role="status" aria-live="polite">
        {toasts.map(({ id, tone, text, act }) => (
          <div key={id} className={`${styles.toast} ${styles[tone]}`}>
            <Icon name={tone === "good" ? "check" : "warn"} />
            <p>{text}</p>
            {act !== undefined && (
              <Button
                size="small"
                onPress={async () => {
                  await act.run();
                  drop(id);
                }}
              >
                {act.label}
              </Button>
            )}
            <Button look="quiet" size="small" icon="cross" bare onPress={() => drop(id)}>
              {close}
            </Button>
          </div>
        ))}
      </div>
    </ToastContext>
  );
}

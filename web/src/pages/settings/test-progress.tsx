import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ShownTest, TestRequest } from "../../../../src/http/wire/channels.ts";
import { api } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Button } from "../../kit/button.tsx";
import { Icon } from "../../kit/icon.tsx";
import { Notice } from "../../kit/page.tsx";
import { Time } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./settings.module.css";
import { Refused } from "./use-save.tsx";
import { words } from "./words.ts";

export function useTest(id: string | undefined) {
  return useQuery({
    queryKey: ["channel", "test", id],
    queryFn: () => api.get<ShownTest>(`/api/v1/tests/${encodeURIComponent(id ?? "")}`),
    enabled: id !== undefined,
    refetchInterval: ({ state }) =>
      state.data?.state === "acknowledged" || state.data?.state === "failed" ? false : 1_000,
  });
}

/** Rings somebody through a channel and shows what becomes of it. */
export function TestRing({
  channel,
  person,
  disabled,
  big,
  onRing,
}: {
  readonly channel: string;
  readonly person: string;
  readonly disabled?: boolean;
  /** The one main act where it stands. */
  readonly big?: boolean;
  readonly onRing?: (id: string) => void;
}) {
  const { test: w } = useWords(words);
  const mayTest = useMay("channels.test");
  const [id, setId] = useState<string>();
  const [error, setError] = useState<unknown>();
  const ring = async (): Promise<void> => {
    try {
      const made = await api.post<ShownTest>(`/api/v1/channels/${channel}/test`, { person } satisfies TestRequest);
      setError(undefined);
      setId(made.id);
      onRing?.(made.id);
    } catch (caught) {
      setError(caught);
    }
  };
  return (
    <div className={styles.ring}>
      <Button
        icon="send"
        size={big ? "huge" : "small"}
        look={big ? "main" : "plain"}
        onPress={ring}
        disabled={disabled || person === "" || !mayTest}
        {...(mayTest ? {} : { title: w.mayNot })}
      >
        {id === undefined ? w.ring : w.again}
      </Button>
      {error !== undefined && <Refused error={error} />}
      {id !== undefined && onRing === undefined && <TestProgress id={id} />}
    </div>
  );
}

const ORDER = ["queued", "sent", "acknowledged"] as const;

/** Queued, sent, acknowledged: as it happens, in words as well. */
export function TestProgress({ id }: { readonly id: string }) {
  const { test: w } = useWords(words);
  const test = useTest(id).data;
  if (test === undefined) return null;
  const { state, because, attempts } = test;
  const reached = state === "acknowledged" ? 2 : state === "sent" ? 1 : 0;
  const times = [test.createdAt, test.sentAt, test.acknowledgedAt];
  const isRetrying = (state === "queued" || state === "sending") && attempts > 0 && because !== null;
  return (
    <div className={styles.progress} role="status">
      <ol className={styles.states}>
        {ORDER.map((name, place) => (
          <li key={name} className={place <= reached && state !== "failed" ? styles.reached : styles.ahead}>
            <Icon name={place <= reached && state !== "failed" ? "check" : "clock"} size={18} />
            <span>{w.states[name]}</span>
            <span className={styles.quiet}>{times[place] ? <Time at={times[place]} only="clock" /> : w.notYet}</span>
          </li>
        ))}
      </ol>
      {state === "sent" && <p>{w.waiting}</p>}
      {isRetrying && <Notice tone="warn">{w.retrying(attempts, because)}</Notice>}
      {state === "acknowledged" && <Notice tone="good">{w.acknowledged}</Notice>}
      {state === "failed" && (
        <Notice tone="bad">
          <p>{w.failed}</p>
          {because !== null && <p>{because}</p>}
        </Notice>
      )}
    </div>
  );
}

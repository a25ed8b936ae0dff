import { lazy, Suspense, useState } from "react";
import type { IncidentOverview } from "../../../../src/http/wire/incident.ts";
import { api } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Button } from "../../kit/button.tsx";
import type { IconName } from "../../kit/icon.tsx";
import { useKey, useKeyText } from "../../kit/keys.tsx";
import { useIsPhone } from "../../kit/media.ts";
import { useAct } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./act-bar.module.css";
import { words } from "./words.ts";

const GradeDialog = lazy(() => import("./grade-dialog.tsx").then(({ GradeDialog }) => ({ default: GradeDialog })));
const HandOverDialog = lazy(() => import("./hand-over-dialog.tsx").then((m) => ({ default: m.HandOverDialog })));
const SnoozeDialog = lazy(() => import("./snooze-dialog.tsx").then((m) => ({ default: m.SnoozeDialog })));
const EscalateDialog = lazy(() => import("./escalate-dialog.tsx").then((m) => ({ default: m.EscalateDialog })));

type DialogName = "grade" | "hand-over" | "snooze" | "escalate";
type Plain = "acknowledge" | "unacknowledge" | "resolve" | "reopen" | "close";

/** What can be done now, the main act first; on a phone it stays under the thumb. */
export function ActBar({ incident }: { readonly incident: IncidentOverview }) {
  const w = useWords(words);
  const act = useAct();
  const may = useMay("incidents.respond");
  const phone = useIsPhone();
  const [dialog, setDialog] = useState<DialogName>();
  const { state } = incident;
  const isOpen = state === "triggered" || state === "acknowledged";
  const canTake = isOpen && (state === "triggered" || incident.handOver !== null || incident.snoozedUntil !== null);
  const path = `/api/v1/incidents/${incident.number}`;
  const run = (what: Plain) => (): Promise<boolean> =>
    act(
      () => api.post(`${path}/${what}`),
      w.done[what],
      what === "acknowledge"
        ? { label: w.undo, run: () => act(() => api.post(`${path}/unacknowledge`), w.done.unacknowledge) }
        : undefined,
    );
  const when = (can: boolean, what: () => unknown): (() => void) | undefined =>
    may && can ? () => void what() : undefined;
  useKey("acknowledge", when(canTake, run("acknowledge")));
  useKey("resolve", when(isOpen, run("resolve")));
  useKey(
    "escalate",
    when(isOpen, () => setDialog("escalate")),
  );
  useKey(
    "grade",
    when(state !== "closed", () => setDialog("grade")),
  );
  useKey(
    "handOver",
    when(isOpen, () => setDialog("hand-over")),
  );
  const acknowledgeKey = useKeyText("acknowledge");
  const resolveKey = useKeyText("resolve");
  if (!may) return <p className={styles.readOnly}>{w.readOnly}</p>;
  const main: { what: Plain; label: string; icon: IconName; key: string } | undefined = canTake
    ? {
        what: "acknowledge",
        label: incident.holder === null ? w.acts.acknowledge : w.acts.take,
        icon: "hand",
        key: acknowledgeKey,
      }
    : isOpen
      ? { what: "resolve", label: w.acts.resolve, icon: "check", key: resolveKey }
      : state === "resolved"
        ? { what: "close", label: w.acts.close, icon: "check", key: "" }
        : undefined;
  const others = (
    <>
      {isOpen && main?.what === "acknowledge" && (
        <Button icon="check" onPress={run("resolve")} aria-keyshortcuts={resolveKey === "" ? undefined : resolveKey}>
          {w.acts.resolve}
        </Button>
      )}
      {isOpen && (
        <Button icon="up" onPress={() => setDialog("escalate")}>
          {w.acts.escalate}
        </Button>
      )}
      {isOpen && (
        <Button icon="right" onPress={() => setDialog("hand-over")}>
          {w.acts.handOver}
        </Button>
      )}
      {state !== "closed" && (
        <Button icon="edit" onPress={() => setDialog("grade")}>
          {w.acts.grade}
        </Button>
      )}
      {isOpen && (
        <Button icon="snooze" onPress={() => setDialog("snooze")}>
          {w.acts.snooze}
        </Button>
      )}
      {state === "acknowledged" && (
        <Button look="quiet" onPress={run("unacknowledge")}>
          {w.acts.unacknowledge}
        </Button>
      )}
      {state === "resolved" && (
        <Button icon="left" onPress={run("reopen")}>
          {w.acts.reopen}
        </Button>
      )}
    </>
  );
  return (
    <div className={styles.bar}>
      {main !== undefined && (
        <span className={styles.main}>
          <Button
            look={main.what === "acknowledge" ? "act" : "main"}
            size="huge"
            icon={main.icon}
            onPress={run(main.what)}
            aria-keyshortcuts={main.key === "" ? undefined : main.key}
          >
            {main.label}
          </Button>
        </span>
      )}
      {phone ? (
        <details className={styles.more}>
          <summary>{w.acts.more}</summary>
          <div className={styles.others}>{others}</div>
        </details>
      ) : (
        others
      )}
      <Suspense>
        {dialog === "grade" && <GradeDialog incident={incident} onClose={() => setDialog(undefined)} />}
        {dialog === "hand-over" && <HandOverDialog incident={incident} onClose={() => setDialog(undefined)} />}
        {dialog === "snooze" && <SnoozeDialog incident={incident} onClose={() => setDialog(undefined)} />}
        {dialog === "escalate" && <EscalateDialog incident={incident} onClose={() => setDialog(undefined)} />}
      </Suspense>
    </div>
  );
}

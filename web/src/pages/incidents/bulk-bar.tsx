import { lazy, Suspense, useState } from "react";
import type { BulkResult, IncidentFacets, IncidentRow } from "../../../../src/http/wire/incident-list.ts";
import { Button } from "../../kit/button.tsx";
import type { IconName } from "../../kit/icon.tsx";
import { useKey, useKeyText } from "../../kit/keys.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./bulk-bar.module.css";
import { words } from "./words.ts";

const BulkDialog = lazy(() => import("./bulk-dialog.tsx").then(({ BulkDialog }) => ({ default: BulkDialog })));

export const BULK_ACTS = ["acknowledge", "resolve", "close", "grade", "note", "snooze"] as const;
export type BulkAct = (typeof BULK_ACTS)[number];

const ICONS: Readonly<Record<BulkAct, IconName>> = {
  acknowledge: "hand",
  resolve: "check",
  close: "policy",
  grade: "up",
  note: "note",
  snooze: "snooze",
};

/** What can be done to all that are selected, above the thumb. */
export function BulkBar({
  chosen,
  grades,
  onDone,
  onUnselect,
}: {
  readonly chosen: readonly IncidentRow[];
  readonly grades: IncidentFacets["grades"];
  readonly onDone: (result: BulkResult) => void;
  readonly onUnselect: () => void;
}) {
  const w = useWords(words);
  const [act, setAct] = useState<BulkAct>();
  useKey("acknowledge", () => setAct("acknowledge"));
  useKey("resolve", () => setAct("resolve"));
  useKey("note", () => setAct("note"));
  useKey("grade", () => setAct("grade"));
  const keys: Partial<Record<BulkAct, string>> = {
    acknowledge: useKeyText("acknowledge"),
    resolve: useKeyText("resolve"),
    note: useKeyText("note"),
    grade: useKeyText("grade"),
  };
  return (
    <section className={styles.bar} aria-label={w.bulk}>
      <p className={styles.count} role="status">
        {w.selected(chosen.length)}
      </p>
      <div className={styles.acts}>
        {BULK_ACTS.map((name) => (
          <Button
            key={name}
            icon={ICONS[name]}
            look={name === "acknowledge" ? "main" : "plain"}
            title={keys[name] === undefined || keys[name] === "" ? undefined : `${w.acts[name]} (${keys[name]})`}
            onPress={() => setAct(name)}
          >
            {w.acts[name]}
          </Button>
        ))}
        <Button look="quiet" icon="cross" onPress={onUnselect}>
          {w.unselect}
        </Button>
      </div>
      {act !== undefined && (
        <Suspense>
          <BulkDialog
            act={act}
            numbers={chosen.map(({ number }) => number)}
            grades={grades}
            onClose={() => setAct(undefined)}
            onDone={onDone}
          />
        </Suspense>
      )}
    </section>
  );
}

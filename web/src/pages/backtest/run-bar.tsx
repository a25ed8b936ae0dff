import { Button } from "../../kit/button.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./run-bar.module.css";
import type { Run } from "./use-backtest.ts";
import { words } from "./words.ts";

/** Starts it, tells how far it is, and stops it. */
export function RunBar({
  run,
  ready,
  onStart,
  onStop,
}: {
  readonly run: Run;
  readonly ready: boolean;
  readonly onStart: () => void;
  readonly onStop: () => void;
}) {
  const w = useWords(words);
  if (run.is !== "running")
    return (
      <div className={styles.bar}>
        <Button look="main" icon="simulate" disabled={!ready} onPress={onStart}>
          {run.is === "done" ? w.form.again : w.form.run}
        </Button>
      </div>
    );
  const percent = Math.floor(run.progress * 100);
  return (
    <div className={styles.bar}>
      <progress max={100} value={percent} aria-label={w.form.run} />
      <span className={styles.percent}>{w.running(percent)}</span>
      <Button onPress={onStop} icon="cross">
        {w.stop}
      </Button>
    </div>
  );
}

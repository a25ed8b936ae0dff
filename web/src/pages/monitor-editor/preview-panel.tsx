import { useState } from "react";
import type { ShownPreview, ShownRule } from "../../../../src/http/wire/monitors.ts";
import type { Unit } from "../../../../src/metric/metric.ts";
import { Button } from "../../kit/button.tsx";
import { GradeMark } from "../../kit/marks.tsx";
import { Notice, Panel } from "../../kit/page.tsx";
import { useLengthText, useTimeText } from "../../kit/time.tsx";
import { useValueText } from "../../kit/use-value-text.ts";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { namesOf } from "../monitors/monitor-tile.tsx";
import { Refused } from "../settings/use-save.tsx";
import { FiringStrip } from "./firing-strip.tsx";
import styles from "./preview-panel.module.css";
import { type RulePreview, useRulePreview } from "./use-rule-preview.ts";
import { words } from "./words.ts";
import { WorstChart } from "./worst-chart.tsx";

const LIST_SHOWN = 8;
/** Where it is on the page. */
export const PREVIEW = "preview";

/** What the rule would have done last week, beside what the one that holds now would have. */
export function PreviewPanel({
  shown,
  rule,
  saved,
  unit,
  grades,
  isOff,
}: {
  readonly shown: RulePreview;
  /** As it is written; undefined while something is to be mended. */
  readonly rule: Omit<ShownRule, "id"> | undefined;
  /** The rule that holds now, where it says something else. */
  readonly saved: ShownRule | undefined;
  readonly unit: Unit;
  readonly grades: readonly string[];
  readonly isOff: boolean;
}) {
  const { preview: w } = useWords(words);
  const { preview, error, isStale, isAsking } = shown;
  const before = useRulePreview(saved).preview;
  return (
    <Panel title={w.title} id={PREVIEW}>
      <div className={styles.panel} aria-busy={isAsking}>
        {error !== null && error !== undefined && <Refused error={error} />}
        {isStale && preview !== undefined && <Notice tone="warn">{w.stale}</Notice>}
        {preview !== undefined && preview.warnings.length > 0 && (
          <Notice tone="warn">
            {preview.warnings.map((warning) => (
              <p key={warning}>{warning}</p>
            ))}
          </Notice>
        )}
        {isOff && <p className={styles.quiet}>{w.off}</p>}
        {preview === undefined ? (
          <p className={styles.quiet} role="status">
            {isAsking ? w.asking : w.waiting}
          </p>
        ) : (
          <Shown
            preview={preview}
            before={saved === undefined ? undefined : before}
            rule={rule}
            unit={unit}
            grades={grades}
          />
        )}
      </div>
    </Panel>
  );
}

function Shown({
  preview,
  before,
  rule,
  unit,
  grades,
}: {
  readonly preview: ShownPreview;
  readonly before: ShownPreview | undefined;
  readonly rule: Omit<ShownRule, "id"> | undefined;
  readonly unit: Unit;
  readonly grades: readonly string[];
}) {
  const { preview: w } = useWords(words);
  const longest = useLongestText()(preview);
  const { firings, firingCount, series, played, covered, usualKnown } = preview;
  if (series === 0 || covered === 0) return <p className={styles.quiet}>{w.nothing}</p>;
  return (
    <>
      <div role="status" className={styles.sum}>
        <p className={styles.count} data-quiet={firingCount === 0}>
          {w.firings(firingCount)}
        </p>
        <p>
          {[...longest, w.watched(series)].join(" · ")}
          {before !== undefined && <> · {w.before(before.firingCount, firingCount)}</>}
        </p>
      </div>
      {firings.length > 0 && (
        <>
          <ul className={styles.grades} aria-label={w.byGrade}>
            {countsOf(preview).map(({ grade, rank, count }) => (
              <li key={grade}>
                <GradeMark grade={grade} rank={rank} /> {w.times(count)}
              </li>
            ))}
          </ul>
          <FiringStrip preview={preview} />
        </>
      )}
      {rule !== undefined && <WorstChart rule={rule} preview={preview} unit={unit} grades={grades} />}
      {firings.length > 0 && <FiringList preview={preview} unit={unit} />}
      {usualKnown !== null && usualKnown < 1 && (
        <Notice tone="warn">{usualKnown === 0 ? w.noneUsual : w.someUsual(percentOf(usualKnown))}</Notice>
      )}
      <p className={styles.quiet}>
        {w.covered(percentOf(covered))} {played < series && w.played(played, series)}
      </p>
    </>
  );
}

/** What it comes to, in a line: for where the preview itself is far below. */
export function PreviewBrief({ preview }: { readonly preview: ShownPreview }) {
  const { preview: w } = useWords(words);
  const longest = useLongestText()(preview);
  if (preview.covered === 0) return w.nothingShort;
  return w.brief([w.firings(preview.firingCount), ...longest].join(" · "));
}

function useLongestText(): (preview: ShownPreview) => readonly string[] {
  const { preview: w } = useWords(words);
  const length = useLengthText();
  return ({ firings, to }) =>
    firings.length === 0
      ? []
      : [w.longest(length(Math.max(...firings.map((firing) => lengthOf(firing, Date.parse(to))))))];
}

function FiringList({
  preview: { firings, firingCount, to },
  unit,
}: {
  readonly preview: ShownPreview;
  readonly unit: Unit;
}) {
  const { preview: w } = useWords(words);
  const { more } = useWords(shared);
  const [isWhole, setWhole] = useState(false);
  const time = useTimeText();
  const length = useLengthText();
  const value = useValueText();
  const end = Date.parse(to);
  const rows = isWhole ? firings : firings.slice(0, LIST_SHOWN);
  return (
    <>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={w.list}>
        <table>
          <thead>
            <tr>
              <th scope="col">{w.when}</th>
              <th scope="col">{w.where}</th>
              <th scope="col">{w.length}</th>
              <th scope="col">{w.worst}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((firing) => (
              <tr key={`${firing.from} ${firing.grade} ${JSON.stringify(firing.labels)}`}>
                <td>
                  <GradeMark grade={firing.grade} rank={firing.gradeRank} size="shape" /> {time(firing.from)}
                </td>
                <td className={styles.where}>{namesOf(firing.labels)}</td>
                <td>
                  {length(lengthOf(firing, end))}
                  {firing.to === null && <span className={styles.quiet}> {w.still}</span>}
                </td>
                <td className={styles.number}>{firing.worst === null ? w.silent : value(firing.worst, { unit })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!isWhole && firings.length > LIST_SHOWN && (
        <div>
          <Button size="small" onPress={() => setWhole(true)}>
            {more} ({firings.length - LIST_SHOWN})
          </Button>
        </div>
      )}
      {isWhole && firingCount > firings.length && (
        <p className={styles.quiet}>{w.limited(firings.length, firingCount)}</p>
      )}
    </>
  );
}

function lengthOf({ from, to }: ShownPreview["firings"][number], end: number): number {
  return (to === null ? end : Date.parse(to)) - Date.parse(from);
}

function countsOf({ firings }: ShownPreview): readonly { grade: string; rank: number; count: number }[] {
  const counts = new Map<string, { grade: string; rank: number; count: number }>();
  for (const { grade, gradeRank } of firings) {
    const known = counts.get(grade);
    counts.set(grade, { grade, rank: gradeRank, count: (known?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((one, other) => one.rank - other.rank);
}

/** Never 100 % while something is missing, nor 0 while something is there. */
function percentOf(share: number): string {
  return `${share >= 1 ? 100 : Math.min(99, Math.max(1, Math.round(share * 100)))}%`;
}

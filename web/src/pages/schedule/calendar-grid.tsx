import { memo, useId, useMemo, useRef } from "react";
import type { ShownSchedule } from "../../../../src/http/wire/schedule.ts";
import { useWords } from "../../words/locale.tsx";
import { CalendarBand } from "./calendar-band.tsx";
import styles from "./calendar-grid.module.css";
import { bandsOf, type Day } from "./days.ts";
import { rowsOf } from "./rows.ts";
import { doubleBooked, type Entry, entriesOf, type Span } from "./shifts-shown.ts";
import { useRoving } from "./use-roving.ts";
import { words } from "./words.ts";

/** What can be done from the calendar; what nobody may do is not there. */
export type GridActs = {
  readonly open: (entry: Entry) => void;
  readonly openDay: (date: string) => void;
  readonly openLeave: (id: string) => void;
  readonly makeOverride?: (wish: Span & { readonly rotation: string }) => void;
};

/** Weeks below each other, or one day: teams as rows, everything where it is in real time. */
export const CalendarGrid = memo(function CalendarGrid({
  schedule,
  days,
  month,
  now,
  acts,
}: {
  readonly schedule: ShownSchedule;
  readonly days: readonly Day[];
  /** `2026-11` where a month is shown: the days of others stand back. */
  readonly month: string | undefined;
  readonly now: number;
  readonly acts: GridActs;
}) {
  const w = useWords(words);
  const ref = useRef<HTMLDivElement>(null);
  const roving = useRoving(ref);
  const hint = useId();
  const rows = useMemo(() => rowsOf(schedule), [schedule]);
  const doubles = useMemo(() => doubleBooked(schedule.teams.flatMap(entriesOf)).parts, [schedule]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: no fieldset: nothing in it is filled in.
    <div ref={ref} role="group" className={styles.calendar} aria-label={w.calendar} aria-describedby={hint} {...roving}>
      <p id={hint} className="unseen">
        {w.howTo} {acts.makeOverride !== undefined && w.howToDraw}
      </p>
      {bandsOf(days).map((band) => (
        <CalendarBand
          key={band[0]?.date}
          days={band}
          month={month}
          rows={rows}
          schedule={schedule}
          doubles={doubles}
          now={now}
          acts={acts}
        />
      ))}
    </div>
  );
});

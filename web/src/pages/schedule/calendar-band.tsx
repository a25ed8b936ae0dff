import { Link } from "wouter";
import type { ShownLeave, ShownSchedule } from "../../../../src/http/wire/schedule.ts";
import { Icon } from "../../kit/icon.tsx";
import { useZone } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { rotationPath } from "../schedule-editor/rotation-names.ts";
import styles from "./calendar-band.module.css";
import type { GridActs } from "./calendar-grid.tsx";
import { PersonDot, useCast, useMarkOf } from "./cast.tsx";
import { type Day, dateOf, hoursOf, placeIn } from "./days.ts";
import { LANE_REM, Lines } from "./lines.tsx";
import { RowTrack } from "./row-track.tsx";
import type { Row } from "./rows.ts";
import { type Doubles, type Span, spanOf } from "./shifts-shown.ts";
import { useWhen } from "./use-when.ts";
import { words } from "./words.ts";

/** A week, or a day: its head, a row for each team, and who is away. */
export function CalendarBand({
  days,
  month,
  rows,
  schedule,
  doubles,
  now,
  acts,
}: {
  readonly days: readonly Day[];
  readonly month: string | undefined;
  readonly rows: readonly Row[];
  readonly schedule: ShownSchedule;
  readonly doubles: Doubles["parts"];
  readonly now: number;
  readonly acts: GridActs;
}) {
  const w = useWords(words);
  const when = useWhen();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return null;
  const band = { start: first.start, end: last.end };
  const leaves = schedule.leaves.filter((leave) => placeIn(band, spanOf(leave)) !== undefined);
  const title =
    days.length === 1
      ? when.date(first.date, "whole")
      : w.range(when.date(first.date, "short"), when.date(last.date, "short"));
  return (
    <section className={styles.band} aria-label={title}>
      <Head days={days} month={month} holidays={schedule.holidays} band={band} now={now} onDay={acts.openDay} />
      {rows.map((row) => (
        <div key={row.key} className={styles.row} data-layer={row.layer !== undefined}>
          <RowName row={row} />
          <div className={styles.inside}>
            {!row.team.takesTurns && row.layer === undefined && <Everybody members={row.team.members} />}
            {(row.lanes.length > 0 || row.layer !== undefined) && (
              <RowTrack days={days} band={band} row={row} doubles={doubles} now={now} acts={acts} />
            )}
          </div>
        </div>
      ))}
      {leaves.length > 0 && (
        <div className={styles.row}>
          <h3 className={styles.name}>{w.leaves}</h3>
          <Leaves leaves={leaves} days={days} band={band} now={now} onOpen={acts.openLeave} />
        </div>
      )}
    </section>
  );
}

function RowName({ row: { team, layer } }: { readonly row: Row }) {
  const { marks } = useWords(words);
  const { rotationName } = useCast();
  if (layer === undefined) return <h3 className={styles.name}>{team.name}</h3>;
  return (
    <h4 className={styles.name}>
      {layer === "overrides" ? (
        marks.override
      ) : (
        <Link href={rotationPath(layer.rotation)}>{rotationName(layer.rotation)}</Link>
      )}
    </h4>
  );
}

/** The days with their holidays; of a single day its hours, as local clocks show them. */
function Head({
  days,
  month,
  holidays,
  band,
  now,
  onDay,
}: {
  readonly days: readonly Day[];
  readonly month: string | undefined;
  readonly holidays: ShownSchedule["holidays"];
  readonly band: Span;
  readonly now: number;
  readonly onDay: (date: string) => void;
}) {
  const w = useWords(words);
  const when = useWhen();
  const zone = useZone();
  const today = dateOf(now, zone);
  const [only] = days;
  const nowPlace = placeIn(band, { start: now, end: now + 1 });
  return (
    <div className={styles.row}>
      <span />
      <div className={styles.head} data-row="days">
        {nowPlace !== undefined && (
          <span className={styles.nowText} aria-hidden="true" style={{ left: `${nowPlace.left}%` }}>
            {when.clock(now)}
          </span>
        )}
        {days.length === 1 && only !== undefined
          ? hoursOf(only, zone).map(({ at, hour }) => (
              <span
                key={at}
                className={styles.hour}
                style={{ left: `${placeIn(band, { start: at, end: at + 1 })?.left}%` }}
              >
                {hour}
              </span>
            ))
          : days.map((day) => {
              const place = placeIn(band, day);
              const holiday = holidays.find(({ date }) => date === day.date);
              const said = holiday === undefined ? "" : `${holiday.name}, ${holidayKind(holiday, w)}`;
              return (
                <button
                  key={day.date}
                  type="button"
                  tabIndex={-1}
                  data-cell=""
                  className={styles.day}
                  data-out={month !== undefined && !day.date.startsWith(month)}
                  data-off={holiday?.off === true || new Date(`${day.date}T00:00:00Z`).getUTCDay() === 0}
                  style={{ left: `${place?.left}%`, width: `${place?.width}%` }}
                  {...(day.date === today ? { "aria-current": "date" as const } : {})}
                  onClick={() => onDay(day.date)}
                >
                  <span className="unseen">{w.dayName(when.date(day.date, "short"), said)}</span>
                  <span aria-hidden="true" className={styles.date}>
                    <strong>
                      {day.date.endsWith("-01") ? `${Number(day.date.slice(5, 7))}/1` : Number(day.date.slice(8))}
                    </strong>
                    <span>{when.date(day.date, "weekday")}</span>
                  </span>
                  {holiday !== undefined && (
                    <span aria-hidden="true" className={styles.holiday}>
                      {holiday.name}
                    </span>
                  )}
                </button>
              );
            })}
      </div>
    </div>
  );
}

export function holidayKind(
  holiday: ShownSchedule["holidays"][number],
  w: { readonly holiday: string; readonly companyDay: string; readonly workday: string },
): string {
  return holiday.off ? (holiday.public ? w.holiday : w.companyDay) : w.workday;
}

function Everybody({ members }: { readonly members: readonly string[] }) {
  const w = useWords(words);
  const { of } = useCast();
  return (
    <p className={styles.everybody}>
      <span>{w.allOfThem}</span>
      {members.map((id) => (
        <span key={id} className={styles.member}>
          <PersonDot id={id} /> {of(id).name}
        </span>
      ))}
    </p>
  );
}

function Leaves({
  leaves,
  days,
  band,
  now,
  onOpen,
}: {
  readonly leaves: readonly ShownLeave[];
  readonly days: readonly Day[];
  readonly band: Span;
  readonly now: number;
  readonly onOpen: (id: string) => void;
}) {
  const w = useWords(words);
  const when = useWhen();
  const { of } = useCast();
  const mark = useMarkOf();
  return (
    <div className={styles.track} style={{ height: `${leaves.length * LANE_REM}rem` }}>
      <Lines days={days} band={band} now={now} />
      <ul className={styles.list} data-row="leaves">
        {leaves.map((leave, lane) => {
          const place = placeIn(band, spanOf(leave));
          const name = w.leaveName(of(leave.person).name, when.span(spanOf(leave)));
          return (
            <li key={leave.id}>
              <button
                type="button"
                tabIndex={-1}
                data-cell=""
                className={`${styles.leave} ${mark(leave.person)}`}
                style={{ left: `${place?.left}%`, width: `${place?.width}%`, top: `${lane * LANE_REM}rem` }}
                aria-label={name}
                title={name}
                onClick={() => onOpen(leave.id)}
              >
                <Icon name="snooze" size={14} />
                <span>{of(leave.person).name}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

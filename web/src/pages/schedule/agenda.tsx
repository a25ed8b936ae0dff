import { memo, useMemo, useState } from "react";
import type { ShownSchedule } from "../../../../src/http/wire/schedule.ts";
import { Button } from "../../kit/button.tsx";
import { Icon } from "../../kit/icon.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Empty } from "../../kit/page.tsx";
import { useZone } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./agenda.module.css";
import { holidayKind } from "./calendar-band.tsx";
import type { GridActs } from "./calendar-grid.tsx";
import { PersonDot, useCast, useMarkOf } from "./cast.tsx";
import { type Day, dateOf } from "./days.ts";
import { useMarksOf } from "./shift-bar.tsx";
import { type Doubles, doubleBooked, type Entry, entriesOf, overlaps, spanOf } from "./shifts-shown.ts";
import { useWhen } from "./use-when.ts";
import { words } from "./words.ts";

/** Day by day, for a narrow screen: my shifts first, then where nobody is on duty, then the others. */
export const Agenda = memo(function Agenda({
  schedule,
  days,
  now,
  acts,
}: {
  readonly schedule: ShownSchedule;
  readonly days: readonly Day[];
  readonly now: number;
  readonly acts: GridActs;
}) {
  const w = useWords(words);
  const [showsPast, setShowsPast] = useState(false);
  const entries = useMemo(() => schedule.teams.flatMap(entriesOf), [schedule]);
  const doubles = useMemo(() => doubleBooked(entries).parts, [entries]);
  const past = days.filter(({ end }) => end <= now).length;
  const hides = past > 0 && past < days.length && !showsPast;
  const facts = { schedule, entries, doubles, now, acts };
  return (
    <section className={styles.agenda} aria-label={w.agenda}>
      {hides && <Button onPress={() => setShowsPast(true)}>{w.earlierDays(past)}</Button>}
      {days.slice(hides ? past : 0).map((day) => (
        <AgendaDay key={day.date} day={day} {...facts} />
      ))}
    </section>
  );
});

function AgendaDay({
  day,
  schedule,
  entries,
  doubles,
  now,
  acts,
}: {
  readonly day: Day;
  readonly schedule: ShownSchedule;
  readonly entries: readonly Entry[];
  readonly doubles: Doubles["parts"];
  readonly now: number;
  readonly acts: GridActs;
}) {
  const w = useWords(words);
  const when = useWhen();
  const zone = useZone();
  const { me, of, names } = useCast();
  const holiday = schedule.holidays.find(({ date }) => date === day.date);
  const today = entries.filter((entry) => overlaps(entry, day));
  const isMine = ({ shift }: Entry): boolean => me !== undefined && shift.people.includes(me);
  const isDouble = ({ key }: Entry): boolean => doubles.get(key)?.some((part) => overlaps(part, day)) ?? false;
  const gaps = schedule.teams.flatMap((team) =>
    team.gaps.map(spanOf).flatMap((gap) => (overlaps(gap, day) ? [{ team, gap }] : [])),
  );
  const always = schedule.teams.filter(({ takesTurns, members }) => !takesTurns && members.length > 0);
  const leaves = schedule.leaves.filter((leave) => overlaps(spanOf(leave), day));
  return (
    <section className={styles.day}>
      <h3 className={styles.date} data-off={holiday?.off === true}>
        {when.date(day.date, "short")}
        {dateOf(now, zone) === day.date && <Chip tone="info">{w.today}</Chip>}
        {holiday !== undefined && (
          <span className={styles.holiday}>
            {holiday.name} <small>({holidayKind(holiday, w)})</small>
          </span>
        )}
      </h3>
      <ul className={styles.list}>
        {today.filter(isMine).map((entry) => (
          <AgendaShift
            key={entry.key}
            entry={entry}
            day={day}
            now={now}
            isMine
            isDouble={isDouble(entry)}
            acts={acts}
          />
        ))}
        {gaps.map(({ team, gap }) => {
          const rotation = team.rotations[0];
          const make = acts.makeOverride;
          const inside = (
            <>
              <Icon name="warn" size={18} />
              <span className={styles.who}>
                <strong>{w.nobody}</strong> <span>{team.name}</span>
              </span>
              <span className={styles.time}>{when.within(gap, day)}</span>
            </>
          );
          return (
            <li key={`${team.name} ${gap.start}`}>
              {make === undefined || rotation === undefined ? (
                <div className={styles.gap} data-bad={team.aroundTheClock}>
                  {inside}
                </div>
              ) : (
                <button
                  type="button"
                  className={styles.gap}
                  data-bad={team.aroundTheClock}
                  onClick={() => make({ ...gap, rotation })}
                >
                  {inside}
                </button>
              )}
            </li>
          );
        })}
        {today
          .filter((entry) => !isMine(entry))
          .map((entry) => (
            <AgendaShift key={entry.key} entry={entry} day={day} now={now} isDouble={isDouble(entry)} acts={acts} />
          ))}
      </ul>
      {always.map(({ name, members }) => (
        <p key={name} className={styles.quiet}>
          {name}: {names(members)} ({w.allOfThem})
        </p>
      ))}
      {leaves.length > 0 && (
        <p className={styles.leaves}>
          <span className={styles.quiet}>{w.leaves}</span>
          {leaves.map(({ id, person }) => (
            <Button key={id} size="small" look="quiet" icon="snooze" onPress={() => acts.openLeave(id)}>
              {of(person).name}
            </Button>
          ))}
        </p>
      )}
      {today.length === 0 && gaps.length === 0 && always.length === 0 && <Empty icon="calendar">{w.nothing}</Empty>}
    </section>
  );
}

function AgendaShift({
  entry,
  day,
  now,
  isMine = false,
  isDouble,
  acts,
}: {
  readonly entry: Entry;
  readonly day: Day;
  readonly now: number;
  readonly isMine?: boolean;
  readonly isDouble: boolean;
  readonly acts: GridActs;
}) {
  const when = useWhen();
  const { marks, now: present } = useWords(words);
  const { names } = useCast();
  const mark = useMarkOf();
  const marksOf = useMarksOf();
  const { shift } = entry;
  return (
    <li>
      <button
        type="button"
        className={`${styles.shift} ${mark(shift.people[0])} ${isMine ? styles.mine : ""}`}
        data-shadow={shift.shadow}
        onClick={() => acts.open(entry)}
      >
        {!isMine && shift.people[0] !== undefined && <PersonDot id={shift.people[0]} />}
        <span className={styles.who}>
          <strong>{names(shift.people)}</strong> <span>{entry.team}</span>
          {overlaps(entry, { start: now, end: now + 1 }) && overlaps(day, { start: now, end: now + 1 }) && (
            <span className={styles.mark}>{present}</span>
          )}
          {marksOf(entry, isDouble).map((text) => (
            <span key={text} className={styles.mark} data-bad={text === marks.double}>
              {text}
            </span>
          ))}
        </span>
        <span className={styles.time}>{when.within(entry, day)}</span>
      </button>
    </li>
  );
}

import { Icon } from "../../kit/icon.tsx";
import { useWords } from "../../words/locale.tsx";
import { useCast, useMarkOf } from "./cast.tsx";
import styles from "./shift-bar.module.css";
import type { Entry, Span } from "./shifts-shown.ts";
import { useWhen } from "./use-when.ts";
import { words } from "./words.ts";

const DAY_MS = 86_400_000;

type Place = { readonly left: number; readonly width: number };

/** The marks of a shift in words. */
export function useMarksOf(): (entry: Entry, isDouble: boolean) => readonly string[] {
  const { marks } = useWords(words);
  const { me } = useCast();
  return ({ shift }, isDouble) => [
    ...(me !== undefined && shift.people.includes(me) ? [marks.mine] : []),
    ...(shift.because === "turn" ? [] : [marks[shift.because]]),
    ...(shift.shadow ? [marks.shadow] : []),
    ...(isDouble ? [marks.double] : []),
  ];
}

/** One shift in a row of the calendar: wide ones tell the names and hours, narrow ones the initials. */
export function ShiftBar({
  entry,
  place,
  isDouble,
  isNow,
  isCut,
  isLayer,
  onOpen,
}: {
  readonly entry: Entry;
  readonly place: Place;
  readonly isDouble: boolean;
  readonly isNow: boolean;
  /** It began before or goes on after what is shown. */
  readonly isCut: { readonly start: boolean; readonly end: boolean };
  /** There to be read only: what counts is the team's own row. */
  readonly isLayer: boolean;
  readonly onOpen: (entry: Entry) => void;
}) {
  const w = useWords(words);
  const cast = useCast();
  const mark = useMarkOf();
  const marksOf = useMarksOf();
  const when = useWhen();
  const { shift } = entry;
  const isMine = cast.me !== undefined && shift.people.includes(cast.me);
  const name = w.shiftName(cast.names(shift.people), entry.team, when.span(entry), marksOf(entry, isDouble).join(", "));
  const classes = [
    styles.bar,
    mark(shift.people[0]),
    isMine ? styles.mine : "",
    shift.shadow ? styles.shadow : "",
    shift.because === "turn" ? "" : styles.changed,
    isCut.start ? styles.cutStart : "",
    isCut.end ? styles.cutEnd : "",
  ];
  const inside = (
    <>
      <span className="unseen">{name}</span>
      <span aria-hidden="true" className={styles.seen}>
        {(isDouble || shift.because !== "turn") && (
          <span className={styles.icon}>
            {isDouble && <Icon name="warn" size={14} />}
            {shift.because !== "turn" && <Icon name="swap" size={14} />}
          </span>
        )}
        <span className={styles.initials}>{shift.people.map((id) => cast.of(id).initials).join(" ")}</span>
        <span className={styles.names}>{cast.names(shift.people)}</span>
        {entry.end - entry.start <= DAY_MS ? (
          <span className={styles.hours}>{when.hours(entry)}</span>
        ) : (
          <span className={styles.dates}>{when.span(entry)}</span>
        )}
      </span>
    </>
  );
  const look = {
    className: classes.join(" "),
    style: { left: `${place.left}%`, width: `${place.width}%` },
    title: name,
  };
  if (isLayer) return <span {...look}>{inside}</span>;
  return (
    <button
      type="button"
      tabIndex={-1}
      data-cell=""
      data-shift={entry.key}
      {...(isNow ? { "data-now": "" } : {})}
      {...look}
      onClick={() => onOpen(entry)}
    >
      {inside}
    </button>
  );
}

/** A stretch in which nobody is on duty: hatched, and says so. */
export function GapBar({
  gap,
  place,
  team,
  isBad,
  onOpen,
}: {
  readonly gap: Span;
  readonly place: Place;
  readonly team: string;
  /** The policy wants somebody around the clock. */
  readonly isBad: boolean;
  readonly onOpen: (() => void) | undefined;
}) {
  const w = useWords(words);
  const when = useWhen();
  const name = w.gapName(team, when.span(gap));
  return (
    <button
      type="button"
      tabIndex={-1}
      data-cell=""
      className={`${styles.gap} ${isBad ? styles.bad : ""}`}
      style={{ left: `${place.left}%`, width: `${place.width}%` }}
      title={name}
      disabled={onOpen === undefined}
      onClick={() => onOpen?.()}
    >
      <span className="unseen">{name}</span>
      <span aria-hidden="true" className={styles.seen}>
        <span className={styles.icon}>
          <Icon name="warn" size={14} />
        </span>
        <span className={styles.gapText}>{w.nobody}</span>
      </span>
    </button>
  );
}

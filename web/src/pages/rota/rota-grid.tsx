import type { ShownRotaQuestion, ShownRotaShift } from "../../../../src/http/wire/rota.ts";
import { useLocale, useWords } from "../../words/locale.tsx";
import { addDays, weekdayOf } from "./dates.ts";
import styles from "./rota-grid.module.css";
import { words } from "./words.ts";

/** People down, days across: a letter for each shift, nights filled, weekends and holidays tinted. */
export function RotaGrid({
  question,
  shifts,
}: {
  readonly question: ShownRotaQuestion;
  readonly shifts: readonly ShownRotaShift[];
}) {
  const w = useWords(words);
  const locale = useLocale();
  const letters = useLetters(question);
  const days = datesOf(question, shifts);
  const holidays = new Map(question.holidays.map(({ date, name }) => [date, name]));
  const kindsOf = kindsByPersonAndDate(shifts);
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  const full = new Intl.DateTimeFormat(locale, { month: "long", day: "numeric", weekday: "long", timeZone: "UTC" });
  const at = (date: string): Date => new Date(`${date}T00:00Z`);
  const dayKind = (date: string): string =>
    [
      weekdayOf(date) >= 6 || holidays.has(date) ? styles.rest : "",
      weekdayOf(date) === 1 && date !== days[0] ? styles.monday : "",
    ].join(" ");
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who has no pointer scrolls it with the arrow keys. */}
      <div className={styles.scroll} role="region" aria-label={w.gridRegion} tabIndex={0}>
        <table className={styles.grid}>
          <thead>
            <tr>
              <th scope="col" className={styles.person}>
                {w.person}
              </th>
              {days.map((date) => (
                <th key={date} scope="col" className={`${styles.day} ${dayKind(date)}`} title={holidays.get(date)}>
                  <span aria-hidden="true">
                    <span className={styles.month}>{isFirst(date, days) ? `${Number(date.slice(5, 7))}/` : ""}</span>
                    {Number(date.slice(8))}
                    <br />
                    {weekday.format(at(date))}
                  </span>
                  <span className="unseen">
                    {full.format(at(date))} {holidays.get(date) ?? ""}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {question.people.map(({ id, name }) => (
              <tr key={id}>
                <th scope="row" className={styles.person}>
                  {name}
                </th>
                {days.map((date) => (
                  <td key={date} className={dayKind(date)}>
                    {(kindsOf.get(`${id} ${date}`) ?? []).map((kind) => (
                      <span key={kind} className={question.shifts[kind]?.isNight ? styles.night : styles.duty}>
                        {letters[kind]}
                      </span>
                    ))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles.under}>
        <ul className={styles.legend}>
          {question.shifts.map(({ name, isNight }, kind) => (
            <li key={name}>
              <span className={isNight ? styles.night : styles.duty}>{letters[kind]}</span> {name}
            </li>
          ))}
          {question.holidays.map(({ date, name }) => (
            <li key={date} className={styles.holiday}>
              {Number(date.slice(5, 7))}/{Number(date.slice(8))} {name}
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

/** 주 and 야 where there is a day and a night; numbers where there are more; a dot where there is one. */
function useLetters({ shifts }: ShownRotaQuestion): readonly string[] {
  const w = useWords(words);
  if (shifts.length === 1) return [w.duty];
  const nights = shifts.filter(({ isNight }) => isNight).length;
  if (shifts.length === 2 && nights === 1) return shifts.map(({ isNight }) => (isNight ? w.night : w.day));
  return shifts.map((_, kind) => String(kind + 1));
}

function datesOf({ from, to }: ShownRotaQuestion, shifts: readonly ShownRotaShift[]): readonly string[] {
  const last = shifts.reduce((latest, { dates }) => [...dates, latest].sort().at(-1) ?? latest, to);
  const days: string[] = [];
  for (let date = from; date <= last; date = addDays(date, 1)) days.push(date);
  return days;
}

function kindsByPersonAndDate(shifts: readonly ShownRotaShift[]): ReadonlyMap<string, readonly number[]> {
  const kinds = new Map<string, number[]>();
  for (const { dates, kind, people } of shifts)
    for (const date of dates)
      for (const person of people) {
        const key = `${person} ${date}`;
        kinds.set(key, [...(kinds.get(key) ?? []), kind]);
      }
  return kinds;
}

/** The month is said at the beginning and where it changes. */
function isFirst(date: string, days: readonly string[]): boolean {
  return date === days[0] || date.endsWith("-01");
}

import type { ShownPersonLoad } from "../../../../src/http/wire/load.ts";
import { useWords } from "../../words/locale.tsx";
import styles from "./load-table.module.css";
import { words } from "./words.ts";

/** A row for each person; the bar is their standby, its dark part the night, to the scale of who has most. */
export function LoadTable({ people }: { readonly people: readonly ShownPersonLoad[] }) {
  const w = useWords(words);
  const { columns } = w;
  const most = Math.max(1, ...people.map(({ standby }) => standby));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no pointer scrolls it with the arrow keys.
    <div className={styles.scroll} role="region" aria-label={w.region} tabIndex={0}>
      <table className={styles.load}>
        <thead>
          <tr>
            {[
              columns.person,
              columns.standby,
              columns.night,
              columns.weekend,
              columns.holidays,
              columns.woken,
              columns.worked,
              columns.stretch,
              columns.rest,
            ].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <th scope="row">
                {person.name}
                {person.teams.length > 0 && <span className={styles.teams}>{person.teams.join(", ")}</span>}
              </th>
              <td>
                {w.hours(hoursOf(person.standby))}
                {person.standby > 0 && <Bar standby={person.standby} night={person.night} most={most} />}
              </td>
              <td>
                {w.nights(person.nights)}
                <span className={styles.quiet}>{w.hours(hoursOf(person.night))}</span>
              </td>
              <td>
                {w.days(person.weekendDays)}
                <span className={styles.quiet}>{w.hours(hoursOf(person.weekend))}</span>
              </td>
              <td>
                {w.days(person.holidayDays.length)}
                <span className={styles.quiet}>{person.holidayDays.map(({ name }) => name).join(", ")}</span>
              </td>
              <td>{w.wakings(person.wakings, person.nightPages)}</td>
              <td>
                {w.hours(hoursOf(person.worked))}
                {person.workedAtNight > 0 && (
                  <span className={styles.quiet}>
                    {columns.night} {w.hours(hoursOf(person.workedAtNight))}
                  </span>
                )}
              </td>
              <td>{w.hours(hoursOf(person.longestStretch))}</td>
              <td>{person.shortestRest === null ? w.noRest : w.hours(hoursOf(person.shortestRest))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Bar({ standby, night, most }: { readonly standby: number; readonly night: number; readonly most: number }) {
  return (
    <span className={styles.bar} aria-hidden="true" style={{ inlineSize: `${(standby / most) * 100}%` }}>
      <span className={styles.night} style={{ inlineSize: `${(night / standby) * 100}%` }} />
    </span>
  );
}

/** To a tenth. */
export function hoursOf(minutes: number): number {
  return Math.round(minutes / 6) / 10;
}

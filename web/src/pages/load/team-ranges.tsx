import type { ShownRange, ShownTeamLoad } from "../../../../src/http/wire/load.ts";
import { useWords } from "../../words/locale.tsx";
import styles from "./load-table.module.css";
import { hoursOf } from "./load-table.tsx";
import { words } from "./words.ts";

/** How far the people of a team are apart: from who has least to who has most. */
export function TeamRanges({ teams }: { readonly teams: readonly ShownTeamLoad[] }) {
  const w = useWords(words);
  const hours = ({ least, most }: ShownRange): string => w.range(w.hours(hoursOf(least)), w.hours(hoursOf(most)));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no pointer scrolls it with the arrow keys.
    <div className={styles.scroll} role="region" aria-label={w.fairness} tabIndex={0}>
      <table className={styles.load}>
        <thead>
          <tr>
            {[w.team, w.columns.standby, w.columns.night, w.columns.weekend, w.columns.holidays].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {teams.map((team) => (
            <tr key={team.name}>
              <th scope="row">{team.name}</th>
              <td>{hours(team.standby)}</td>
              <td>{hours(team.night)}</td>
              <td>{hours(team.weekend)}</td>
              <td>{w.range(w.days(team.holidayDays.least), w.days(team.holidayDays.most))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

import type { TeamOnDuty } from "../../../../src/http/wire/now.ts";
import { useMay } from "../../api/me.ts";
import { LinkButton } from "../../kit/button.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Panel } from "../../kit/page.tsx";
import { Time } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./now.module.css";
import { words } from "./words.ts";

export function OnDutyPanel({ teams }: { readonly teams: readonly TeamOnDuty[] }) {
  const w = useWords(words);
  const may = useMay("roster.read");
  return (
    <Panel
      title={w.onDuty}
      acts={
        may && (
          <LinkButton to="/schedule" size="small" icon="calendar">
            {w.schedule}
          </LinkButton>
        )
      }
    >
      <OnDutyList teams={teams} />
    </Panel>
  );
}

/** Who is on duty in each team, and until when. */
export function OnDutyList({ teams }: { readonly teams: readonly TeamOnDuty[] }) {
  const w = useWords(words);
  return (
    <dl className={styles.teams}>
      {teams.map(({ team, people, until }) => (
        <div key={team}>
          <dt>{team}</dt>
          <dd>
            {people.length === 0 && (
              <Chip tone="bad" icon="warn">
                {w.nobody}
              </Chip>
            )}
            {people.map(({ id, name, reachable }) => (
              <span key={id} className={styles.person}>
                {name}
                {!reachable && (
                  <Chip tone="bad" icon="warn">
                    {w.unreachable}
                  </Chip>
                )}
              </span>
            ))}
            <span className={styles.until}>
              {until === null ? (
                w.always
              ) : (
                <>
                  {w.until[0]} <Time at={until} only="absolute" /> {w.until[1]}
                </>
              )}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

import { useState } from "react";
import type { ShownRoster } from "../../../../src/http/wire/roster.ts";
import { useMay } from "../../api/me.ts";
import { Button } from "../../kit/button.tsx";
import { GradeMark } from "../../kit/marks.tsx";
import { Empty, Loaded, Panel } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { ServiceForm } from "./service-form.tsx";
import styles from "./settings.module.css";
import { SettingsPage } from "./settings-page.tsx";
import { teamsWords } from "./teams-words.ts";
import { useRoster } from "./use-roster.ts";
import { words } from "./words.ts";

/** What customers use, and how an alert is told to belong to it. */
export function Services() {
  const { services: w } = useWords(teamsWords);
  const mayEdit = useMay("roster.edit");
  const query = useRoster();
  const [open, setOpen] = useState<{ readonly name: string | undefined }>();
  const add = mayEdit && (
    <Button look="main" icon="add" onPress={() => setOpen({ name: undefined })}>
      {w.add}
    </Button>
  );
  return (
    <SettingsPage name="services" lead={w.lead} acts={add}>
      <Loaded query={query}>
        {(roster) => (
          <>
            <Panel flush>
              {roster.services.length === 0 ? (
                <Empty icon="now">{w.empty}</Empty>
              ) : (
                <ul className={styles.rows}>
                  {roster.services.map(({ name }) => (
                    <ServiceRow key={name} name={name} roster={roster} onOpen={() => setOpen({ name })} />
                  ))}
                </ul>
              )}
            </Panel>
            {open !== undefined && <ServiceForm roster={roster} name={open.name} onClose={() => setOpen(undefined)} />}
          </>
        )}
      </Loaded>
    </SettingsPage>
  );
}

function ServiceRow({
  name,
  roster,
  onOpen,
}: {
  readonly name: string;
  readonly roster: ShownRoster;
  readonly onOpen: () => void;
}) {
  const { services: w } = useWords(teamsWords);
  const s = useWords(words);
  const { edit } = useWords(shared);
  const mayEdit = useMay("roster.edit");
  const service = roster.services.find((one) => one.name === name);
  if (service === undefined) return null;
  const isFixed = !mayEdit || service.managedBy !== null;
  const labels = Object.entries(service.match);
  return (
    <li className={styles.row}>
      <div className={styles.rowName}>
        <strong>{name}</strong>
        {service.managedBy !== null && <span className={styles.quiet}>{s.managedShort(service.managedBy)}</span>}
      </div>
      <div className={styles.chips}>
        {labels.map(([label, value]) => (
          <code key={label}>{`${label}="${value}"`}</code>
        ))}
        {labels.length === 0 && <span className={styles.quiet}>{w.noMatch}</span>}
      </div>
      <div className={styles.chips}>
        {service.grade !== null && (
          <GradeMark grade={service.grade} rank={Math.max(roster.policy.grades.indexOf(service.grade), 0)} />
        )}
        {service.dependsOn.length > 0 && <span className={styles.quiet}>{w.needs(service.dependsOn.join(", "))}</span>}
      </div>
      <Button look="quiet" icon={isFixed ? "right" : "edit"} bare onPress={onOpen}>
        {`${name}: ${isFixed ? s.look : edit}`}
      </Button>
    </li>
  );
}

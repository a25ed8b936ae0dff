import type { ShownRoster } from "../../../../src/http/wire/roster.ts";
import { Field, Tick } from "../../kit/field.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./editor.module.css";
import type { FieldsProps } from "./fields.ts";
import { Warning } from "./length-fields.tsx";
import { words } from "./words.ts";

/** What it is called, and whose incidents it is paged for. */
export function BasicFields({
  draft,
  onChange,
  problem,
  isFixed,
  roster,
}: FieldsProps & { readonly roster: ShownRoster }) {
  const { form: w } = useWords(words);
  const { name, teams } = draft;
  const toggle = (team: string, isIn: boolean): void =>
    onChange({ teams: isIn ? [...teams, team] : teams.filter((one) => one !== team) });
  return (
    <fieldset className={styles.group}>
      <legend>{w.basics}</legend>
      <Field label={w.name} hint={w.nameHint} problem={problem("name")}>
        {(ids) => (
          <input
            {...ids}
            value={name}
            maxLength={200}
            autoComplete="off"
            disabled={isFixed}
            onChange={({ target }) => onChange({ name: target.value })}
          />
        )}
      </Field>
      <fieldset className={styles.inner}>
        <legend>{w.teams}</legend>
        <p className={styles.hint}>{w.teamsHint}</p>
        {roster.teams.map(({ name: team, managedBy }) => (
          <Tick
            key={team}
            label={managedBy === null ? team : w.managedTeam(team, managedBy)}
            checked={teams.includes(team)}
            disabled={isFixed || managedBy !== null}
            onChange={({ target }) => toggle(team, target.checked)}
          />
        ))}
        {teams.length === 0 && <Warning text={w.noTeam} />}
      </fieldset>
    </fieldset>
  );
}

import type { ReactNode } from "react";
import type { ShownRoster } from "../../../../src/http/wire/roster.ts";
import { Button } from "../../kit/button.tsx";
import { Field, Tick } from "../../kit/field.tsx";
import { Panel } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { Choice } from "../simulate/choice.tsx";
import { type Draft, membersOf, namesOfTeams, withShifts } from "./draft.ts";
import styles from "./question-form.module.css";
import { words } from "./words.ts";

const TIMES = [10, 20, 45] as const;

/** What is asked: who, when, and within which limits. */
export function QuestionForm({
  draft,
  roster,
  problems,
  onChange,
  onFind,
}: {
  readonly draft: Draft;
  readonly roster: ShownRoster;
  /** What the server found wrong, by field. */
  readonly problems: ReadonlyMap<string, string>;
  readonly onChange: (draft: Draft) => void;
  readonly onFind: () => Promise<void>;
}) {
  const w = useWords(words);
  const set = (change: Partial<Draft>): void => onChange({ ...draft, ...change });
  const number = (
    field: "heads" | "weeks" | "perShift" | keyof typeof LIMITS,
    label: string,
    [min, max]: readonly [number, number],
    hint?: string,
  ): ReactNode => (
    <Field label={label} hint={hint} problem={problems.get(field === "heads" ? "people" : field)}>
      {(ids) => (
        <input
          {...ids}
          type="number"
          inputMode="numeric"
          min={min}
          max={max}
          value={draft[field]}
          onChange={(event) => set({ [field]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <Panel title={w.form.name}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void onFind();
        }}
      >
        <Who draft={draft} roster={roster} problem={problems.get("people") ?? problems.get("team")} onChange={set}>
          {number("heads", w.form.count, [1, 60])}
        </Who>
        <fieldset className={styles.part}>
          <legend>{w.form.when}</legend>
          <div className={styles.fields}>
            <Field label={w.form.from} problem={problems.get("from")}>
              {(ids) => (
                <input
                  {...ids}
                  type="date"
                  required
                  value={draft.from}
                  onChange={(event) => set({ from: event.target.value })}
                />
              )}
            </Field>
            {number("weeks", w.form.weeks, [1, 12])}
            <Field label={w.form.shifts} problem={problems.get("shifts")}>
              {(ids) => (
                <select
                  {...ids}
                  value={draft.shifts}
                  onChange={(event) => onChange(withShifts(draft, event.target.value))}
                >
                  {Object.entries(w.form.patterns).map(([pattern, name]) => (
                    <option key={pattern} value={pattern}>
                      {name}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            <Field label={w.form.startsAt} problem={problems.get("startsAt")}>
              {(ids) => (
                <input
                  {...ids}
                  type="time"
                  required
                  value={draft.startsAt}
                  onChange={(event) => set({ startsAt: event.target.value })}
                />
              )}
            </Field>
            {number("perShift", w.form.perShift, [1, 20])}
          </div>
          <Tick
            label={w.form.repeats}
            checked={draft.repeats}
            onChange={(event) => set({ repeats: event.target.checked })}
          />
        </fieldset>
        <fieldset className={styles.part}>
          <legend>{w.form.limits}</legend>
          <div className={styles.fields}>
            {Object.entries(LIMITS).map(([field, range]) => (
              <div key={field}>
                {number(field as keyof typeof LIMITS, w.form[field as keyof typeof LIMITS], range, w.form.noLimit)}
              </div>
            ))}
          </div>
        </fieldset>
        <div className={styles.acts}>
          <Button look="main" icon="search" onPress={onFind}>
            {w.find}
          </Button>
          <Field label={w.form.time}>
            {(ids) => (
              <select
                {...ids}
                value={draft.timeSeconds}
                onChange={(event) => set({ timeSeconds: Number(event.target.value) })}
              >
                {TIMES.map((seconds) => (
                  <option key={seconds} value={seconds}>
                    {w.form.seconds(seconds)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
      </form>
    </Panel>
  );
}

const LIMITS = {
  weekHoursMax: [1, 168],
  restHoursMin: [0, 168],
  nightsInRowMax: [1, 31],
  daysInRowMax: [1, 31],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

/** A team's members, each of whom can be left out; or a number of people who are nobody yet. */
function Who({
  draft,
  roster,
  problem,
  onChange,
  children,
}: {
  readonly draft: Draft;
  readonly roster: ShownRoster;
  readonly problem: string | undefined;
  readonly onChange: (change: Partial<Draft>) => void;
  readonly children: ReactNode;
}) {
  const w = useWords(words);
  const members = membersOf(roster, draft.team);
  const nameOf = (id: string): string => roster.people.find((person) => person.id === id)?.name ?? id;
  return (
    <fieldset className={styles.part}>
      <legend>{w.form.who}</legend>
      <div className={styles.fields}>
        <Field label={w.form.team} problem={draft.by === "members" ? problem : undefined}>
          {(ids) => (
            <select
              {...ids}
              value={draft.team}
              onChange={(event) => {
                const team = event.target.value;
                const by = membersOf(roster, team).length > 0 ? draft.by : "heads";
                onChange({ team, by, without: [] });
              }}
            >
              <option value="">{w.form.noTeam}</option>
              {namesOfTeams(roster).map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          )}
        </Field>
        {members.length > 0 && (
          <Choice
            legend={w.form.by}
            name="by"
            value={draft.by}
            options={[
              ["members", w.form.members],
              ["heads", w.form.heads],
            ]}
            onChoose={(by) => onChange({ by })}
          />
        )}
        {draft.by === "heads" && children}
      </div>
      {draft.by === "members" && members.length > 0 && (
        <fieldset className={styles.people}>
          <legend>{w.form.people}</legend>
          {members.map((id) => (
            <Tick
              key={id}
              label={nameOf(id)}
              checked={!draft.without.includes(id)}
              onChange={(event) =>
                onChange({
                  without: event.target.checked
                    ? draft.without.filter((other) => other !== id)
                    : [...draft.without, id],
                })
              }
            />
          ))}
        </fieldset>
      )}
    </fieldset>
  );
}

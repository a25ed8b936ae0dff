import { useState } from "react";
import type { ShownRoster } from "../../../../src/http/wire/roster.ts";
import type {
  RotaApplied,
  RotaApply,
  ShownRotaAnswer,
  ShownRotaFound,
  ShownRotaNone,
} from "../../../../src/http/wire/rota.ts";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Notice, Panel } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { useSave } from "../settings/use-save.tsx";
import styles from "./answer-view.module.css";
import { RotaGrid } from "./rota-grid.tsx";
import { Tallies } from "./tallies.tsx";
import { words } from "./words.ts";

type Question = ShownRotaAnswer["question"];

/** A rota as a table, or the proof in words. */
export function AnswerView({
  answer,
  roster,
  onTry,
}: {
  readonly answer: ShownRotaAnswer;
  readonly roster: ShownRoster;
  readonly onTry: (heads: number) => Promise<void>;
}) {
  const w = useWords(words);
  const { question, summary, tookSeconds } = answer;
  switch (answer.is) {
    case "unknown":
      return <Notice tone="warn">{summary}</Notice>;
    case "none":
      return (
        <Panel title={summary}>
          <None answer={answer} onTry={onTry} />
          <p className={styles.quiet}>{w.took(tookSeconds)}</p>
        </Panel>
      );
    case "rota":
      return (
        <>
          <Panel title={summary} acts={<Apply question={question} answer={answer} roster={roster} />}>
            <p className={styles.fairness}>{answer.fairnessText}</p>
            <ul className={styles.chips}>
              {answer.spreads.map((text) => (
                <li key={text}>
                  <Chip>{text}</Chip>
                </li>
              ))}
              {answer.wishesBroken > 0 && (
                <li>
                  <Chip tone="warn">{w.wishes(answer.wishesBroken)}</Chip>
                </li>
              )}
            </ul>
            <p className={styles.quiet}>{w.took(tookSeconds)}</p>
          </Panel>
          <Panel title={w.grid} flush>
            <RotaGrid question={question} shifts={answer.shifts} />
          </Panel>
          <Panel title={w.tallies} flush>
            <Tallies question={question} tallies={answer.tallies} />
          </Panel>
        </>
      );
  }
}

function None({ answer, onTry }: { readonly answer: ShownRotaNone; readonly onTry: (heads: number) => Promise<void> }) {
  const w = useWords(words);
  const { proof, arguments: because, smallest, loosened, weekHoursNeeded } = answer;
  return (
    <div className={styles.none}>
      <section>
        <h3>{w.proof}</h3>
        <p>{proof}</p>
        <ul className={styles.arguments}>
          {because.map(({ kind, text }) => (
            <li key={kind}>{text}</li>
          ))}
        </ul>
      </section>
      <section className={styles.smallest}>
        {smallest.heads !== null && <p className={styles.heads}>{w.smallest(smallest.heads)}</p>}
        <p>{smallest.text}</p>
        {smallest.heads !== null && (
          <Button icon="search" onPress={() => onTry(smallest.heads ?? 0)}>
            {w.tryWith(smallest.heads)}
          </Button>
        )}
      </section>
      <section>
        <h3>{w.loosened}</h3>
        <ul className={styles.loosened}>
          {loosened.map(({ rule, gives, text }) => (
            <li key={rule}>
              <Chip tone={gives === "rota" ? "good" : "plain"} icon={gives === "rota" ? "check" : "cross"}>
                {w.gives[gives]}
              </Chip>
              <span>{text}</span>
            </li>
          ))}
        </ul>
        {weekHoursNeeded !== null && <p>{weekHoursNeeded.text}</p>}
      </section>
    </div>
  );
}

/** Puts the rota into the roster, after it was said what that changes. */
function Apply({
  question,
  answer,
  roster,
}: {
  readonly question: Question;
  readonly answer: ShownRotaFound;
  readonly roster: ShownRoster;
}) {
  const w = useWords(words);
  const { cancel } = useWords(shared);
  const [open, setOpen] = useState(false);
  const { save, problem, question: confirmation } = useSave(["roster", "schedule"]);
  const { team } = question;
  const isNamed = question.people.every(({ id }) => roster.people.some((person) => person.id === id));
  if (team === null || !isNamed) return <span className={styles.quiet}>{w.notAppliable}</span>;
  const file = roster.teams.find(({ name }) => name === team)?.managedBy;
  if (file != null) return <span className={styles.quiet}>{w.applyManaged(file)}</span>;
  const apply = async (): Promise<void> => {
    const body: RotaApply = { team, rotations: answer.rotations };
    const done = await save((confirm) => api.post<RotaApplied>("/api/v1/rota/apply", { ...body, confirm }), w.applied);
    if (done) setOpen(false);
  };
  const lead = question.repeats ? w.applyRepeats : w.applyLead;
  return (
    <>
      <Button look="main" icon="check" onPress={() => setOpen(true)}>
        {w.apply}
      </Button>
      {open && (
        <Dialog
          title={w.apply}
          onClose={() => setOpen(false)}
          acts={
            <>
              <Button onPress={() => setOpen(false)}>{cancel}</Button>
              <Button look="main" onPress={apply}>
                {w.apply}
              </Button>
            </>
          }
        >
          <p>{lead(team, answer.rotations.length)}</p>
          <ul className={styles.rotations}>
            {answer.rotations.map(({ name }) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
          {problem}
        </Dialog>
      )}
      {confirmation}
    </>
  );
}

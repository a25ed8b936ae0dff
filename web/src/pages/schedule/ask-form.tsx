import { type FormEvent, useState } from "react";
import type { ShiftRequestPut, ShownTeamSchedule } from "../../../../src/http/wire/schedule.ts";
import { api } from "../../api/client.ts";
import { Field } from "../../kit/field.tsx";
import { useWords } from "../../words/locale.tsx";
import { useSave } from "../settings/use-save.tsx";
import { PersonDot, useCast } from "./cast.tsx";
import styles from "./form.module.css";
import { LocalField } from "./local-field.tsx";
import { type Entry, entriesOf, exchangeable, rest, type Span } from "./shifts-shown.ts";
import { TOPICS } from "./use-schedule.ts";
import { useWhen } from "./use-when.ts";
import { words } from "./words.ts";

const SWAPS_MAX = 8;
const ANYBODY = "";

/**
 * "교대 부탁" and "맞바꾸기" in one list: pressing the shift, the person or the shift in exchange, and the button is all
 * there is to it.
 */
export function AskForm({
  entry,
  team,
  form,
  now,
  onDone,
}: {
  readonly entry: Entry;
  readonly team: ShownTeamSchedule;
  /** Its id: the button that sends it stands with the dialog's acts, in reach without scrolling. */
  readonly form: string;
  readonly now: number;
  readonly onDone: () => void;
}) {
  const { ask: w } = useWords(words);
  const { me = "", of } = useCast();
  const when = useWhen();
  const { save, problem, question } = useSave(TOPICS, w.busyLead);
  const whole = rest(entry, now);
  const [chosen, setChosen] = useState<{ readonly to: string; readonly swap?: Entry }>({ to: ANYBODY });
  const [part, setPart] = useState<Span>();
  const [note, setNote] = useState("");
  const own = part ?? whole;
  const fits = own.start >= entry.start && own.end <= entry.end && own.start < own.end;
  const swaps = exchangeable(entriesOf(team), entry, { me, now, most: SWAPS_MAX });
  const others = team.members.filter((id) => id !== me && !entry.shift.people.includes(id));
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!fits) return;
    const { to, swap } = chosen;
    const request: ShiftRequestPut = {
      kind: swap === undefined ? "cover" : "swap",
      rotation: entry.shift.rotation,
      part: shown(own),
      ...(to === ANYBODY ? {} : { to }),
      ...(swap === undefined ? {} : { give: { ...shown(swap), rotation: swap.shift.rotation } }),
      ...(note.trim() === "" ? {} : { note: note.trim() }),
    };
    if (await save((confirm) => api.post("/api/v1/schedule/requests", { ...request, confirm }), w.sent)) onDone();
  };
  const option = (key: string, isChosen: boolean, choose: () => void, label: React.ReactNode) => (
    <label key={key} className={styles.option}>
      <input type="radio" name="ask" checked={isChosen} onChange={choose} />
      {label}
    </label>
  );
  return (
    <form id={form} className={styles.stack} onSubmit={(event) => void send(event)}>
      <h3>{w.title}</h3>
      <p className={styles.quiet}>{w.lead}</p>
      <fieldset className={styles.options}>
        <legend>{w.cover}</legend>
        <div className={styles.people}>
          {option(
            ANYBODY,
            chosen.swap === undefined && chosen.to === ANYBODY,
            () => setChosen({ to: ANYBODY }),
            w.anybody,
          )}
          {others.map((id) =>
            option(
              id,
              chosen.swap === undefined && chosen.to === id,
              () => setChosen({ to: id }),
              <>
                <PersonDot id={id} /> {of(id).name}
              </>,
            ),
          )}
        </div>
      </fieldset>
      <fieldset className={styles.options}>
        <legend>{w.swap}</legend>
        {swaps.length === 0 && <p className={styles.quiet}>{w.noSwaps}</p>}
        {swaps.map((swap) => {
          const [to = ""] = swap.shift.people;
          return option(
            swap.key,
            chosen.swap?.key === swap.key,
            () => setChosen({ to, swap }),
            <>
              <PersonDot id={to} /> {of(to).name} <span className={styles.quiet}>{when.span(swap)}</span>
            </>,
          );
        })}
      </fieldset>
      <details
        className={styles.part}
        onToggle={({ currentTarget }) => setPart(currentTarget.open ? whole : undefined)}
      >
        <summary>{w.part}</summary>
        <div className={styles.pair}>
          <LocalField
            label={w.from}
            problem={fits ? undefined : w.badPart}
            at={own.start}
            onChange={(start) => setPart({ ...own, start })}
          />
          <LocalField label={w.to} at={own.end} onChange={(end) => setPart({ ...own, end })} />
        </div>
      </details>
      <Field label={w.note} hint={w.noteHint}>
        {(ids) => <input {...ids} value={note} maxLength={200} onChange={({ target }) => setNote(target.value)} />}
      </Field>
      {problem}
      {question}
    </form>
  );
}

function shown({ start, end }: Span): { readonly start: string; readonly end: string } {
  return { start: new Date(start).toISOString(), end: new Date(end).toISOString() };
}

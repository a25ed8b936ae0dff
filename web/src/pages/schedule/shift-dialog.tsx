import { useId } from "react";
import { Link } from "wouter";
import type { ShownSchedule, ShownTeamSchedule } from "../../../../src/http/wire/schedule.ts";
import { api } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Button, LinkButton } from "../../kit/button.tsx";
import { useNow } from "../../kit/clock.ts";
import { Dialog } from "../../kit/dialog.tsx";
import { useLengthText } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { rotationPath } from "../schedule-editor/rotation-names.ts";
import { RemoveButton } from "../settings/remove-button.tsx";
import { AskForm } from "./ask-form.tsx";
import { PersonDot, useCast } from "./cast.tsx";
import styles from "./form.module.css";
import type { ScheduleDialogOpen } from "./schedule-dialog.tsx";
import { doubleBooked, type Entry, entriesOf, overlaps, spanOf } from "./shifts-shown.ts";
import { TOPICS } from "./use-schedule.ts";
import { useWhen } from "./use-when.ts";
import { words } from "./words.ts";

/** One shift: who, when and why; and what its owner, or whoever plans, can do about it. */
export function ShiftDialog({
  entry,
  schedule,
  onOpen,
  onClose,
}: {
  readonly entry: Entry;
  readonly schedule: ShownSchedule;
  readonly onOpen: (open: ScheduleDialogOpen) => void;
  readonly onClose: () => void;
}) {
  const w = useWords(words);
  const { me, of, names } = useCast();
  const mayEdit = useMay("roster.edit");
  const mayOwn = useMay("schedule.own");
  const now = useNow(10_000);
  const { shift } = entry;
  const team = schedule.teams.find(({ name }) => name === entry.team) as ShownTeamSchedule;
  const isMine = me !== undefined && shift.people.includes(me) && !shift.shadow && entry.end > now;
  const pending = schedule.requests.find(
    ({ state, from, rotation, part }) =>
      state === "asked" && from === me && rotation === shift.rotation && overlaps(spanOf(part), entry),
  );
  const mayAsk = isMine && mayOwn && pending === undefined;
  const form = useId();
  const { start, end } = entry;
  return (
    <Dialog
      title={`${entry.team}: ${names(shift.people)}`}
      onClose={onClose}
      acts={
        <>
          <LinkButton to={`/schedule/${encodeURIComponent(entry.team)}/now`} look="quiet" icon="link">
            {w.detail.permalink}
          </LinkButton>
          {mayEdit && entry.end > now && (
            <Button
              icon="add"
              onPress={() => onOpen({ is: "override", from: { start, end, rotation: shift.rotation } })}
            >
              {w.detail.override}
            </Button>
          )}
          {mayAsk && (
            <Button look="main" type="submit" form={form} icon="send">
              {w.ask.send}
            </Button>
          )}
        </>
      }
    >
      <Facts entry={entry} schedule={schedule} />
      {isMine && pending !== undefined && (
        <p>{pending.to === null ? w.ask.askedAnybody : w.ask.asked(of(pending.to).name)}</p>
      )}
      {mayAsk && <AskForm entry={entry} team={team} form={form} now={now} onDone={onClose} />}
      <Overrides entry={entry} schedule={schedule} onClose={onClose} />
    </Dialog>
  );
}

function Facts({ entry, schedule }: { readonly entry: Entry; readonly schedule: ShownSchedule }) {
  const { detail } = useWords(words);
  const { of, names, rotationName } = useCast();
  const when = useWhen();
  const length = useLengthText();
  const { shift } = entry;
  const isDouble = doubleBooked(schedule.teams.flatMap(entriesOf)).parts.has(entry.key);
  const turn = shift.turn === null ? undefined : spanOf(shift.turn);
  const isPart = turn !== undefined && (turn.start !== entry.start || turn.end !== entry.end);
  const whose = names(shift.insteadOf);
  const follows = nextOf(entry, schedule);
  return (
    <>
      <p className={styles.acts}>
        {shift.people.map((id) => (
          <span key={id}>
            <PersonDot id={id} /> <strong>{of(id).name}</strong>
          </span>
        ))}
      </p>
      <dl className={styles.facts}>
        <dt>{detail.when}</dt>
        <dd>
          {when.span(entry)} {detail.length(length(entry.end - entry.start))}
        </dd>
        {turn !== undefined && isPart && (
          <>
            <dt>{detail.turn}</dt>
            <dd>{when.span(turn)}</dd>
          </>
        )}
        <dt>{detail.rotation}</dt>
        <dd>
          <Link href={rotationPath(shift.rotation)}>{rotationName(shift.rotation)}</Link>
        </dd>
        <dt>{detail.why}</dt>
        <dd>{shift.because === "turn" ? detail.because.turn : detail.because[shift.because](whose)}</dd>
        {follows !== undefined && (
          <>
            <dt>{detail.next}</dt>
            <dd>
              {names(follows.shift.people)} ({when.span(follows)})
            </dd>
          </>
        )}
      </dl>
      {shift.shadow && <p className={styles.quiet}>{detail.shadow}</p>}
      {isDouble && <p>{detail.double}</p>}
    </>
  );
}

/** Who takes over when it ends, as far as it is shown. */
function nextOf(entry: Entry, schedule: ShownSchedule): Entry | undefined {
  return schedule.teams
    .flatMap(entriesOf)
    .filter((one) => one.team === entry.team && !one.shift.shadow && one.shift.rotation === entry.shift.rotation)
    .find(({ start }) => start === entry.end);
}

/** The overrides that made the shift what it is, with their notes, and taken back where they may be. */
function Overrides({
  entry,
  schedule,
  onClose,
}: {
  readonly entry: Entry;
  readonly schedule: ShownSchedule;
  readonly onClose: () => void;
}) {
  const { detail, override } = useWords(words);
  const { of } = useCast();
  const when = useWhen();
  const mayEdit = useMay("roster.edit");
  const own = schedule.overrides.filter(({ id }) => entry.shift.overrides.includes(id));
  if (own.length === 0) return null;
  return (
    <section>
      <h3>{detail.overrides}</h3>
      {own.map(({ id, person, note, managedBy, ...stretch }) => (
        <div key={id} className={styles.line}>
          <span>
            {of(person).name}, {when.span(spanOf(stretch))}
            {note !== null && <span className={styles.quiet}> · {note}</span>}
            {managedBy !== null && <span className={styles.quiet}> · {detail.managed(managedBy)}</span>}
          </span>
          {mayEdit && managedBy === null && (
            <RemoveButton
              name={override.remove(of(person).name)}
              size="small"
              topics={TOPICS}
              onRemove={(confirm) => api.delete(`/api/v1/schedule/overrides/${encodeURIComponent(id)}`, { confirm })}
              onDone={onClose}
            />
          )}
        </div>
      ))}
    </section>
  );
}

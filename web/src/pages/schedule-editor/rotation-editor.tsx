import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useLocation } from "wouter";
import type { RosterPut, RosterPutAnswer, ShownRoster, ShownRotation } from "../../../../src/http/wire/roster.ts";
import { Problem as ApiProblem, api } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Notice } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { CastProvider } from "../schedule/cast.tsx";
import { RemoveButton } from "../settings/remove-button.tsx";
import { itemPath } from "../settings/use-roster.ts";
import { useSave } from "../settings/use-save.tsx";
import { words as settingsWords } from "../settings/words.ts";
import { BasicFields } from "./basic-fields.tsx";
import { ConflictNotice } from "./conflict-notice.tsx";
import styles from "./editor.module.css";
import type { FieldsProps } from "./fields.ts";
import { HoursFields } from "./hours-fields.tsx";
import { LengthFields } from "./length-fields.tsx";
import { presetOf } from "./presets.ts";
import { PreviewPanel } from "./preview-panel.tsx";
import { RestFields } from "./rest-fields.tsx";
import { dataOf, draftOf, isSameDraft, problemsOf, type RotationDraft } from "./rotation-draft.ts";
import { teamsWith } from "./rotation-names.ts";
import { TurnFields } from "./turn-fields.tsx";
import { forgetDraft, keptDraft, useKeptDraft, useLeaving } from "./use-kept-draft.ts";
import { words } from "./words.ts";

/** A new one has no id yet; the server gives nobody this one. */
const NEW = "new";
const TOPICS = ["roster", "now", "oncall", "schedule"];

/** One rotation, written on the left, and what becomes of the schedule on the right. */
export function RotationEditor({
  roster,
  rotation,
  first,
}: {
  readonly roster: ShownRoster;
  /** As it is saved now; undefined for a new one, and for one that somebody removed meanwhile. */
  readonly rotation: ShownRotation | undefined;
  /** What a new one begins as. */
  readonly first?: RotationDraft;
}) {
  const w = useWords(words);
  const s = useWords(settingsWords);
  const [, navigate] = useLocation();
  const queries = useQueryClient();
  const mayEdit = useMay("roster.edit");
  const [seen, setSeen] = useState(rotation);
  const id = seen?.id ?? NEW;
  const [base, setBase] = useState(() => baseOf(roster, seen, first));
  const [kept] = useState(() => keptDraft(id));
  const [draft, setDraft] = useState(() => kept?.draft ?? base);
  const [seenRevision, setSeenRevision] = useState(() => (kept === undefined ? seen?.revision : kept.revision));
  const [isRestored, setRestored] = useState(() => kept !== undefined && !isSameDraft(kept.draft, base));
  const [custom, setCustom] = useState(() => presetOf(draft) === "custom");
  const [tried, setTried] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const { save, problem: refused, question } = useSave(TOPICS);
  const form = useId();

  const isFixed = !mayEdit || (seen?.managedBy ?? null) !== null;
  const isDirty = !isFixed && !isSameDraft(draft, base);
  const isGone = seen !== undefined && rotation === undefined;
  // Our own change may be read before the answer that it was saved.
  const isOvertaken = !isSaving && rotation !== undefined && rotation.revision !== seenRevision;
  useKeptDraft(id, { draft, revision: seenRevision }, isDirty);
  const leaving = useLeaving(isDirty);
  const nameOf = (person: string): string => roster.people.find((one) => one.id === person)?.name ?? person;
  const problems = problemsOf(draft);

  const begin = (next: RotationDraft, revision: number | undefined): void => {
    setBase(next);
    setDraft(next);
    setSeenRevision(revision);
    setRestored(false);
    setTried(false);
    setCustom(presetOf(next) === "custom");
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (problems.length > 0) return focusFirstProblem(form);
    const { teams, ...data } = dataOf(draft);
    // What others did to the teams meanwhile stays, where nothing was said of them here.
    const isMoved = seen === undefined || [...draft.teams].sort().join() !== [...base.teams].sort().join();
    const put = { ...data, ...(isMoved ? { teams: teams ?? [] } : {}) };
    let answer: RosterPutAnswer | undefined;
    const run = async (confirm: boolean): Promise<void> => {
      try {
        answer =
          seen === undefined
            ? await api.post("/api/v1/roster/rotations", { data: put, confirm } satisfies RosterPut)
            : await api.put(itemPath("rotations", seen.id), {
                data: put,
                revision: seenRevision ?? seen.revision,
                confirm,
              } satisfies RosterPut);
        // Before the roster is read anew: what is saved is ours, and nobody's overtaking.
        setSeenRevision(answer?.revision);
        setBase(draft);
      } catch (error) {
        if (error instanceof ApiProblem && error.code === "changed-meanwhile")
          await queries.invalidateQueries({ queryKey: ["roster"] });
        throw error;
      }
    };
    setSaving(true);
    const isDone = await save(run, w.done);
    setSaving(false);
    if (!isDone || answer === undefined) return;
    setTried(false);
    setRestored(false);
    if (seen !== undefined) return;
    forgetDraft(NEW);
    navigate(`/schedule/rotations/${encodeURIComponent(answer.id)}`, { replace: true });
  };

  const fields: FieldsProps = {
    draft,
    onChange: (change) => setDraft((before) => ({ ...before, ...change })),
    isFixed,
    problem(field, key) {
      const found = problems.find((one) => one.field === field && (key === undefined || one.key === key));
      // An empty form is no mistake yet.
      const isEarly = seen === undefined && !tried && found?.is === "missing";
      if (found === undefined || isEarly) return undefined;
      return w.problems[`${field}: ${found.is}`];
    },
  };
  return (
    <CastProvider people={roster.people.map(({ id: person, name }) => ({ id: person, name, mine: false }))}>
      {seen?.managedBy != null && <Notice tone="info">{s.managed(seen.managedBy)}</Notice>}
      {!mayEdit && <Notice tone="info">{s.mayNotEdit}</Notice>}
      {isGone && (
        <Notice tone="bad">
          <p>{w.conflict.gone}</p>
          {mayEdit && (
            <p>
              <Button size="small" onPress={() => setSeen(undefined)}>
                {w.conflict.makeAgain}
              </Button>
            </p>
          )}
        </Notice>
      )}
      {isOvertaken && rotation !== undefined && (
        <ConflictNotice
          theirs={draftOf(rotation, teamsWith(roster, rotation.id))}
          mine={draft}
          nameOf={nameOf}
          onKeepMine={() => {
            setBase(draftOf(rotation, teamsWith(roster, rotation.id)));
            setSeenRevision(rotation.revision);
          }}
          onTakeTheirs={() => begin(draftOf(rotation, teamsWith(roster, rotation.id)), rotation.revision)}
        />
      )}
      {isRestored && isDirty && (
        <Notice tone="info">
          <p>{w.restored}</p>
          <p>
            <Button size="small" onPress={() => begin(base, seenRevision)}>
              {w.drop}
            </Button>
          </p>
        </Notice>
      )}
      <div className={styles.page}>
        <form id={form} className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
          <BasicFields {...fields} roster={roster} />
          <LengthFields {...fields} custom={custom} onCustom={setCustom} />
          <TurnFields {...fields} roster={roster} />
          <HoursFields {...fields} />
          <RestFields {...fields} />
          {refused}
          {!isFixed && (
            <div className={styles.acts}>
              {seen === undefined ? (
                <span />
              ) : (
                <RemoveButton
                  name={seen.name}
                  ask={<RemovalText rotation={seen} roster={roster} />}
                  topics={TOPICS}
                  onRemove={(confirm) =>
                    api.delete(itemPath("rotations", seen.id), { revision: seenRevision ?? seen.revision, confirm })
                  }
                  onDone={() => {
                    forgetDraft(seen.id);
                    navigate("/schedule/rotations");
                  }}
                />
              )}
              {tried && problems.length > 0 && <span className={styles.problem}>{w.fix(problems.length)}</span>}
              {isDirty && seen !== undefined && <Button onPress={() => begin(base, seenRevision)}>{w.revert}</Button>}
              <Button
                look="main"
                type="submit"
                disabled={(!isDirty && seen !== undefined) || isOvertaken || isGone || isSaving}
              >
                {seen === undefined ? w.create : w.save}
              </Button>
            </div>
          )}
        </form>
        <div className={styles.preview}>
          <PreviewPanel
            draft={draft}
            id={id}
            isDirty={isDirty}
            names={new Map(roster.rotations.map((one) => [one.id, one.name]))}
          />
        </div>
      </div>
      {question}
      {leaving.to !== undefined && (
        <Dialog
          title={w.leave.title}
          onClose={leaving.stay}
          acts={
            <>
              <Button onPress={leaving.stay}>{w.leave.stay}</Button>
              <Button look="main" onPress={() => navigate(leaving.to ?? "/")}>
                {w.leave.go}
              </Button>
            </>
          }
        >
          <p>{w.leave.text}</p>
        </Dialog>
      )}
    </CastProvider>
  );
}

/** What goes with a rotation that goes. */
function RemovalText({ rotation, roster }: { readonly rotation: ShownRotation; readonly roster: ShownRoster }) {
  const w = useWords(words);
  const teams = roster.teams.filter(({ rotations }) => rotations.includes(rotation.id));
  const emptied = teams.filter(({ rotations }) => rotations.length === 1).map(({ name }) => name);
  return (
    <>
      <p>{w.removeAsk(rotation.name, teams.map(({ name }) => name).join(", "), rotation.overrides)}</p>
      {emptied.length > 0 && <p>{w.removeAlways(emptied.join(", "))}</p>}
    </>
  );
}

function baseOf(roster: ShownRoster, seen: ShownRotation | undefined, first: RotationDraft | undefined): RotationDraft {
  if (seen !== undefined) return draftOf(seen, teamsWith(roster, seen.id));
  if (first === undefined) throw new Error("a new rotation begins as something");
  return first;
}

function focusFirstProblem(form: string): void {
  requestAnimationFrame(() =>
    document.getElementById(form)?.querySelector<HTMLElement>('[aria-invalid="true"], [data-problem] select')?.focus(),
  );
}

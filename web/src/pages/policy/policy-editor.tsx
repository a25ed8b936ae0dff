import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import type { ActivatedPolicy, MendedPolicy, PolicyDocument, PolicyDraft } from "../../../../src/http/wire/policy.ts";
import { api, Problem } from "../../api/client.ts";
import { Button, LinkButton } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Field } from "../../kit/field.tsx";
import { Notice, ProblemNotice } from "../../kit/page.tsx";
import { useAct, useToast } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { AcceptDialog } from "./accept-dialog.tsx";
import { CheckPanel } from "./check-panel.tsx";
import styles from "./policy-editor.module.css";
import { UploadField } from "./upload-field.tsx";
import { useCheck } from "./use-check.ts";
import { words } from "./words.ts";

type Conflict = { readonly by: string; readonly revision: number };

/** A plain text field, and beside it what the check says of what stands there. */
export function PolicyEditor({ draft, current }: { readonly draft: PolicyDraft; readonly current: PolicyDocument }) {
  const w = useWords(words);
  const { cancel } = useWords(shared);
  const act = useAct();
  const say = useToast();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const area = useRef<HTMLTextAreaElement>(null);
  const [known, setKnown] = useState(draft);
  const [text, setText] = useState(draft.text ?? current.text);
  const [file, setFile] = useState(nameOf(draft.file ?? current.file));
  const [conflict, setConflict] = useState<Conflict | undefined>();
  const [open, setOpen] = useState<"activate" | "drop" | undefined>();
  const { checked, checking, error } = useCheck(text, file);
  const unsaved = text !== (known.text ?? current.text) || (known.text !== null && file !== nameOf(known.file ?? ""));
  useUnsavedWarning(unsaved);

  const save = async (revision: number): Promise<void> => {
    try {
      setKnown(await api.put<PolicyDraft>("/api/v1/policies/draft", { text, file, revision }));
      setConflict(undefined);
      say({ tone: "good", text: w.editPage.saved });
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.facts.because !== "draft-changed") {
        await act(() => Promise.reject(problem));
        return;
      }
      setConflict({ by: String(problem.facts.by), revision: Number(problem.facts.revision) });
    }
  };
  const takeTheirs = (): Promise<boolean> =>
    act(async () => {
      const theirs = await api.get<PolicyDraft>("/api/v1/policies/draft");
      setKnown(theirs);
      setText(theirs.text ?? current.text);
      setFile(nameOf(theirs.file ?? current.file));
      setConflict(undefined);
    });
  const drop = async (): Promise<void> => {
    const done = await act(async () => {
      setKnown(await api.delete<PolicyDraft>(`/api/v1/policies/draft?revision=${known.revision}`));
      setText(current.text);
      setFile(nameOf(current.file));
    }, w.editPage.dropped);
    if (done) setOpen(undefined);
  };
  const activate = async (accept: readonly string[]): Promise<void> => {
    const done = await act(
      () => api.post<ActivatedPolicy>("/api/v1/policies", { text, file, accept }),
      w.activateDialog.done,
    );
    if (!done) return;
    await queries.invalidateQueries({ queryKey: ["policy"] });
    navigate("/policy");
  };
  const mend = async (wanted: {
    readonly codes?: readonly string[];
    readonly answers?: readonly { readonly finding: string; readonly choice?: string }[];
  }): Promise<void> => {
    await act(async () => {
      const mended = await api.post<MendedPolicy>("/api/v1/policies/mend", { text, file, ...wanted });
      if (mended.applied.length === 0) return say({ tone: "bad", text: w.editPage.notWritten });
      setText(mended.text);
      say({ tone: "good", text: w.editPage.written(mended.applied.length) });
    });
  };
  const jump = (line: number): void => {
    const field = area.current;
    if (field === null) return;
    const lines = text.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    field.focus();
    field.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
    // A text field scrolls to its selection by itself only where it is typed in.
    field.scrollTop = (field.scrollHeight / lines.length) * Math.max(0, line - 6);
    field.scrollIntoView({ block: "nearest" });
  };
  const isSame = text === current.text;

  return (
    <div className={styles.editor}>
      <div className={styles.write}>
        {conflict !== undefined && (
          <Notice tone="bad">
            <p>{w.editPage.conflictTitle(conflict.by)}</p>
            <p>{w.editPage.conflictText}</p>
            <p className={styles.acts}>
              <Button onPress={takeTheirs}>{w.editPage.takeTheirs}</Button>
              <Button onPress={() => save(conflict.revision)}>{w.editPage.keepMine}</Button>
            </p>
          </Notice>
        )}
        <div className={styles.source}>
          <Field label={w.editPage.file}>
            {(ids) => <input {...ids} value={file} onChange={(event) => setFile(event.target.value)} />}
          </Field>
          <UploadField
            onRead={(name, read) => {
              setText(read);
              setFile(name);
            }}
          />
        </div>
        <Field label={w.editPage.text} hint={w.editPage.textHint}>
          {(ids) => (
            <textarea
              {...ids}
              ref={area}
              className={styles.area}
              value={text}
              onChange={(event) => setText(event.target.value)}
              spellCheck={false}
              autoCapitalize="off"
              wrap="off"
            />
          )}
        </Field>
        <div className={styles.bar}>
          <p className={styles.state} role="status">
            {unsaved
              ? w.editPage.unsaved
              : known.text === null
                ? w.editPage.noDraft
                : w.editPage.draftBy(known.by ?? "")}
          </p>
          <div className={styles.acts}>
            {known.text !== null && (
              <Button look="quiet" onPress={() => setOpen("drop")}>
                {w.editPage.drop}
              </Button>
            )}
            {known.text !== null && !unsaved && (
              <LinkButton to="/policy/diff?left=current&right=draft">{w.editPage.compare}</LinkButton>
            )}
            {!isSame && known.text === null && (
              <Button look="quiet" onPress={() => setText(current.text)}>
                {w.editPage.fromCurrent}
              </Button>
            )}
            <Button onPress={() => save(known.revision)} disabled={!unsaved}>
              {w.editPage.save}
            </Button>
            <Button
              look="main"
              disabled={checked === undefined || checking || !checked.readable || isSame}
              onPress={() => setOpen("activate")}
            >
              {w.editPage.activate}
            </Button>
          </div>
        </div>
      </div>
      <div className={styles.check}>
        {error !== null && error !== undefined && <ProblemNotice error={error} />}
        {isSame && <Notice tone="info">{w.editPage.unchanged}</Notice>}
        <CheckPanel checked={checked} checking={checking} onJump={jump} onMend={mend} />
      </div>
      {open === "activate" && checked !== undefined && (
        <AcceptDialog findings={checked.findings} onActivate={activate} onClose={() => setOpen(undefined)} />
      )}
      {open === "drop" && (
        <Dialog
          title={w.editPage.dropTitle}
          onClose={() => setOpen(undefined)}
          acts={
            <>
              <Button onPress={() => setOpen(undefined)}>{cancel}</Button>
              <Button look="danger" onPress={drop}>
                {w.editPage.drop}
              </Button>
            </>
          }
        >
          <p>{w.editPage.dropText}</p>
        </Dialog>
      )}
    </div>
  );
}

/** A version that was read from a file carries its whole path. */
function nameOf(file: string): string {
  return file.split(/[/\\]/).at(-1) ?? file;
}

/** The browser asks before what was written is lost. */
function useUnsavedWarning(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [unsaved]);
}

import { useState } from "react";
import type { WireFinding } from "../../../../src/http/wire/policy.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Tick } from "../../kit/field.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { words } from "./words.ts";

/** Before a policy comes into force: what it would still do wrong is accepted kind by kind, by somebody who read it. */
export function AcceptDialog({
  findings,
  onActivate,
  onClose,
}: {
  readonly findings: readonly WireFinding[];
  readonly onActivate: (accept: readonly string[]) => Promise<unknown>;
  readonly onClose: () => void;
}) {
  const w = useWords(words);
  const { cancel } = useWords(shared);
  const [accepted, setAccepted] = useState<ReadonlySet<string>>(new Set());
  const errors = findings.filter(({ level }) => level === "error");
  const codes = [...new Set(errors.map(({ code }) => code))];
  const warnings = findings.filter(({ level }) => level === "warning").length;
  const set = (code: string, on: boolean): void =>
    setAccepted((before) => new Set(on ? [...before, code] : [...before].filter((one) => one !== code)));
  return (
    <Dialog
      title={w.activateDialog.title}
      onClose={onClose}
      acts={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button
            look="act"
            disabled={codes.some((code) => !accepted.has(code))}
            onPress={() => onActivate([...accepted])}
          >
            {w.activateDialog.submit}
          </Button>
        </>
      }
    >
      <p>{w.activateDialog.going}</p>
      {codes.length === 0 ? (
        <p>{w.activateDialog.clean}</p>
      ) : (
        <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
          <legend>{w.activateDialog.accept}</legend>
          {codes.map((code) => {
            const of = errors.filter((one) => one.code === code);
            return (
              <Tick
                key={code}
                label={of.map(({ id, message }) => (
                  <span key={id} style={{ display: "block" }}>
                    {message}
                  </span>
                ))}
                hint={of[0]?.why}
                checked={accepted.has(code)}
                onChange={(event) => set(code, event.target.checked)}
              />
            );
          })}
        </fieldset>
      )}
      {warnings > 0 && <p>{w.activateDialog.warnings(warnings)}</p>}
    </Dialog>
  );
}

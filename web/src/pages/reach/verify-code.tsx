import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { CodePut, CodeSent } from "../../../../src/http/wire/reach.ts";
import { api, Problem, serverNow } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Field } from "../../kit/field.tsx";
import { useToast } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { Refused } from "../settings/use-save.tsx";
import styles from "./reach.module.css";
import { words } from "./words.ts";

/** Sends a code through a contact, and takes what the person types: that is what proves it. */
export function VerifyCode({ person, channel }: { readonly person: string; readonly channel: string }) {
  const { verify: w } = useWords(words);
  const { channels } = useWords(shared);
  const queries = useQueryClient();
  const say = useToast();
  const [minutes, setMinutes] = useState<number>();
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState<string>();
  const [error, setError] = useState<unknown>();
  const path = `/api/v1/reach/${encodeURIComponent(person)}/${channel}`;

  const start = async (): Promise<void> => {
    try {
      const { expiresAt } = await api.post<CodeSent>(`${path}/code`, {});
      setMinutes(Math.round((Date.parse(expiresAt) - serverNow()) / 60_000));
      setCode("");
      setWrong(undefined);
      setError(undefined);
    } catch (caught) {
      setError(caught);
    }
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (code.trim() === "") return;
    try {
      await api.post(`${path}/verify`, { code } satisfies CodePut);
    } catch (caught) {
      const facts = caught instanceof Problem && caught.code === "code-refused" ? caught.facts : undefined;
      if (facts === undefined) return setError(caught);
      const reason = w.reasons[String(facts.because)];
      setWrong(reason ?? w.wrong(Number(facts.triesLeft)));
      setCode("");
      return;
    }
    setMinutes(undefined);
    say({ tone: "good", text: w.done });
    await queries.invalidateQueries({ queryKey: ["reach"] });
  };

  return (
    <div className={styles.verify}>
      <Button icon="key" size="small" onPress={start}>
        {minutes === undefined ? w.start : w.again}
      </Button>
      {error !== undefined && <Refused error={error} />}
      {minutes !== undefined && (
        <form className={styles.codeForm} onSubmit={(event) => void submit(event)} noValidate>
          <p role="status">{w.sent(channels[channel as keyof typeof channels] ?? channel, minutes)}</p>
          <Field label={w.code} problem={wrong}>
            {(ids) => (
              <input
                {...ids}
                className={styles.code}
                inputMode="numeric"
                autoComplete="one-time-code"
                maxLength={12}
                value={code}
                onChange={({ target }) => setCode(target.value)}
              />
            )}
          </Field>
          <Button look="main" type="submit">
            {w.submit}
          </Button>
        </form>
      )}
    </div>
  );
}

import { useState } from "react";
import type { TargetBody, TriedTarget } from "../../../../src/http/wire/monitors.ts";
import { api, Problem } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Notice } from "../../kit/page.tsx";
import { Rows } from "../../kit/rows.tsx";
import { useValueText } from "../../kit/use-value-text.ts";
import { useWords } from "../../words/locale.tsx";
import { Refused } from "../settings/use-save.tsx";
import styles from "./targets.module.css";
import { words } from "./words.ts";

const SHOWN = 20;

/** Asks the target once as it is written, and shows what came. */
export function TryTarget({
  id,
  body,
  isWhole,
  onRefused,
}: {
  /** Of one that is stored: then its stored secrets are used. */
  readonly id: string | undefined;
  readonly body: TargetBody;
  /** Whether there is anything to be asked; else its fields say what is missing. */
  readonly isWhole: boolean;
  readonly onRefused: () => void;
}) {
  const { form: w } = useWords(words);
  const [tried, setTried] = useState<TriedTarget>();
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const press = async (): Promise<void> => {
    setTried(undefined);
    setError(undefined);
    if (!isWhole) {
      onRefused();
      return;
    }
    setBusy(true);
    try {
      setTried(
        await api.post<TriedTarget>("/api/v1/targets/try", { ...(id === undefined ? {} : { id }), target: body }),
      );
    } catch (caught) {
      setError(caught);
    }
    setBusy(false);
  };
  return (
    <section className={styles.try} aria-label={w.try}>
      <div className={styles.tryHead}>
        <Button icon="play" onPress={press}>
          {w.try}
        </Button>
        <p className={styles.inline}>{typeof body.agent === "string" ? w.tryElsewhere : w.tryHere}</p>
      </div>
      <div aria-live="polite">
        {isBusy && <p>{w.trying}</p>}
        {error !== undefined &&
          (measuresNothing(error) ? <Notice tone="info">{w.triesNothing}</Notice> : <Refused error={error} />)}
        {tried !== undefined && <Tried tried={tried} />}
      </div>
    </section>
  );
}

/** The demo invents what is measured. */
function measuresNothing(error: unknown): boolean {
  return error instanceof Problem && error.facts.because === "measures-nothing";
}

function Tried({ tried }: { readonly tried: TriedTarget }) {
  const { form: w } = useWords(words);
  const text = useValueText();
  const { up, because, tookMs, samples, sampleCount } = tried;
  return (
    <div className={styles.form}>
      <Notice tone={up ? "good" : "bad"}>
        <p>
          {up
            ? w.triedUp(text(tookMs / 1_000, { unit: "seconds" }), sampleCount)
            : w.triedDown(because.map((reason) => reason.text).join("; "))}
          {!up && sampleCount > 0 && ` ${w.triedPartly}`}
        </p>
        {up && because.map((reason) => <p key={reason.text}>{reason.text}</p>)}
      </Notice>
      {samples.length > 0 && (
        <Rows label={w.sample}>
          <table>
            <thead>
              <tr>
                <th scope="col">{w.sample}</th>
                <th scope="col">{w.labelsOf}</th>
                <th scope="col">{w.value}</th>
              </tr>
            </thead>
            <tbody>
              {samples.slice(0, SHOWN).map(({ metric, title, unit, labels, value }) => (
                <tr key={`${metric} ${JSON.stringify(labels)}`}>
                  <th scope="row">
                    {title}
                    {title !== metric && <span className={styles.quiet}>{metric}</span>}
                  </th>
                  <td data-label={w.labelsOf} data-wrap data-none={Object.keys(labels).length === 0}>
                    {Object.entries(labels)
                      .map(([name, of]) => `${name}=${of}`)
                      .join(" ")}
                  </td>
                  <td data-label={w.value}>{text(value, { unit, metric })}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {sampleCount > SHOWN && <p className={styles.quiet}>{w.andMore(sampleCount - SHOWN)}</p>}
        </Rows>
      )}
    </div>
  );
}

import { useState } from "react";
import type { ShownOnboarding } from "../../../../src/http/wire/onboarding.ts";
import { Button } from "../../kit/button.tsx";
import { Field } from "../../kit/field.tsx";
import { Icon } from "../../kit/icon.tsx";
import { Loaded, Notice, Panel } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { ChannelTest } from "../settings/channel-test.tsx";
import { useChannels } from "../settings/contact-fields.tsx";
import { TestProgress, useTest } from "../settings/test-progress.tsx";
import styles from "./welcome.module.css";
import { welcomeWords } from "./words.ts";

/** A real page that a human acknowledges: what everything before was for. */
export function TestStep({ state }: { readonly state: ShownOnboarding }) {
  const { test: w } = useWords(welcomeWords);
  const { channels: names } = useWords(shared);
  const query = useChannels();
  const [rung, setRung] = useState<string>();
  const [again, setAgain] = useState(false);
  const [chosen, setChosen] = useState("");
  const id = rung ?? state.lastTest ?? undefined;
  const test = useTest(id).data;
  const works =
    test?.state === "acknowledged" ||
    (id === undefined && state.steps.some(({ step, done }) => step === "test" && done));
  if (works && !again)
    return (
      <Panel>
        <div className={styles.end} role="status">
          <span className={styles.success}>
            <Icon name="check" size={56} />
          </span>
          <p className={styles.big}>{w.works}</p>
          <p>{w.worksLead}</p>
          {id !== undefined && <TestProgress id={id} />}
          <Button onPress={() => setAgain(true)}>{w.another}</Button>
        </div>
      </Panel>
    );
  return (
    <Panel>
      <div className={styles.stack}>
        <p>{w.lead}</p>
        <Loaded query={query}>
          {({ channels }) => {
            const able = channels.filter(({ configured, speaksTo }) => configured !== null && speaksTo !== null);
            const best = able.find(({ kind }) => kind !== "console") ?? able[0];
            const channel = able.find(({ kind }) => kind === chosen) ?? best;
            if (channel === undefined) return <Notice tone="warn">{w.noChannel}</Notice>;
            return (
              <>
                <Field label={w.channel}>
                  {(ids) => (
                    <select {...ids} value={channel.kind} onChange={({ target }) => setChosen(target.value)}>
                      {able.map(({ kind }) => (
                        <option key={kind} value={kind}>
                          {names[kind as keyof typeof names] ?? kind}
                        </option>
                      ))}
                    </select>
                  )}
                </Field>
                {channel.kind === "console" && <p className={styles.quiet}>{w.console}</p>}
                <ChannelTest
                  channel={channel}
                  big
                  onRing={(made) => {
                    setRung(made);
                    setAgain(false);
                  }}
                />
              </>
            );
          }}
        </Loaded>
        {id !== undefined && !again && <TestProgress id={id} />}
      </div>
    </Panel>
  );
}

import { useId, useState } from "react";
import type { ShownChannel } from "../../../../src/http/wire/channels.ts";
import { Button } from "../../kit/button.tsx";
import { Tick } from "../../kit/field.tsx";
import { ChannelMark } from "../../kit/marks.tsx";
import { Loaded, Notice, Panel } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { ChannelFields } from "../settings/channel-form.tsx";
import { ChannelTest } from "../settings/channel-test.tsx";
import { useChannels } from "../settings/contact-fields.tsx";
import styles from "./welcome.module.css";
import { welcomeWords } from "./words.ts";

const ORDER = ["email", "slack", "webhook", "console"];

/** One channel, set up and tried. */
export function ChannelStep() {
  const { channel: w } = useWords(welcomeWords);
  const query = useChannels();
  const [chosen, setChosen] = useState<string>();
  const name = useId();
  return (
    <Panel>
      <div className={styles.stack}>
        <p>{w.lead}</p>
        <Loaded query={query}>
          {({ channels }) => {
            const able = ORDER.flatMap(
              (kind) => channels.find((one) => one.kind === kind && one.speaksTo !== null) ?? [],
            );
            const first = able.find(({ configured, kind }) => configured !== null && kind !== "console") ?? able[0];
            const channel = able.find(({ kind }) => kind === chosen) ?? first;
            return (
              <>
                <fieldset className={styles.choices}>
                  <legend>{w.which}</legend>
                  {able.map(({ kind }) => (
                    <Tick
                      key={kind}
                      type="radio"
                      name={name}
                      label={<ChannelMark channel={kind} />}
                      hint={w.hints[kind]}
                      checked={kind === channel?.kind}
                      onChange={() => setChosen(kind)}
                    />
                  ))}
                </fieldset>
                {channel !== undefined && (
                  <SetUp key={`${channel.kind} ${channel.configured?.revision ?? 0}`} channel={channel} />
                )}
              </>
            );
          }}
        </Loaded>
      </div>
    </Panel>
  );
}

function SetUp({ channel }: { readonly channel: ShownChannel }) {
  const { channel: w } = useWords(welcomeWords);
  const form = useId();
  const isFixed = (channel.configured?.managedBy ?? null) !== null;
  return (
    <div className={styles.stack}>
      <ChannelFields channel={channel} form={form} isFixed={isFixed} onSaved={() => {}} />
      {!isFixed && (channel.fields.length > 0 || channel.configured === null) && (
        <div>
          <Button look="main" size="huge" type="submit" form={form}>
            {w.save}
          </Button>
        </div>
      )}
      {channel.configured !== null && (
        <>
          <Notice tone="good">{w.saved}</Notice>
          <h3>{w.try}</h3>
          <ChannelTest channel={channel} big />
        </>
      )}
    </div>
  );
}

import { useState } from "react";
import type { ShownChannel } from "../../../../src/http/wire/channels.ts";
import { useMay } from "../../api/me.ts";
import { Button } from "../../kit/button.tsx";
import { ChannelMark, Chip } from "../../kit/marks.tsx";
import { Loaded, Panel } from "../../kit/page.tsx";
import { Time } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { ChannelForm } from "./channel-form.tsx";
import { ChannelTest } from "./channel-test.tsx";
import { channelsWords } from "./channels-words.ts";
import { useChannels } from "./contact-fields.tsx";
import styles from "./settings.module.css";
import { SettingsPage } from "./settings-page.tsx";
import { words } from "./words.ts";

/** What pages go through: each channel's state, its last outcomes, and a test. */
export function Channels() {
  const w = useWords(channelsWords);
  const query = useChannels();
  const [open, setOpen] = useState<string>();
  return (
    <SettingsPage name="channels" lead={w.lead}>
      <Loaded query={query}>
        {({ channels, publicUrl }) => {
          const opened = channels.find(({ kind }) => kind === open);
          return (
            <>
              <p className={styles.quiet}>{w.publicUrl(publicUrl)}</p>
              {[...channels]
                .filter(({ speaksTo }) => speaksTo !== null)
                .sort(byUse)
                .map((channel) => (
                  <ChannelPanel key={channel.kind} channel={channel} onOpen={() => setOpen(channel.kind)} />
                ))}
              <Unable channels={channels.filter(({ speaksTo }) => speaksTo === null)} />
              {opened !== undefined && <ChannelForm channel={opened} onClose={() => setOpen(undefined)} />}
            </>
          );
        }}
      </Loaded>
    </SettingsPage>
  );
}

/** What is set up first. */
function byUse(one: ShownChannel, other: ShownChannel): number {
  return Number(one.configured === null) - Number(other.configured === null);
}

function Unable({ channels }: { readonly channels: readonly ShownChannel[] }) {
  const w = useWords(channelsWords);
  if (channels.length === 0) return null;
  return (
    <Panel title={w.unable}>
      <div className={styles.stack}>
        <p className={styles.quiet}>{w.noDriver}</p>
        <ul className={styles.outcomes}>
          {channels.map(({ kind, demanded, contacts, people }) => (
            <li key={kind}>
              <ChannelMark channel={kind} />
              {demanded && <Chip tone="info">{w.demanded}</Chip>}
              <span className={styles.quiet}>{w.contacts(contacts, people)}</span>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}

function ChannelPanel({ channel, onOpen }: { readonly channel: ShownChannel; readonly onOpen: () => void }) {
  const w = useWords(channelsWords);
  const s = useWords(words);
  const mayEdit = useMay("channels.edit");
  const { kind, speaksTo, configured, fields, contacts, people, demanded, last } = channel;
  return (
    <Panel
      title={<ChannelMark channel={kind} />}
      acts={
        <>
          {demanded && <Chip tone="info">{w.demanded}</Chip>}
          {speaksTo !== null && (
            <Chip tone={configured === null ? "warn" : "good"} icon={configured === null ? "warn" : "check"}>
              {configured === null ? w.notSetUp : w.setUp}
            </Chip>
          )}
          {configured?.managedBy != null && (
            <span className={styles.quiet}>{s.managedShort(configured.managedBy)}</span>
          )}
          {speaksTo !== null && mayEdit && (fields.length > 0 || configured === null) && (
            <Button size="small" icon={configured === null ? "add" : "edit"} onPress={onOpen}>
              {configured === null ? w.configure : w.edit}
            </Button>
          )}
        </>
      }
    >
      {speaksTo !== null && (
        <div className={styles.halves}>
          <div className={styles.stack}>
            <p>
              {w.speaksTo[speaksTo]} <span className={styles.quiet}>· {w.contacts(contacts, people)}</span>
            </p>
            {configured !== null && <ChannelTest channel={channel} />}
          </div>
          {configured !== null && (
            <div className={styles.stack}>
              <h3>{w.last}</h3>
              {last.length === 0 && <p className={styles.quiet}>{w.noLast}</p>}
              <ul className={styles.outcomes}>
                {last.map(({ at, state, because, test }) => (
                  <li key={`${at} ${state}`}>
                    <Chip tone={state === "failed" ? "bad" : "good"} icon={state === "failed" ? "warn" : "check"}>
                      {w.states[state] ?? state}
                    </Chip>
                    {test && <Chip>{w.wasTest}</Chip>}
                    <Time at={at} only="relative" />
                    {state === "failed" && because !== null && <p className={styles.quiet}>{because}</p>}
                  </li>
                ))}
              </ul>
            </div>
          )}
        </div>
      )}
    </Panel>
  );
}

import type { ShownContactState, ShownReachPerson } from "../../../../src/http/wire/reach.ts";
import type { IconName } from "../../kit/icon.tsx";
import { ChannelMark, Chip } from "../../kit/marks.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./reach.module.css";
import { words } from "./words.ts";

type Look = { readonly tone: "plain" | "good" | "warn" | "bad"; readonly icon: IconName };

const LOOKS: Readonly<Record<ShownContactState["state"], Look>> = {
  proven: { tone: "good", icon: "check" },
  stale: { tone: "warn", icon: "clock" },
  accepted: { tone: "warn", icon: "send" },
  failing: { tone: "bad", icon: "cross" },
  untried: { tone: "warn", icon: "info" },
  "no-address": { tone: "bad", icon: "warn" },
  "not-configured": { tone: "plain", icon: "settings" },
  "no-driver": { tone: "plain", icon: "info" },
};

/** What a contact is worth, in a word and a colour. */
export function ContactChip({ state }: { readonly state: ShownContactState["state"] }) {
  const { states } = useWords(words);
  const { tone, icon } = LOOKS[state];
  return (
    <Chip tone={tone} icon={icon}>
      {states[state]}
    </Chip>
  );
}

/** A channel and what it is worth, side by side. */
export function ChannelState({ contact }: { readonly contact: ShownContactState }) {
  return (
    <span className={styles.channelState}>
      <ChannelMark channel={contact.channel} />
      <ContactChip state={contact.state} />
    </span>
  );
}

export function PersonChip({ state }: { readonly state: ShownReachPerson["state"] }) {
  const { personStates } = useWords(words);
  const tone = state === "proven" ? "good" : state === "unproven" ? "warn" : "bad";
  return (
    <Chip tone={tone} icon={state === "proven" ? "check" : "warn"}>
      {personStates[state]}
    </Chip>
  );
}

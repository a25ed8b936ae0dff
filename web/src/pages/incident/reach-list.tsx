import type { ShownReach } from "../../../../src/http/wire/incident.ts";
import { ChannelMark, Chip } from "../../kit/marks.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import type { DeliveryState } from "./delivery-states.ts";
import { groupedReaches } from "./grouped-reaches.ts";
import styles from "./reach-list.module.css";
import { words } from "./words.ts";

const TONES = {
  queued: "plain",
  retrying: "warn",
  accepted: "info",
  delivered: "info",
  acknowledged: "good",
  failed: "bad",
  bundled: "plain",
  withdrawn: "plain",
} as const;
const ICONS = {
  queued: "clock",
  retrying: "clock",
  accepted: "send",
  delivered: "check",
  acknowledged: "hand",
  failed: "cross",
  bundled: "more",
  withdrawn: "cross",
} as const;

/** Whom a step reaches and through what; with what became of each message, where it has been sent. */
export function ReachList({
  reach,
  skipped,
  states,
}: {
  readonly reach: readonly ShownReach[];
  readonly skipped: readonly string[];
  readonly states?: ReadonlyMap<string, DeliveryState>;
}) {
  const w = useWords(words);
  const { channels } = useWords(shared);
  if (reach.length + skipped.length === 0) return null;
  return (
    <ul className={styles.reaches}>
      {groupedReaches(reach, states).map(({ key, first, names, state }) => (
        <li key={key} className={styles.reach}>
          <ChannelMark channel={first.channel} />
          {first.mention !== null && <span className={styles.quiet}>@{first.mention}</span>}
          <span>{names.length === 0 ? w.room : names.join(", ")}</span>
          {first.urgency === "tell" && <span className={styles.quiet}>{w.quietly}</span>}
          {first.insteadOf !== null && (
            <span className={styles.quiet}>
              {w.instead(channels[first.insteadOf as keyof typeof channels] ?? first.insteadOf)}
            </span>
          )}
          {state !== undefined && (
            <Chip tone={TONES[state.is]} icon={ICONS[state.is]}>
              {w.chip[state.is]}
              {state.because !== null && state.because !== "" && `: ${state.because}`}
            </Chip>
          )}
        </li>
      ))}
      {skipped.length > 0 && (
        <li>
          <details className={styles.quiet}>
            <summary>{w.skipped(skipped.length)}</summary>
            <ul className={styles.reaches}>
              {skipped.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </details>
        </li>
      )}
    </ul>
  );
}

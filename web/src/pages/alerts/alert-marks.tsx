import type { AlertRow, Mute, ShownFlapping } from "../../../../src/http/wire/alerts.ts";
import { Chip } from "../../kit/marks.tsx";
import { useTimeText } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { words } from "./words.ts";

export function StatusMark({ status }: { readonly status: AlertRow["status"] }) {
  const w = useWords(words);
  if (status === "firing")
    return (
      <Chip tone="bad" icon="alerts">
        {w.statusOf.firing}
      </Chip>
    );
  if (status === "silent")
    return (
      <Chip tone="warn" icon="clock" title={w.silentHint}>
        {w.statusOf.silent}
      </Chip>
    );
  return (
    <Chip tone="good" icon="check">
      {w.statusOf.resolved}
    </Chip>
  );
}

/** It changes all the time: why its end is not told, and until when. */
export function FlappingMark({ flapping }: { readonly flapping: ShownFlapping }) {
  const w = useWords(words);
  const text = useTimeText();
  const until = `${text(flapping.calmAt)} ${w.flappingUntil}`;
  return (
    <Chip tone="warn" icon="swap" title={`${w.flappingHint(flapping.over)} ${until}`}>
      {w.flappingTimes(flapping.changes)}
    </Chip>
  );
}

/** What keeps it from opening an incident, by name. */
export function MuteMark({ mute }: { readonly mute: Mute }) {
  const w = useWords(words);
  const text = useTimeText();
  const until = mute.until === null ? {} : { title: `${text(mute.until)} ${w.muteUntil}` };
  return (
    <Chip tone="info" icon={mute.because === "maintenance" ? "maintenance" : "silence"} {...until}>
      {w.mute[mute.because](mute.name)}
    </Chip>
  );
}

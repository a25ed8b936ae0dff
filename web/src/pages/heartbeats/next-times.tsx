import { useQuery } from "@tanstack/react-query";
import type { HeartbeatPreview } from "../../../../src/http/wire/monitors.ts";
import { api } from "../../api/client.ts";
import { useZone } from "../../kit/time.tsx";
import { useLocale, useWords } from "../../words/locale.tsx";
import { useSettled } from "../muting/use-settled.ts";
import { Refused } from "../settings/use-save.tsx";
import { type HeartbeatDraft, problemsOf, scheduleOf } from "./heartbeat-draft.ts";
import styles from "./heartbeats.module.css";
import { words } from "./words.ts";

/** When it would be expected, in the zone of the plan. */
export function NextTimes({ draft }: { readonly draft: HeartbeatDraft }) {
  const { form: w } = useWords(words);
  const own = useZone();
  const locale = useLocale();
  const problems = problemsOf(draft);
  const isAskable = !problems.has("every") && !problems.has("cron");
  const question = useSettled(isAskable ? JSON.stringify(scheduleOf(draft)) : "");
  const preview = useQuery({
    queryKey: ["heartbeat", "preview", question],
    queryFn: () =>
      api.post<HeartbeatPreview>("/api/v1/heartbeats/preview", { schedule: JSON.parse(question) as unknown }),
    enabled: question !== "",
    retry: false,
  });
  if (!isAskable || question === "") return null;
  if (preview.error !== null) return <Refused error={preview.error} />;
  if (preview.data === undefined) return null;
  const zone = draft.kind === "cron" ? draft.zone.trim() : own;
  const text = new Intl.DateTimeFormat(locale === "ko" ? "ko-KR" : "en-GB", {
    timeZone: zone,
    year: "numeric",
    month: locale === "ko" ? "numeric" : "short",
    day: "numeric",
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    ...(draft.kind === "every" ? { second: "2-digit" } : {}),
    hourCycle: "h23",
  });
  return (
    <div className={styles.next} aria-live="polite">
      <h3>
        {draft.kind === "cron" ? w.next : w.nextEvery} ({w.nextIn(zone)})
      </h3>
      <ol>
        {preview.data.next.map((at) => (
          <li key={at}>
            <time dateTime={at}>{text.format(new Date(at))}</time>
          </li>
        ))}
      </ol>
    </div>
  );
}

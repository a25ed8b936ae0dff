import type { Heartbeat, HeartbeatId } from "../../heartbeat/heartbeat.ts";
import type { HeartbeatState } from "../../heartbeat/heartbeat-state.ts";
import type { DownVerdict } from "../../heartbeat/judge-heartbeat.ts";
import type { HeartbeatWord } from "../../ingest/heartbeat/heartbeat.ts";
import { heartbeatSaid as said } from "../../locale/heartbeats.ts";
import { durationText, timeText } from "../../locale/page.ts";
import type { Locale, Said } from "../../locale/said.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Instant } from "../../time/instant.ts";
import { gradeAt } from "../../triage/grade-of.ts";

export type WordFacts = { readonly policy: Policy; readonly zone: string; readonly publicUrl: string };

/** That a heartbeat is down, in words that a person at night understands. */
export function downWord(
  heartbeat: Heartbeat,
  state: HeartbeatState,
  verdict: DownVerdict,
  { policy, zone, publicUrl }: WordFacts,
): HeartbeatWord {
  const { id, schedule, service } = heartbeat;
  const { locale } = policy;
  const time =
    (at: Instant) =>
    (language: Locale): string =>
      timeText(at, schedule.kind === "cron" ? schedule.zone : zone, language);
  const grace = (language: Locale): string => durationText(heartbeat.grace, language);
  const { because } = verdict;
  const { failed, lastSuccess } = state;
  const lines: Said[] = [];
  if (because === "missed" && verdict.due !== undefined) lines.push(said.expected({ due: time(verdict.due), grace }));
  lines.push(lastSuccess === undefined ? said.neverSucceeded() : said.lastSuccess({ at: time(lastSuccess) }));
  const { deaf } = verdict;
  if (deaf !== undefined) lines.push(said.deaf({ from: time(deaf.start), to: time(deaf.end) }));
  const excerpt = because === "failed" ? failed?.excerpt?.trim() : undefined;
  if (excerpt !== undefined && excerpt !== "") lines.push(said.output({ text: excerpt }));
  return {
    heartbeat: id,
    action: "fire",
    title: said.title({ name: id, because, exitCode: failed?.exitCode, grace })[locale],
    description: lines.map((line) => line[locale]).join("\n"),
    grade: gradeFor(heartbeat, verdict, policy),
    ...(service === undefined ? {} : { service }),
    since: verdict.since,
    link: `${publicUrl}/monitors/heartbeats/${encodeURIComponent(id)}`,
  };
}

/** That it is over: it came, or nobody waits for it any more. */
export function overWord(id: HeartbeatId, came: boolean, at: Instant, policy: Policy): HeartbeatWord {
  const title = came ? said.recovered({ name: id }) : said.ended({ name: id });
  return { heartbeat: id, action: "resolve", title: title[policy.locale], since: at };
}

/**
 * The heartbeat's own; else the least severe but one, for a job that did not run waits for the morning more often than not.
 * Where it is only unknown whether it ran, the least severe: it was Bongsu that was away.
 */
export function gradeFor({ grade }: Heartbeat, { because }: DownVerdict, policy: Policy): string {
  const count = policy.grades.length;
  if (because === "unheard") return gradeAt(policy, count - 1);
  return grade ?? gradeAt(policy, Math.max(count - 2, 0));
}

import { DAY_MS, HOUR_MS, MINUTE_MS, type Millis, SECOND_MS } from "../time/instant.ts";
import type { ChannelKind, Deadline, Mention } from "./policy.ts";
import { channelNamed } from "./vocabulary.ts";

const UNITS: readonly (readonly [RegExp, Millis])[] = [
  [/(\d+(?:\.\d+)?)\s*(?:일|days?|d)(?![a-z])/iu, DAY_MS],
  [/(\d+(?:\.\d+)?)\s*(?:시간|hours?|hrs?|h)(?![a-z])/iu, HOUR_MS],
  [/(\d+(?:\.\d+)?)\s*(?:분|minutes?|mins?|m)(?![a-z])/iu, MINUTE_MS],
  [/(\d+(?:\.\d+)?)\s*(?:초|seconds?|secs?|s)(?![a-z])/iu, SECOND_MS],
];

/** `2시간`, `1시간 30분 이내`, `within 2 hours`, `90m`. Undefined where anything in it is not part of a duration. */
export function readDuration(text: string): Millis | undefined {
  let rest = text.normalize("NFC").replace(/이내|안에|마다|동안|\bwithin\b|\bevery\b|\bafter\b/giu, " ");
  let total = 0;
  for (const [pattern, unit] of UNITS) {
    const found = pattern.exec(rest);
    if (found === null) continue;
    total += Number(found[1]) * unit;
    rest = rest.replace(found[0], " ");
  }
  return total > 0 && rest.trim() === "" ? Math.round(total) : undefined;
}

/** `즉시 (24/7)`, `2시간 이내`, `immediate`. */
export function readDeadline(
  text: string,
): { readonly deadline: Deadline; readonly aroundTheClock: boolean } | undefined {
  const aroundTheClock = isAroundTheClock(text);
  const rest = text
    .normalize("NFC")
    .replace(/\(?\s*24\s*[/x×]\s*7\s*\)?/giu, "")
    .trim();
  if (/^(즉시|immediate(ly)?|at once|now)$/iu.test(rest)) return { deadline: { kind: "immediate" }, aroundTheClock };
  const duration = readDuration(rest);
  return duration === undefined ? undefined : { deadline: { kind: "within", duration }, aroundTheClock };
}

export function isAroundTheClock(text: string): boolean {
  return /24\s*[/x×]\s*7/iu.test(text);
}

/** `Slack (@channel)`: a channel and whom in it. */
export function readChannel(
  text: string,
): { readonly kind: Exclude<ChannelKind, "loopback">; readonly mention?: Mention } | undefined {
  const found = /^(.*?)\s*(?:\(\s*@(channel|here)\s*\))?$/iu.exec(text.trim());
  const kind = channelNamed(found?.[1] ?? "");
  if (kind === undefined) return undefined;
  const mention = found?.[2]?.toLowerCase() as Mention | undefined;
  return mention === undefined ? { kind } : { kind, mention };
}

/** `운영자 2명`, `2 operators`, `operator x 2`: a role and a head count. */
export function readStaffing(text: string): { readonly role: string; readonly count: number } | undefined {
  const clean = text.normalize("NFC").trim();
  const korean = /^(.+?)\s*(\d+)\s*(?:명|인)$/u.exec(clean);
  const after = /^(.+?)\s*[x×:]\s*(\d+)$/iu.exec(clean);
  const before = /^(\d+)\s+(.+)$/u.exec(clean);
  if (korean) return { role: korean[1] ?? "", count: Number(korean[2]) };
  if (after) return { role: after[1] ?? "", count: Number(after[2]) };
  if (before) return { role: (before[2] ?? "").replace(/s$/, ""), count: Number(before[1]) };
  return undefined;
}

/**
 * The quantities that one line names. `CPU/메모리/디스크 사용률` is three, what is used being said once at the end;
 * `GPU 상태 및 사용률` two, the thing being said once at the beginning.
 */
export function readQuantities(text: string): readonly string[] {
  const clean = text.normalize("NFC").trim();
  if (clean.includes("/") && !/\d\/\d/u.test(clean)) {
    const parts = clean.split("/").map((part) => part.trim());
    const last = parts.at(-1) ?? "";
    const space = last.indexOf(" ");
    const shared = space < 0 ? "" : last.slice(space);
    return parts.map((part, index) => (index === parts.length - 1 ? part : part + shared));
  }
  const and = /^(\S+)\s+(.+?)\s+(?:및|와|과|and)\s+(.+)$/iu.exec(clean);
  if (and) return [`${and[1]} ${and[2]}`, `${and[1]} ${and[3]}`];
  return [clean];
}

/** `담당 운영자`, `operator on duty`: whoever of the owner team is on duty, nobody's title. */
export function isOnDutyOperator(text: string): boolean {
  return /^(담당\s*운영자|당번(\s*운영자)?|(the\s+)?(operator\s+on\s+duty|on[- ]?duty\s+operator|on[- ]call))$/iu.test(
    text.normalize("NFC").trim(),
  );
}

import { DAY_MS, HOUR_MS, MINUTE_MS, type Millis } from "../../time/instant.ts";
import { isRecord } from "../read.ts";

/** A heartbeat as Opsgenie's Heartbeat API writes it. */
export type OpsgenieHeartbeat = {
  readonly name: string;
  readonly every: Millis;
  readonly enabled: boolean;
  /** P1 to P5, where it says so. */
  readonly priority?: string;
};

const UNITS: Readonly<Record<string, Millis>> = { minutes: MINUTE_MS, hours: HOUR_MS, days: DAY_MS };

/** Opsgenie has none: there it is expired as soon as its interval is over. Networks deserve a minute. */
export const OPSGENIE_GRACE_MS = MINUTE_MS;

/** By field, what is wrong with it. */
export type OpsgenieProblems = Readonly<Record<string, string>>;

/** What a request to create one says, or one of a list. */
export function readOpsgenieHeartbeat(value: unknown): OpsgenieHeartbeat | { readonly problems: OpsgenieProblems } {
  const { name, enabled = true, alertPriority } = isRecord(value) ? value : {};
  const problems: Record<string, string> = {};
  if (typeof name !== "string" || name.trim() === "") problems.name = "a text that is not empty";
  const every = readOpsgenieInterval(value);
  if (typeof every !== "number") Object.assign(problems, every.problems);
  if (typeof enabled !== "boolean") problems.enabled = "true or false";
  if (typeof name !== "string" || typeof every !== "number" || Object.keys(problems).length > 0) return { problems };
  const priority = typeof alertPriority === "string" ? { priority: alertPriority } : {};
  return { name: name.trim(), every, enabled: enabled === true, ...priority };
}

/** `interval` and `intervalUnit`. */
export function readOpsgenieInterval(value: unknown): Millis | { readonly problems: OpsgenieProblems } {
  const { interval, intervalUnit } = isRecord(value) ? value : {};
  const unit = typeof intervalUnit === "string" ? UNITS[intervalUnit.toLowerCase()] : undefined;
  const problems: Record<string, string> = {};
  if (typeof interval !== "number" || !Number.isInteger(interval) || interval < 1)
    problems.interval = "a whole number of at least 1";
  if (unit === undefined) problems.intervalUnit = "minutes, hours or days";
  return unit === undefined || typeof interval !== "number" || problems.interval !== undefined
    ? { problems }
    : interval * unit;
}

/** The answer of `GET /v2/heartbeats`, or only the list in it. */
export function readOpsgenieList(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (!isRecord(value)) return undefined;
  return readOpsgenieList(value.heartbeats ?? value.data);
}

/** Which grade of the policy a priority is: P1 the most severe, and what is below the last the last. */
export function gradeOfPriority(priority: string | undefined, grades: readonly string[]): string | undefined {
  const rank = /^P([1-5])$/iu.exec(priority ?? "")?.[1];
  return rank === undefined ? undefined : grades[Math.min(Number(rank), grades.length) - 1];
}

/** An interval in Opsgenie's units; seconds, which it has not, are rounded up. */
export function opsgenieInterval(every: Millis): { readonly interval: number; readonly intervalUnit: string } {
  if (every % DAY_MS === 0) return { interval: every / DAY_MS, intervalUnit: "days" };
  if (every % HOUR_MS === 0) return { interval: every / HOUR_MS, intervalUnit: "hours" };
  return { interval: Math.ceil(every / MINUTE_MS), intervalUnit: "minutes" };
}

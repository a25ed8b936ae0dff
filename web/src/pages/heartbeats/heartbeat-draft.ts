import type { ShownHeartbeat, ShownHeartbeatSchedule, WrittenHeartbeat } from "../../../../src/http/wire/monitors.ts";

export const LENGTH_UNITS = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;
export type LengthUnit = keyof typeof LENGTH_UNITS;

/** A length as somebody writes it. */
export type WrittenLength = { readonly count: string; readonly unit: LengthUnit };

export type HeartbeatDraft = {
  readonly name: string;
  readonly kind: "every" | "cron";
  readonly every: WrittenLength;
  readonly cron: string;
  readonly zone: string;
  readonly grace: WrittenLength;
  readonly grade: string;
  readonly service: string;
  /** That its job pings now, where it comes from elsewhere. */
  readonly address: string;
};

export type DraftProblem = "name" | "every" | "cron" | "grace";

const SECONDS_MAX = 366 * LENGTH_UNITS.days;

export function draftOf(known: ShownHeartbeat | undefined, zone: string): HeartbeatDraft {
  const schedule = known?.schedule ?? { everySeconds: LENGTH_UNITS.days };
  return {
    name: known?.id ?? "",
    kind: "cron" in schedule ? "cron" : "every",
    every: lengthOf("cron" in schedule ? LENGTH_UNITS.days : schedule.everySeconds),
    cron: "cron" in schedule ? schedule.cron : "",
    zone: "cron" in schedule ? schedule.zone : zone,
    grace: lengthOf(known?.graceSeconds ?? LENGTH_UNITS.hours),
    grade: known?.grade ?? "",
    service: known?.service ?? "",
    address: "",
  };
}

export function problemsOf(draft: HeartbeatDraft): ReadonlySet<DraftProblem> {
  const problems = new Set<DraftProblem>();
  if (draft.name.trim() === "") problems.add("name");
  if (draft.kind === "every" && !isWithin(secondsOf(draft.every), 10)) problems.add("every");
  if (draft.kind === "cron" && draft.cron.trim() === "") problems.add("cron");
  if (!isWithin(secondsOf(draft.grace), 1)) problems.add("grace");
  return problems;
}

export function scheduleOf({ kind, every, cron, zone }: HeartbeatDraft): ShownHeartbeatSchedule {
  return kind === "cron" ? { cron: cron.trim(), zone: zone.trim() } : { everySeconds: secondsOf(every) };
}

export function bodyOf(draft: HeartbeatDraft): WrittenHeartbeat {
  return {
    id: draft.name.trim(),
    schedule: scheduleOf(draft),
    graceSeconds: secondsOf(draft.grace),
    grade: draft.grade === "" ? null : draft.grade,
    service: draft.service.trim() === "" ? null : draft.service.trim(),
    ...(draft.address.trim() === "" ? {} : { address: draft.address.trim() }),
  };
}

/** In the largest unit that it is whole in. */
function lengthOf(seconds: number): WrittenLength {
  const units = Object.keys(LENGTH_UNITS).toReversed() as LengthUnit[];
  const unit = units.find((one) => seconds % LENGTH_UNITS[one] === 0) ?? "seconds";
  return { count: String(seconds / LENGTH_UNITS[unit]), unit };
}

function secondsOf({ count, unit }: WrittenLength): number {
  return count.trim() === "" ? Number.NaN : Number(count) * LENGTH_UNITS[unit];
}

function isWithin(seconds: number, least: number): boolean {
  return Number.isInteger(seconds) && seconds >= least && seconds <= SECONDS_MAX;
}

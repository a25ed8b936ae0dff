import type { MaintenanceRow } from "../../../../src/http/wire/maintenance.ts";
import type { Weekday } from "../../../../src/time/weekday.ts";
import type { Repeat } from "../../../../src/triage/maintenance.ts";
import type { Matcher } from "../../../../src/triage/silence.ts";
import { serverNow } from "../../api/client.ts";
import { toLocal } from "../../kit/local-time.ts";
import { written } from "../muting/matchers.ts";

/** A window while it is written: every field as it stands in its control. */
export type WindowDraft = {
  readonly title: string;
  readonly services: string;
  readonly matchers: readonly Matcher[];
  readonly zone: string;
  readonly start: string;
  readonly hours: string;
  readonly minutes: string;
  readonly kind: Repeat["kind"];
  readonly weekdays: readonly Weekday[];
  readonly day: string;
  readonly nth: string;
  readonly weekday: string;
  readonly until: string;
};

const MINUTES_MAX = 31 * 24 * 60;

export function draftOf(known: MaintenanceRow | undefined, zone: string): WindowDraft {
  const start = known?.start ?? `${toLocal(serverNow() + 86_400_000, zone).slice(0, 10)}T02:00`;
  const repeat = known?.repeat ?? { kind: "none" };
  const length = known?.durationMinutes ?? 120;
  // Whoever changes the kind finds what the first day suggests.
  const first = new Date(`${start}:00Z`);
  const weekday = (((first.getUTCDay() + 6) % 7) + 1) as Weekday;
  return {
    title: known?.title ?? "",
    services: known?.services.join(", ") ?? "",
    matchers: known?.matchers ?? [],
    zone: known?.zone ?? zone,
    start,
    hours: String(Math.floor(length / 60)),
    minutes: String(length % 60),
    kind: repeat.kind,
    weekdays: repeat.kind === "weekly" ? repeat.weekdays : [weekday],
    day: String(repeat.kind === "monthly-day" ? repeat.day : first.getUTCDate()),
    nth: String(repeat.kind === "monthly-weekday" ? repeat.nth : Math.min(Math.ceil(first.getUTCDate() / 7), 4)),
    weekday: String(repeat.kind === "monthly-weekday" ? repeat.weekday : weekday),
    until: known?.until ?? "",
  };
}

/** Which fields cannot be sent as they stand. */
export function problemsOf(draft: WindowDraft): readonly string[] {
  const body = bodyOf(draft);
  const problems: string[] = [];
  if (body.services.length === 0 && body.matchers.length === 0) problems.push("services");
  if (!isZone(draft.zone)) problems.push("zone");
  if (!/^2[01]\d\d-\d\d-\d\dT\d\d:\d\d$/.test(draft.start)) problems.push("start");
  if (!(body.durationMinutes >= 1 && body.durationMinutes <= MINUTES_MAX)) problems.push("length");
  if (draft.kind === "weekly" && draft.weekdays.length === 0) problems.push("weekdays");
  if (draft.kind === "monthly-day" && !(Number(draft.day) >= 1 && Number(draft.day) <= 31)) problems.push("day");
  if (body.until !== undefined && body.until < draft.start.slice(0, 10)) problems.push("until");
  return problems;
}

/** What the server is told. */
export function bodyOf(draft: WindowDraft) {
  const services = draft.services.split(",").map((service) => service.trim());
  return {
    title: draft.title.trim(),
    services: [...new Set(services)].filter((service) => service !== ""),
    matchers: written(draft.matchers),
    zone: draft.zone.trim(),
    start: draft.start,
    durationMinutes: Math.round(Number(draft.hours) * 60 + Number(draft.minutes)),
    repeat: repeatOf(draft),
    ...(draft.until === "" || draft.kind === "none" ? {} : { until: draft.until }),
  };
}

function repeatOf({ kind, weekdays, day, nth, weekday }: WindowDraft): Repeat {
  switch (kind) {
    case "weekly":
      return { kind, weekdays: [...weekdays].sort((one, other) => one - other) };
    case "monthly-day":
      return { kind, day: Number(day) };
    case "monthly-weekday":
      return { kind, nth: Number(nth) as 1, weekday: Number(weekday) as Weekday };
    default:
      return { kind };
  }
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return zone !== "";
  } catch {
    return false;
  }
}

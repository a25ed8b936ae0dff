import { Fault } from "../fault/fault.ts";
import { asId } from "../id/id.ts";
import type { Instant } from "../time/instant.ts";
import { isWeekday, type Weekday } from "../time/weekday.ts";
import { MAINTENANCE_MINUTES_MAX, type Maintenance, type Repeat } from "../triage/maintenance.ts";
import { readMatchers } from "../triage/read-matchers.ts";
import { textIn } from "./access.ts";

type Body = Readonly<Record<string, unknown>>;

const TITLE_LENGTH_MAX = 200;
const SERVICES_MAX = 100;

/** A maintenance window out of a request; Fault `bad-request` that names the field otherwise. */
export function maintenanceIn(
  body: Body,
  facts: { readonly id: string; readonly by: string; readonly at: Instant },
): Maintenance {
  const bad = (field: string, expected: string): Fault => new Fault("bad-request", { field, expected });
  const services = body.services ?? [];
  if (!Array.isArray(services) || services.length > SERVICES_MAX || !services.every(isName))
    throw bad("services", `names of services, at most ${SERVICES_MAX}`);
  const isOfLabels = Array.isArray(body.matchers) && body.matchers.length > 0;
  const matchers = isOfLabels ? readMatchers(body.matchers) : [];
  if (typeof matchers === "string") throw new Fault("bad-request", { field: "matchers", because: matchers });
  if (services.length === 0 && matchers.length === 0) throw bad("services", "at least one service or matcher");

  const zone = textIn(body, "zone");
  const start = textIn(body, "start");
  if (!/^(20\d\d|21\d\d)-\d\d-\d\dT\d\d:\d\d$/.test(start)) throw bad("start", "a local time, YYYY-MM-DDTHH:MM");
  try {
    Temporal.PlainDateTime.from(start, { overflow: "reject" }).toZonedDateTime(zone);
  } catch (error) {
    const isDate = isDateText(start.slice(0, 10));
    throw new Fault(
      "bad-request",
      isDate ? { field: "zone", expected: "an IANA zone such as Asia/Seoul" } : { field: "start", expected: "a date" },
      error,
    );
  }
  const { durationMinutes, until } = body;
  if (
    !Number.isSafeInteger(durationMinutes) ||
    Number(durationMinutes) < 1 ||
    Number(durationMinutes) > MAINTENANCE_MINUTES_MAX
  )
    throw bad("durationMinutes", `1 to ${MAINTENANCE_MINUTES_MAX}`);
  const isUntil = until !== undefined && until !== null && until !== "";
  if (isUntil && (typeof until !== "string" || !isDateText(until) || until < start.slice(0, 10)))
    throw bad("until", "a date from the start on, YYYY-MM-DD");
  return {
    id: asId(facts.id),
    title: textIn(body, "title").slice(0, TITLE_LENGTH_MAX),
    services: services.map(String),
    matchers,
    zone,
    start,
    durationMinutes: Number(durationMinutes),
    repeat: repeatIn(body.repeat),
    ...(isUntil ? { until: String(until) } : {}),
    createdBy: facts.by,
    updatedAt: facts.at,
  };
}

function isName(value: unknown): boolean {
  return typeof value === "string" && value !== "" && value.length <= 250;
}

function isDateText(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: "reject" });
    return true;
  } catch {
    return false;
  }
}

function repeatIn(value: unknown): Repeat {
  const repeat = (value ?? { kind: "none" }) as Body;
  const { kind, weekdays, day, nth, weekday } = repeat;
  if (kind === "none" || kind === "daily") return { kind };
  if (kind === "weekly" && Array.isArray(weekdays) && weekdays.length > 0 && weekdays.every(isWeekday))
    return { kind, weekdays: [...new Set(weekdays as Weekday[])].sort((one, other) => one - other) };
  if (kind === "monthly-day" && Number.isSafeInteger(day) && Number(day) >= 1 && Number(day) <= 31)
    return { kind, day: Number(day) };
  if (kind === "monthly-weekday" && isWeekday(weekday) && [1, 2, 3, 4, -1].includes(Number(nth)))
    return { kind, nth: Number(nth) as 1, weekday };
  throw new Fault("bad-request", {
    field: "repeat",
    expected: "none, daily, weekly (weekdays 1-7), monthly-day (day 1-31) or monthly-weekday (nth 1-4 or -1, weekday)",
  });
}

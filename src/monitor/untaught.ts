import { DAY_MS, type Instant, type Millis } from "../time/instant.ts";
import { common, type Interval } from "../time/interval.ts";
import type { Dependencies } from "../triage/dependencies.ts";
import { standsOn } from "../triage/dependencies.ts";
import { covers, type Maintenance, occurrences } from "../triage/maintenance.ts";
import { matches } from "../triage/matchers.ts";
import type { Silence } from "../triage/silence.ts";

/** Why an hour teaches nothing of what is usual: it was known, or announced, to be unlike others. */
export type Untaught = "incident" | "silence" | "maintenance";

/** What was wrong or announced in a stretch of time. */
export type UntaughtFacts = {
  readonly incidents: readonly { readonly service: string; readonly from: Instant; readonly to: Instant | undefined }[];
  readonly silences: readonly Silence[];
  readonly maintenances: readonly Maintenance[];
  readonly dependencies: Dependencies;
};

/**
 * What goes on for longer is how things are now: a jump that is there to stay would be unlike usual for ever, for as long
 * as its incident is open nothing could teach that it is usual.
 */
export const UNTAUGHT_MS_MAX: Millis = DAY_MS;

/**
 * Which hours teach nothing about what alerts of this service and these labels are about: in which an incident of the
 * service was open, or of what it stands on, or people had muted it. Of each at most its first day.
 */
export function untaughtHours(
  alert: { readonly service: string; readonly labels: Readonly<Record<string, string>> },
  { incidents, silences, maintenances, dependencies }: UntaughtFacts,
): (hour: Interval) => Untaught | undefined {
  const beneath = standsOn(alert, dependencies);
  const wrong = incidents.filter(({ service }) => service === alert.service || beneath.has(service));
  const silent = silences.filter(({ matchers }) => matches(matchers, alert.labels));
  const windows = maintenances.filter((one) => covers(one, alert));
  const touches = (hour: Interval, start: Instant, end: Instant | undefined): boolean => {
    const told = { start, end: Math.min(end ?? Number.POSITIVE_INFINITY, start + UNTAUGHT_MS_MAX) };
    return common(hour, told) !== undefined;
  };
  return (hour) => {
    if (wrong.some(({ from, to }) => touches(hour, from, to))) return "incident";
    if (silent.some(({ startsAt, endsAt }) => touches(hour, startsAt, endsAt))) return "silence";
    const isPlanned = windows.some((window) =>
      occurrences(window, hour.start, hour.end).some(({ start, end }) => touches(hour, start, end)),
    );
    return isPlanned ? "maintenance" : undefined;
  };
}

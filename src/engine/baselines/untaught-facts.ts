import { MONITOR_SOURCE } from "../../ingest/monitor/monitor.ts";
import type { Labels } from "../../metric/sample.ts";
import { alertLabels } from "../../monitor/alert-labels.ts";
import type { LocalDays } from "../../monitor/baseline.ts";
import type { Monitor } from "../../monitor/monitor.ts";
import { UNTAUGHT_MS_MAX, type Untaught, type UntaughtFacts, untaughtHours } from "../../monitor/untaught.ts";
import type { Policy } from "../../policy/policy.ts";
import { holidayCalendar } from "../../roster/holidays.ts";
import type { Roster, Service } from "../../roster/roster.ts";
import type { Queries } from "../../store/store.ts";
import type { Instant } from "../../time/instant.ts";
import type { Interval } from "../../time/interval.ts";
import { dependenciesOf } from "../../triage/dependencies.ts";
import { serviceOf } from "../../triage/service-of.ts";

/** What there is around a series: the days of its zone, and the services that it may belong to. */
export type Surroundings = LocalDays & { readonly services: readonly Service[] };

export function surroundingsOf(roster: Roster, policy: Policy, zone: string): Surroundings {
  const calendar = holidayCalendar(zone, roster.holidays);
  return { zone, isHoliday: (date) => calendar.has(date), services: [...roster.services, ...policy.services] };
}

const INCIDENTS_PAGE = 500;
/** More than that in weeks, and the newest of them tell. */
const INCIDENTS_MAX = 5_000;

/** What was wrong or announced between two instants. */
export async function readUntaught(
  queries: Pick<Queries, "incidents" | "silences" | "maintenances">,
  services: readonly Service[],
  { from, to }: { readonly from: Instant; readonly to: Instant },
): Promise<UntaughtFacts> {
  const incidents: { service: string; from: Instant; to: Instant | undefined }[] = [];
  for (let beforeNumber: number | undefined; incidents.length < INCIDENTS_MAX; ) {
    const page = await queries.incidents({
      from: from - UNTAUGHT_MS_MAX,
      to,
      endedSince: from,
      drill: false,
      limit: INCIDENTS_PAGE,
      ...(beforeNumber === undefined ? {} : { beforeNumber }),
    });
    for (const { service, openedAt, resolvedAt } of page) incidents.push({ service, from: openedAt, to: resolvedAt });
    beforeNumber = page.at(-1)?.number;
    if (page.length < INCIDENTS_PAGE || beforeNumber === undefined) break;
  }
  const silences = (await queries.silences()).filter(({ startsAt, endsAt }) => startsAt < to && endsAt > from);
  return { incidents, silences, maintenances: await queries.maintenances(), dependencies: dependenciesOf(services) };
}

/** For a series of a monitor, the hours that teach nothing. */
export function untaughtOf(
  monitor: Monitor,
  labels: Labels,
  facts: UntaughtFacts,
  services: readonly Service[],
): (hour: Interval) => Untaught | undefined {
  const all = alertLabels(monitor, labels);
  return untaughtHours({ service: serviceOf(all, services, MONITOR_SOURCE).name, labels: all }, facts);
}

import type { LoadPage, LoadSources } from "../load/load.ts";
import { type WorkedSpan, workedSpans } from "../load/worked-spans.ts";
import type { Policy } from "../policy/policy.ts";
import { erasOf, finalShiftsThrough } from "../roster/eras.ts";
import { rotationsOf, teamNamed } from "../roster/on-duty.ts";
import type { PersonId } from "../roster/roster.ts";
import { rosterOf } from "../roster/roster-of.ts";
import { sameName } from "../roster/same-name.ts";
import type { Delivery, Store } from "../store/store.ts";
import { DAY_MS, type Instant } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";

/** Whole weeks and the rest before the first shift reach out of the period: what is read around it. */
const AROUND_MS = 10 * DAY_MS;
const INCIDENTS_A_READ = 500;
const EVENTS_MAX = 10_000;
/** Beyond this the oldest incidents of the period are left out, and the answer says so. */
const INCIDENTS_MAX = 5_000;
const SENT: ReadonlySet<Delivery["state"]> = new Set(["accepted", "delivered", "acknowledged"]);

export type LoadRead = {
  readonly sources: LoadSources;
  /** Those of the teams whose members are always on duty: that is no standby anybody could be paid for by the hour. */
  readonly withoutTurns: readonly string[];
  /** False where there were more incidents than are looked at. */
  readonly isWhole: boolean;
};

/** Reads what duty cost: shifts as they were then, pages that were sent, incidents that somebody held. */
export async function readLoadSources(
  store: Store,
  policy: Policy,
  { period, now, team }: { readonly period: Interval; readonly now: Instant; readonly team?: string | undefined },
): Promise<LoadRead> {
  const around = { start: period.start - AROUND_MS, end: period.end + AROUND_MS };
  const { items, past } = await store.transaction(async (queries) => ({
    items: await queries.rosterItems(),
    past: around.start < now ? await queries.rosterPast(around.start) : [],
  }));
  const roster = rosterOf(items);
  const eras = erasOf(items, past, { interval: around, now });
  const wanted = roster.teams.filter(({ name }) => team === undefined || sameName(name, team));
  const teams = wanted.map(({ name }) => ({
    name,
    shifts: finalShiftsThrough(eras, name),
    heads: headsOf(policy, name),
  }));
  const takesTurns = (name: string): boolean =>
    eras.some((era) => rotationsOf(era.roster, teamNamed(era.roster, name)).length > 0);
  const members = new Set<PersonId>([
    ...wanted.flatMap((one) => one.members.map(({ person }) => person)),
    ...teams.flatMap(({ shifts }) => shifts.flatMap(({ people }) => people)),
  ]);
  const people = team === undefined ? new Set([...members, ...roster.people.keys()]) : members;
  const pages: LoadPage[] = [];
  const channels = new Set(
    [...roster.people.values()].flatMap(({ contacts }) => contacts.map(({ channel }) => channel)),
  );
  for (const person of people) {
    for (const channel of channels)
      pages.push(...(await store.sentTo(person, channel, period.start, period.end)).flatMap(pageOf));
  }
  const { worked, isWhole } = await readWorked(store, around, now);
  return {
    sources: { teams, pages, worked: worked.filter(({ person }) => people.has(person)) },
    withoutTurns: wanted.map(({ name }) => name).filter((name) => !takesTurns(name)),
    isWhole,
  };
}

/** Several that were bundled are one page; a test of the channel is none, and nor is one that did not leave. */
function pageOf({ id, person, reach, state, kind, into, sentAt, incident }: Delivery): readonly LoadPage[] {
  if (person === "" || sentAt === undefined || into !== undefined || kind === "test") return [];
  if (reach.urgency !== "wake" || !SENT.has(state)) return [];
  return [{ person, at: sentAt, incident: incident ?? id }];
}

async function readWorked(
  store: Store,
  around: Interval,
  now: Instant,
): Promise<{ readonly worked: readonly WorkedSpan[]; readonly isWhole: boolean }> {
  const worked: WorkedSpan[] = [];
  let before: number | undefined;
  for (let seen = 0; seen < INCIDENTS_MAX; seen += INCIDENTS_A_READ) {
    const filter = { to: around.end, endedSince: around.start, limit: INCIDENTS_A_READ };
    const incidents = await store.incidents(before === undefined ? filter : { ...filter, beforeNumber: before });
    for (const { id } of incidents) worked.push(...workedSpans(await store.eventsOf(id, 0, EVENTS_MAX), now));
    if (incidents.length < INCIDENTS_A_READ) return { worked, isWhole: true };
    before = incidents.at(-1)?.number;
  }
  return { worked, isWhole: false };
}

function headsOf({ teams }: Policy, name: string): number {
  return teams.find((team) => sameName(team.name, name))?.staffing.reduce((sum, { count }) => sum + count, 0) ?? 0;
}

import type { Locale } from "../locale/said.ts";
import type { Policy } from "../policy/policy.ts";
import type { Finding } from "../proof/finding.ts";
import { findingsOf } from "../proof/findings.ts";
import { horizonOf, provingReach } from "../proof/prove-reach.ts";
import { edited, type RosterEdit } from "../roster/edit-roster.ts";
import type { Roster } from "../roster/roster.ts";
import { rosterOf } from "../roster/roster-of.ts";
import { touchedTeams } from "../roster/touched-teams.ts";
import type { RosterItem } from "../store/store.ts";
import { type Instant, MINUTE_MS } from "../time/instant.ts";
import { canonical, contains, policyInForce } from "./change-roster.ts";
import type { Engine } from "./engine.ts";
import { driversOf } from "./ports.ts";
import { breathing } from "./prove/breathing.ts";

export type RosterPreview = {
  readonly policy: Policy | undefined;
  readonly before: Roster;
  readonly after: Roster;
  readonly teams: readonly string[];
  /** What `bongsu check` would find anew, and what it would no longer find. */
  readonly found: readonly Finding[];
  readonly mended: readonly Finding[];
};

/** What check found in the roster as it is: asked for at each stroke of somebody who writes, and the same each time. */
type Known = { readonly revision: number; readonly at: Instant; readonly findings: readonly Finding[] };
const knownOf = new WeakMap<Policy, Known>();
const KNOWN_FOR_MS = MINUTE_MS;

/**
 * What a change of the roster would make of it; writes nothing. Fault `roster-refused` where it would be refused. What is
 * proved over twelve months is proved in small pieces, outside of any transaction: pages have their turn in between.
 */
export async function previewRoster(
  engine: Engine,
  wish: {
    readonly edit: (items: readonly RosterItem[]) => RosterEdit;
    readonly locale: Locale;
    /** False: what check finds is not asked for. */
    readonly withFindings: boolean;
  },
): Promise<RosterPreview> {
  const { items, revision, policy } = await engine.ports.store.transaction(async (queries) => ({
    items: await queries.rosterItems(),
    revision: await queries.rosterRevision(),
    policy: await policyInForce(engine, queries),
  }));
  const wanted = wish.edit(items);
  const edit = { ...wanted, put: canonical(items, wanted, wish.locale) };
  const rosters = { before: rosterOf(items), after: rosterOf(edited(items, edit)) };
  const teams = touchedTeams(items, edit, rosters);
  if (policy === undefined || !wish.withFindings) return { policy, ...rosters, teams, found: [], mended: [] };
  const { at, findings } = await knownFindings(engine, policy, rosters.before, revision);
  // At the same instant: a finding that names it is then the same one.
  const wouldBe = await findingsAt(engine, policy, rosters.after, at);
  const found = wouldBe.filter((one) => !findings.some((known) => contains(known, one)));
  // A hole that has become smaller is not mended.
  const mended = findings.filter((one) => !wouldBe.some((left) => contains(left, one) || contains(one, left)));
  return { policy, ...rosters, teams, found, mended };
}

async function knownFindings(engine: Engine, policy: Policy, roster: Roster, revision: number): Promise<Known> {
  const last = knownOf.get(policy);
  const now = engine.ports.clock.now();
  if (last?.revision === revision && now - last.at < KNOWN_FOR_MS) return last;
  const fresh = { revision, at: now, findings: await findingsAt(engine, policy, roster, now) };
  knownOf.set(policy, fresh);
  return fresh;
}

async function findingsAt({ ports }: Engine, policy: Policy, roster: Roster, at: Instant): Promise<readonly Finding[]> {
  const { zone } = ports.settings;
  const drivers = driversOf(ports.channels);
  const facts = { policy, roster, drivers, from: at, until: horizonOf(at, zone), withDeaths: false };
  const { value: proof } = await breathing(ports.clock, provingReach(facts));
  return findingsOf(policy, roster, { drivers, at, zone, proof });
}

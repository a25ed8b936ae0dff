import type { Policy } from "../policy/policy.ts";
import type { Finding } from "../proof/finding.ts";
import { findingsOf } from "../proof/findings.ts";
import { horizonOf, provingReach } from "../proof/prove-reach.ts";
import type { Roster } from "../roster/roster.ts";
import type { Queries } from "../store/store.ts";
import { type Instant, MINUTE_MS } from "../time/instant.ts";
import { minus } from "../time/interval.ts";
import type { Engine } from "./engine.ts";
import { driversOf } from "./ports.ts";
import { breathing } from "./prove/breathing.ts";

/** What of the engine it takes: duties have it too. */
export type RosterEngine = Pick<Engine, "ports" | "knowledge">;

/** A roster as it is, by its revision, and as a change would make it. */
export type Rosters = { readonly revision: number; readonly before: Roster; readonly after: Roster };

/** What check found in the roster as it is: asked for at each stroke of somebody who writes, and the same each time. */
type Known = { readonly revision: number; readonly at: Instant; readonly findings: readonly Finding[] };
const knownOf = new WeakMap<Policy, Known>();
const KNOWN_FOR_MS = MINUTE_MS;

/**
 * What `bongsu check` would find anew, and what it would no longer find. What is proved over twelve months is proved in
 * small pieces, so it belongs outside of any transaction: pages have their turn in between.
 */
export async function comparedFindings(
  engine: RosterEngine,
  policy: Policy,
  { revision, before, after }: Rosters,
): Promise<{ readonly found: readonly Finding[]; readonly mended: readonly Finding[] }> {
  const { at, findings } = await knownFindings(engine, policy, before, revision);
  // At the same instant: a finding that names it is then the same one.
  const wouldBe = await findingsAt(engine, policy, after, at);
  return {
    found: wouldBe.filter((one) => !findings.some((known) => contains(known, one))),
    // A hole that has become smaller is not mended.
    mended: findings.filter((one) => !wouldBe.some((left) => contains(left, one) || contains(one, left))),
  };
}

export async function policyInForce({ knowledge }: RosterEngine, queries: Queries): Promise<Policy | undefined> {
  const version = await queries.currentPolicy();
  return version === undefined ? undefined : knowledge.policy(queries, version.id);
}

async function knownFindings(engine: RosterEngine, policy: Policy, roster: Roster, revision: number): Promise<Known> {
  const last = knownOf.get(policy);
  const now = engine.ports.clock.now();
  if (last?.revision === revision && now - last.at < KNOWN_FOR_MS) return last;
  const fresh = { revision, at: now, findings: await findingsAt(engine, policy, roster, now) };
  knownOf.set(policy, fresh);
  return fresh;
}

async function findingsAt(
  { ports }: RosterEngine,
  policy: Policy,
  roster: Roster,
  at: Instant,
): Promise<readonly Finding[]> {
  const { zone } = ports.settings;
  const drivers = driversOf(ports.channels);
  const facts = { policy, roster, drivers, from: at, until: horizonOf(at, zone), withDeaths: false };
  const { value: proof } = await breathing(ports.clock, provingReach(facts));
  return findingsOf(policy, roster, { drivers, at, zone, proof });
}

/** Whether all that a finding says was found before. What holds only for a time is known where all of that time was. */
function contains(known: Finding, finding: Finding): boolean {
  if (known.code !== finding.code || known.clause !== finding.clause) return false;
  if (known.during === undefined || finding.during === undefined) return known.message.en === finding.message.en;
  const { during } = known;
  return finding.during.every((interval) => minus(interval, during).length === 0);
}

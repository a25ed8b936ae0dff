import type { PlanFacts } from "../escalation/plan.ts";
import { assert, Fault } from "../fault/fault.ts";
import type { Incident } from "../incident/incident.ts";
import type { Policy, PolicyId } from "../policy/policy.ts";
import type { Roster } from "../roster/roster.ts";
import { rosterOf } from "../roster/roster-of.ts";
import type { Queries } from "../store/store.ts";
import type { Instant } from "../time/instant.ts";
import { CANARY_POLICY, CANARY_ROSTER } from "./canary/canary-policy.ts";
import { driversOf, type Ports } from "./ports.ts";

/**
 * The policies and the roster as values, read anew only when their row changed. A version of a policy never changes,
 * so it is parsed once.
 */
export type Knowledge = {
  currentPolicy(queries: Queries): Promise<Policy>;
  policy(queries: Queries, id: PolicyId): Promise<Policy>;
  roster(queries: Queries): Promise<Roster>;
  /** What the plan of this incident is made with: its pinned policy, the roster of now. */
  planFacts(queries: Queries, incident: Incident, at: Instant, until: Instant): Promise<PlanFacts>;
};

export function createKnowledge(ports: Ports): Knowledge {
  const policies = new Map<PolicyId, Policy>([[CANARY_POLICY.id, CANARY_POLICY]]);
  let roster: { readonly revision: number; readonly value: Roster } | undefined;
  const drivers = driversOf(ports.channels);

  const knowledge: Knowledge = {
    async currentPolicy(queries) {
      const version = await queries.currentPolicy();
      if (version === undefined) throw new Fault("policy-refused", { because: "no policy is in force" });
      return knowledge.policy(queries, version.id);
    },
    async policy(queries, id) {
      const known = policies.get(id);
      if (known !== undefined) return known;
      const version = await queries.policy(id);
      assert(version !== undefined, `the policy an incident is pinned to is kept (${id})`);
      const policy = ports.readPolicy(version);
      policies.set(id, policy);
      return policy;
    },
    async roster(queries) {
      const revision = await queries.rosterRevision();
      if (roster?.revision !== revision) roster = { revision, value: rosterOf(await queries.rosterItems()) };
      return roster.value;
    },
    async planFacts(queries, incident, at, until) {
      const policy = await knowledge.policy(queries, incident.policy);
      const people = policy === CANARY_POLICY ? CANARY_ROSTER : await knowledge.roster(queries);
      return { policy, roster: people, drivers, at, until };
    },
  };
  return knowledge;
}

import type { Incident } from "../../incident/incident.ts";
import type { Queries } from "../../store/store.ts";
import type { Instant } from "../../time/instant.ts";
import { dependenciesOf } from "../../triage/dependencies.ts";
import { rankOf } from "../../triage/grade-of.ts";
import type { Knowledge } from "../knowledge.ts";
import { isPaged, rankOfAlert } from "../triage/find-causes.ts";
import type { Violation } from "./invariants.ts";

/**
 * I16: what a dependency mutes has its cause: an open incident that people are paged for, at least as severe as the
 * alert itself would be. Of alerts that fire; one whose source fell silent is given a while after the cause's end. The
 * same holds for incidents whose pages another one holds.
 */
export async function wronglyMuted(queries: Queries, knowledge: Knowledge, at: Instant): Promise<readonly Violation[]> {
  const alerts = (await queries.suppressedAlerts("", LOOKED_AT_MAX)).filter(
    ({ suppressed, status }) => suppressed?.because === "dependency" && status === "firing",
  );
  const held = (await queries.incidents({ states: ["triggered"], limit: HELD_LOOKED_AT_MAX })).filter(
    ({ pagingHeld }) => pagingHeld !== undefined,
  );
  if (alerts.length + held.length === 0) return [];
  const policy = await knowledge.currentPolicy(queries);
  const roster = await knowledge.roster(queries);
  const services = [...roster.services, ...policy.services];
  const facts = { policy, services, dependencies: dependenciesOf(services), at };
  const incidents = new Map<string, Incident | undefined>();
  const found: Violation[] = [];
  const causeOf = async (by: string): Promise<Incident | undefined> => {
    if (!incidents.has(by)) incidents.set(by, await queries.incident(by as Incident["id"]));
    return incidents.get(by);
  };
  const isOne = (cause: Incident | undefined, own: number | undefined): boolean => {
    const rank = cause === undefined ? undefined : rankOf(policy, cause.grade);
    return cause !== undefined && isPaged(cause) && rank !== undefined && own !== undefined && rank <= own;
  };
  for (const { number, grade, pagingHeld } of held) {
    const cause = await causeOf(pagingHeld?.by ?? "");
    if (isOne(cause, rankOf(policy, grade))) continue;
    const detail = `its pages are held by INC-${pagingHeld?.number} without cause`;
    found.push({ invariant: "I16", subject: `INC-${number}`, detail });
  }
  for (const alert of alerts) {
    const cause = await causeOf(alert.suppressed?.by ?? "");
    if (isOne(cause, rankOfAlert(alert, facts))) continue;
    const subject = cause === undefined ? alert.id : `INC-${cause.number}`;
    found.push({ invariant: "I16", subject, detail: `${alert.id} is muted by it without cause` });
  }
  return found;
}

const LOOKED_AT_MAX = 1_000;
const HELD_LOOKED_AT_MAX = 500;

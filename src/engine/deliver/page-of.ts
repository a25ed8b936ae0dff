import { gradeNamed } from "../../escalation/levels.ts";
import { timingOf } from "../../escalation/plan.ts";
import type { Incident } from "../../incident/incident.ts";
import type { Page } from "../../notify/channel.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Person, Roster } from "../../roster/roster.ts";
import type { Delivery } from "../../store/store.ts";
import type { Instant } from "../../time/instant.ts";
import type { Alert } from "../../triage/alert.ts";

export type PageFacts = {
  readonly policy: Policy;
  readonly roster: Roster;
  readonly alerts: readonly Alert[];
  readonly bundled: Page["bundled"];
  readonly alsoReached: readonly string[];
  readonly acknowledgeUrl: string | undefined;
  readonly publicUrl: string;
  readonly zone: string;
  readonly at: Instant;
};

/** What a delivery says: everything the channel renders. Pure. */
export function pageOf(delivery: Delivery, incident: Incident, facts: PageFacts): Page {
  const { policy, roster } = facts;
  const person: Person | undefined = delivery.person === "" ? undefined : roster.people.get(delivery.person);
  const grade = gradeNamed(policy, incident.grade);
  const clause = policy.clauses.get(delivery.clause);
  const deadline = incident.cycleAt + timingOf(policy, incident.grade).respondWithin;
  const open = incident.state === "triggered" || incident.state === "acknowledged";
  const first = facts.alerts[0];
  return {
    incident: {
      number: incident.number,
      title: incident.title,
      service: incident.service,
      grade: incident.grade,
      gradeRank: grade.rank,
      state: incident.state,
      openedAt: incident.openedAt,
    },
    delivery: delivery.id,
    occasion: delivery.kind === "bundle" ? "bundle" : delivery.kind,
    because: {
      clause: clause === undefined ? delivery.clause : [...clause.path].join(" › "),
      text: clause?.text ?? "",
      line: clause?.line ?? 0,
    },
    ...(open && incident.state === "triggered" ? { respondBy: deadline } : {}),
    alsoReached: facts.alsoReached,
    description: delivery.text?.description ?? first?.description ?? first?.annotations.description ?? "",
    links: facts.alerts.flatMap((alert) => alert.links).slice(0, LINKS_MAX),
    ...(open && facts.acknowledgeUrl !== undefined ? { acknowledgeUrl: facts.acknowledgeUrl } : {}),
    bundled: facts.bundled,
    urgency: delivery.reach.urgency,
    drill: incident.drill,
    mayBeDuplicate: delivery.unknowns > 0,
    locale: person?.locale ?? policy.locale,
    zone: facts.zone,
    at: facts.at,
  };
}

/** A page about Bongsu itself, a test page or the code of a contact: it has no incident. */
export function pageWithoutIncident(
  delivery: Delivery,
  facts: Omit<PageFacts, "policy"> & { readonly locale: Page["locale"]; readonly code?: string | undefined },
): Page {
  const person = delivery.person === "" ? undefined : facts.roster.people.get(delivery.person);
  return {
    incident: {
      number: 0,
      title: [delivery.text?.title ?? "", ...(facts.code === undefined ? [] : [facts.code])].join(" "),
      service: "Bongsu",
      grade: "Bongsu",
      // Nothing is wrong: the quietest shape there is.
      gradeRank: delivery.kind === "schedule" ? QUIET_RANK : 0,
      state: "triggered",
      openedAt: delivery.createdAt,
    },
    delivery: delivery.id,
    occasion: OCCASIONS.find((kind) => kind === delivery.kind) ?? "watch",
    because: { clause: delivery.clause, text: "", line: 0 },
    alsoReached: [],
    description: delivery.text?.description ?? "",
    links: [],
    ...(facts.acknowledgeUrl === undefined ? {} : { acknowledgeUrl: facts.acknowledgeUrl }),
    bundled: [],
    urgency: delivery.reach.urgency,
    drill: false,
    mayBeDuplicate: delivery.unknowns > 0,
    locale: person?.locale ?? facts.locale,
    zone: facts.zone,
    at: facts.at,
  };
}

const LINKS_MAX = 5;
const OCCASIONS = ["test", "verify", "schedule"] as const;
const QUIET_RANK = 9;

import { proofSaid as said } from "../locale/proof.ts";
import type { Monitor } from "../monitor/monitor.ts";
import { monitorsOf } from "../monitor/monitors-of.ts";
import { ruleWarnings } from "../monitor/rule-warnings.ts";
import { monitorTitle } from "../monitor/title-of.ts";
import type { Policy } from "../policy/policy.ts";
import type { Roster } from "../roster/roster.ts";
import { unknownDependencies } from "../triage/unknown-dependencies.ts";
import { finding } from "./document-findings.ts";
import type { Finding } from "./finding.ts";

/** Rules that cannot do what they are there for. Those of people are known where there is a roster. */
export function monitorFindings(policy: Policy, people: readonly Monitor[]): readonly Finding[] {
  const [grade] = policy.grades;
  if (grade === undefined) return [];
  return monitorsOf(policy, people)
    .filter(({ enabled, from }) => enabled && from !== "default")
    .flatMap((monitor) =>
      ruleWarnings(monitor, policy).map(({ code, text, clause }) => {
        const about = clause ?? policy.monitoring[0]?.clause ?? grade.clause;
        const level = code === "unknown-grade" ? "error" : "warning";
        return finding(
          level,
          `monitor-${code}`,
          about,
          said.brokenRule({ id: monitor.id, title: monitorTitle(monitor), text }),
        );
      }),
    );
}

/** Dependencies on what nothing is called: what breaks because of it pages on its own. */
export function dependencyFindings(policy: Policy, roster: Roster): readonly Finding[] {
  const [grade] = policy.grades;
  if (grade === undefined) return [];
  const hosts = roster.targets.flatMap(({ id, agent, labels, settings }) => [
    id,
    ...(agent === undefined ? [] : [agent]),
    ...Object.values(labels),
    ...(typeof settings["host"] === "string" ? [settings["host"]] : []),
  ]);
  const matched = [...roster.services, ...policy.services].flatMap(({ match }) => Object.values(match));
  const clauses = new Map(policy.services.map(({ name, clause }) => [name, clause]));
  const services = [...policy.services, ...roster.services];
  return unknownDependencies(services, [...hosts, ...matched]).map((one) =>
    finding(
      one.meant === undefined ? "info" : "warning",
      "dependency-unknown",
      clauses.get(one.service) ?? grade.clause,
      said.unknownDependency(one),
    ),
  );
}

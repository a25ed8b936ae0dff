import type { Said } from "../locale/said.ts";
import type { ClauseId, Policy } from "../policy/policy.ts";
import { coverageOf } from "./coverage.ts";
import { DEFAULT_RULES } from "./default-rules.ts";
import type { Monitor } from "./monitor.ts";
import { monitorsOf } from "./monitors-of.ts";
import { monitorSaid, ruleText } from "./words.ts";

/** A rule that holds for an item of the document, and whose numbers these are. */
export type WatchRule = {
  readonly clause: ClauseId;
  readonly monitor: Monitor;
  readonly text: Said;
};

/** For each monitored item of the document the rules that come with Bongsu or that the document sets, in words. */
export function watchRulesOf(policy: Policy): readonly WatchRule[] {
  const unseen = { series: 0, lastAt: undefined };
  return coverageOf(policy, monitorsOf(policy, []), () => unseen).flatMap(({ item, monitors }) =>
    monitors.map((monitor) => {
      const demanded =
        monitor.thresholds.find(({ clause }) => clause !== undefined)?.clause ?? monitor.baseline?.clause;
      const rule = ruleText(monitor);
      const source = DEFAULT_RULES.find(({ id }) => id === monitor.id)?.source ?? { ko: "Bongsu", en: "Bongsu" };
      const line = demanded === undefined ? undefined : policy.clauses.get(demanded)?.line;
      const text =
        line === undefined
          ? monitorSaid.defaultRule({ item: item.name, rule, source })
          : monitorSaid.demandedRule({ item: item.name, rule, line });
      return { clause: item.clause, monitor, text };
    }),
  );
}

import type { Said } from "../locale/said.ts";
import { titleOf } from "../metric/metric.ts";
import { DEFAULT_RULES } from "./default-rules.ts";
import type { Monitor } from "./monitor.ts";

/**
 * What a monitor is called, for whoever reads it: a title that Bongsu gave is known in both languages, one that a person
 * gave is what it is. Alerts carry the title as it is kept, in the policy's language.
 */
export function monitorTitle({ id, title, query }: Pick<Monitor, "id" | "title" | "query">): Said {
  const isOurs = (said: Said): boolean => said.ko === title || said.en === title;
  // What the document measures in its own way has the rule's id and more.
  const rule = DEFAULT_RULES.find((one) => (id === one.id || id.startsWith(`${one.id}-`)) && isOurs(one.title));
  const metric = titleOf(query.metric);
  return rule?.title ?? (isOurs(metric) ? metric : { ko: title, en: title });
}

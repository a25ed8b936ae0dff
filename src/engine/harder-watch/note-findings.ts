import { watchedHarder } from "../../monitor/alert-key.ts";
import type { Queries } from "../../store/store.ts";
import type { Instant } from "../../time/instant.ts";
import type { Alert } from "../../triage/alert.ts";
import { change } from "../change.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Ports } from "../ports.ts";

/** Writes what watching harder found onto the incidents after which it is watched: resolved or closed, they stay so. */
export async function noteFindings(
  alerts: readonly Alert[],
  queries: Queries,
  facts: { readonly ports: Ports; readonly knowledge: Knowledge; readonly at: Instant },
): Promise<void> {
  const found = alerts.filter(({ source, key }) => source === "monitor" && watchedHarder(key) !== undefined);
  if (found.length === 0) return;
  for (const { incident: id, keys, until } of await queries.harderWatches()) {
    const of = found.filter(({ key }) => keys.includes(watchedHarder(key) ?? ""));
    if (of.length === 0 || until <= facts.at) continue;
    const incident = await queries.incident(id);
    if (incident === undefined) continue;
    const commands = of.map(({ id: alert, title, annotations }) => {
      const { value = "", line = "" } = annotations;
      return { do: "note-found", alert: { alert, title: title.slice(0, TITLE_LENGTH_MAX) }, value, line } as const;
    });
    await change(queries, { id, state: incident }, commands, { ...facts, by: { kind: "bongsu" } });
  }
}

const TITLE_LENGTH_MAX = 250;

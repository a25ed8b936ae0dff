import { type Instant, MINUTE_MS } from "../../time/instant.ts";
import { change, untilNotOvertaken } from "../change.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Duty, Ports } from "../ports.ts";

/** Which alerts of monitors are watched harder now: what the evaluation asks at every look, without asking the store. */
export type HarderWatches = { watches(alertKey: string, at: Instant): boolean };

/**
 * 모니터링 강화: after an incident is resolved, what monitors had told of it is on tighter lines for a while.
 * quiet → (its incident is resolved: a row, in that transaction) → watched → (the time is over: `watch-ended` on the
 * timeline, the row goes) → quiet. A reopened incident takes its row away; the next resolution begins anew.
 */
export function harderWatch(
  ports: Ports,
  knowledge: Knowledge,
  valueAt: (alertKey: string) => Instant | undefined,
): { readonly duty: Duty; readonly watches: HarderWatches } {
  let until = new Map<string, Instant>();
  const duty: Duty = {
    name: "harder-watch",
    promise: {
      ko: "해결된 장애의 메트릭을 정책이 정한 동안 더 엄격한 임계치로 봅니다.",
      en: "Watches the metrics of resolved incidents by tighter lines for as long as the policy says.",
    },
    everyMs: ports.settings.watchMs,
    async run(at) {
      const all = await ports.store.harderWatches();
      const over = all.filter((watch) => watch.until <= at);
      for (const { incident: id, keys } of over) {
        const unseen = keys.filter((key) => (valueAt(key) ?? Number.NEGATIVE_INFINITY) < at - SILENT_MS).length;
        await untilNotOvertaken(ports, async (queries) => {
          await queries.removeHarderWatch(id);
          const incident = await queries.incident(id);
          if (incident === undefined) return;
          const facts = { ports, knowledge, at, by: { kind: "bongsu" } } as const;
          await change(queries, { id, state: incident }, [{ do: "end-watch", unseen }], facts);
        });
      }
      const going = all.filter((watch) => watch.until > at);
      const next = new Map<string, Instant>();
      for (const watch of going) for (const key of watch.keys) next.set(key, Math.max(next.get(key) ?? 0, watch.until));
      until = next;
      return { status: { watches: going.length, series: next.size, ended: over.length }, next: going[0]?.until };
    },
  };
  return { duty, watches: { watches: (key, at) => (until.get(key) ?? 0) > at } };
}

/** Of what brought nothing for so long it cannot be said that nothing was found: longer than any collector's interval. */
const SILENT_MS = 15 * MINUTE_MS;

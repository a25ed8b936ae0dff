import { type Instant, MINUTE_MS } from "../../time/instant.ts";
import type { MetricMemory } from "../metrics/metric-memory.ts";
import type { Duty, MetricPorts } from "../ports.ts";
import { foldWaiting } from "./fold.ts";
import { adoptLeftLying, followOthers } from "./follow.ts";
import { packNext } from "./pack.ts";
import { pruneMetrics } from "./prune.ts";

/** Samples wait so long for their minute, at most. */
const FOLD_EVERY_MS = MINUTE_MS;
/** From so many batches on they do not wait. */
const FOLD_FROM = 2_000;

/**
 * What becomes of accepted samples, in small steps: (1) what other nodes accepted is taken in; once a minute (2) what
 * waits is folded into minutes, (3) hours that are over are packed, a part at a time, and (4) what is older than it is
 * kept goes, a part at a time. Each step is a transaction of its own, and asks the store what there is to do.
 */
export function aggregateDuty(ports: MetricPorts, memory: MetricMemory): Duty {
  let foldedAt = Number.NEGATIVE_INFINITY;
  let isTidy = true;

  const fold = async (at: Instant): Promise<number> => {
    const isDue = at - foldedAt >= FOLD_EVERY_MS;
    if (!isDue && memory.waiting.size < FOLD_FROM) return 0;
    // An id is forgotten only once nobody can come upon its batch again.
    if (isDue && (await adoptLeftLying(ports, memory, at))) memory.forget(at);
    const { points } = await foldWaiting(ports, memory);
    if (isDue) {
      foldedAt = at;
      isTidy = false;
    }
    return points;
  };
  const tidy = async (at: Instant): Promise<{ readonly packed: number; readonly pruned: number }> => {
    if (isTidy) return { packed: 0, pruned: 0 };
    const packed = await packNext(ports, at);
    const pruned = packed === undefined ? await pruneMetrics(ports, at) : 0;
    isTidy = packed === undefined && pruned === 0;
    return { packed: packed ?? 0, pruned };
  };

  return {
    name: "aggregate",
    promise: {
      ko: "받은 측정값을 1분·1시간 값으로 모아 저장하고, 보관 기간이 지난 것을 지웁니다.",
      en: "Gathers samples into minutes and hours, and removes those whose time has passed.",
    },
    everyMs: ports.settings.pollMs,
    async run(at) {
      const followed = await followOthers(ports, memory, at);
      const points = await fold(at);
      // One of the steps at a time: between them others have their turn.
      const { packed, pruned } = points > 0 ? { packed: 0, pruned: 0 } : await tidy(at);
      const goesOn = !isTidy || memory.waiting.size >= FOLD_FROM;
      return {
        status: {
          series: memory.recent.size,
          waiting: memory.waiting.size,
          followed,
          points,
          packed,
          pruned,
        },
        ...(goesOn ? { next: at } : {}),
      };
    },
  };
}

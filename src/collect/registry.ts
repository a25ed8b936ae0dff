import type { CollectorKind } from "../monitor/target.ts";
import type { Collector } from "./collector.ts";
import { hostCollector } from "./host/host.ts";

/** Every collector there is: one line each. */
export const collectors: ReadonlyMap<CollectorKind, Collector> = new Map(
  [hostCollector].map((collector): [CollectorKind, Collector] => [collector.kind, collector]),
);

import type { CollectorKind } from "../monitor/target.ts";
import { checkCollector } from "./check/check.ts";
import type { Collector } from "./collector.ts";
import { gpuCollector } from "./gpu/gpu.ts";
import { hostCollector } from "./host/host.ts";
import { httpCollector } from "./http/http.ts";
import { mariadbCollector } from "./mariadb/mariadb.ts";
import { networkCollector } from "./network/network.ts";
import { processCollector } from "./process/process.ts";
import { promqlCollector } from "./promql/promql.ts";
import { scrapeCollector } from "./scrape/scrape.ts";

const ALL: readonly Collector[] = [
  hostCollector,
  processCollector,
  networkCollector,
  gpuCollector,
  checkCollector,
  httpCollector,
  mariadbCollector,
  scrapeCollector,
  promqlCollector,
];

/** Every collector there is: one line each. */
export const collectors: ReadonlyMap<CollectorKind, Collector> = new Map(ALL.map((one) => [one.kind, one]));

import { gzipSync } from "node:zlib";
import type { SampleBatch } from "../engine/metrics/metrics.ts";
import { AGENT_ATTRIBUTE, type AgentWord } from "../ingest/otlp/agent-word.ts";
import { BATCH_ATTRIBUTE, BOOT_ATTRIBUTE } from "../ingest/otlp/to-samples.ts";
import type { Sample } from "../metric/sample.ts";
import type { Boot } from "./run-agent.ts";

/**
 * A batch as a resource of an OTLP request in JSON, compressed by itself: as it lies in the spool, and as it is sent.
 * Compressed pieces one after the other are one compressed text (RFC 1952, 2.2), so that what is sent again costs
 * nothing again.
 */
export function batchPiece(host: string, { id, samples }: SampleBatch, boot: Boot): Uint8Array {
  const byMetric = Map.groupBy(samples, ({ metric }) => metric);
  const resource = {
    resource: {
      attributes: [
        textAttribute("host.name", host),
        textAttribute(BATCH_ATTRIBUTE, id),
        textAttribute(BOOT_ATTRIBUTE, `${boot.id}/${Math.round(boot.at())}`),
      ],
    },
    scopeMetrics: [
      { metrics: [...byMetric].map(([name, of]) => ({ name, gauge: { dataPoints: of.map(dataPoint) } })) },
    ],
  };
  return gzipSync(`,${JSON.stringify(resource)}`, { level: 6 });
}

/** The request: what the agent says of itself, then the pieces. */
export function requestBody(word: AgentWord, pieces: readonly Uint8Array[]): Uint8Array {
  const first = { resource: { attributes: [textAttribute(AGENT_ATTRIBUTE, JSON.stringify(word))] } };
  return Buffer.concat([gzipSync(`{"resourceMetrics":[${JSON.stringify(first)}`), ...pieces, gzipSync("]}")]);
}

function dataPoint({ labels, at, value }: Sample): object {
  return {
    // Nanoseconds, which no number holds exactly.
    timeUnixNano: `${at}000000`,
    asDouble: value,
    attributes: Object.entries(labels).map(([key, text]) => textAttribute(key, text)),
  };
}

function textAttribute(key: string, stringValue: string): object {
  return { key, value: { stringValue } };
}

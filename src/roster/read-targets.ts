import { asId } from "../id/id.ts";
import { rosterSaid as said } from "../locale/roster.ts";
import {
  COLLECTOR_KINDS,
  type CollectorKind,
  TARGET_EVERY_MS_DEFAULT,
  TARGET_EVERY_MS_MAX,
  TARGET_EVERY_MS_MIN,
  type Target,
} from "../monitor/target.ts";
import { readDuration } from "../policy/phrases.ts";
import type { Entry, Tree } from "../policy/tree.ts";
import { type Millis, SECOND_MS } from "../time/instant.ts";
import type { RosterReading } from "./roster-reading.ts";

/**
 * What is measured, as a roster file writes it: `이름: { 수집기: http, 설정: { url: … }, 주기: 30초 }`. The settings are
 * read by their shape alone: what they mean is the collector's business, which asks when they are put to use.
 */
export function readTargets(reading: RosterReading, entry: Entry | undefined): readonly Target[] {
  return reading.entries(entry?.value, "대상").flatMap((one): readonly Target[] => {
    const fields = reading.fields(one.value, one.key, ["collector", "settings", "every", "agent", "labels"]);
    if ((fields.get("collector")?.value.kind ?? "empty") === "empty") {
      const expected = said.expectsOneOf({ words: COLLECTOR_KINDS });
      reading.say("missing-field", one.at, one.key, said.missing({ what: one.key, field: "수집기" }), expected);
      return [];
    }
    const collector = reading.oneOf(fields.get("collector"), COLLECTOR_WORDS);
    const every = readEvery(reading, fields.get("every"));
    const settings = readSettings(reading, fields.get("settings"));
    const agent = reading.text(fields.get("agent"));
    const labels: Record<string, string> = {};
    for (const label of reading.entries(fields.get("labels")?.value, one.key))
      labels[label.key] = reading.text(label) ?? "";
    if (collector === undefined || every === undefined) return [];
    return [
      {
        id: asId<"target">(one.key),
        collector,
        settings,
        every,
        ...(agent === undefined || agent === "" ? {} : { agent }),
        labels,
      },
    ];
  });
}

/** A target as the file writes it. */
export function targetText({ collector, settings, every, agent, labels }: Target): object {
  return {
    수집기: collector,
    ...(Object.keys(settings).length === 0 ? {} : { 설정: settings }),
    ...(every === TARGET_EVERY_MS_DEFAULT ? {} : { 주기: `${every / SECOND_MS}초` }),
    ...(agent === undefined ? {} : { 에이전트: agent }),
    ...(Object.keys(labels).length === 0 ? {} : { 라벨: labels }),
  };
}

const COLLECTOR_WORDS: Readonly<Record<CollectorKind, readonly string[]>> = {
  host: ["host"],
  process: ["process"],
  network: ["network"],
  gpu: ["gpu"],
  check: ["check"],
  http: ["http"],
  mariadb: ["mariadb", "mysql"],
  scrape: ["scrape"],
  promql: ["promql"],
};

function readEvery(reading: RosterReading, entry: Entry | undefined): Millis | undefined {
  const text = reading.text(entry);
  if (entry === undefined || text === undefined) return TARGET_EVERY_MS_DEFAULT;
  const every = /^\d+$/u.test(text) ? Number(text) * SECOND_MS : readDuration(text);
  if (every !== undefined && every >= TARGET_EVERY_MS_MIN && every <= TARGET_EVERY_MS_MAX) return every;
  const [least, most] = [TARGET_EVERY_MS_MIN / SECOND_MS, TARGET_EVERY_MS_MAX / SECOND_MS];
  const expected = said.expects({
    ko: `${least}초부터 ${most}초까지, 예: '30초'`,
    en: `${least} to ${most} seconds, such as '30s'`,
  });
  reading.say("bad-interval", entry.value, text, said.badEvery({ text }), expected);
  return undefined;
}

function readSettings(reading: RosterReading, entry: Entry | undefined): Readonly<Record<string, unknown>> {
  if (entry === undefined || entry.value.kind === "empty") return {};
  if (entry.value.kind === "map") return plainValue(entry.value) as Readonly<Record<string, unknown>>;
  reading.shape(entry.value, entry.key, { ko: "'이름: 값' 형식", en: "a mapping, 'name: value'" });
  return {};
}

/** Numbers and truths only where the file writes them without quotes, and as JSON would. */
function plainValue(tree: Tree): unknown {
  switch (tree.kind) {
    case "empty":
      return null;
    case "text":
      if (/^(true|false)$/u.test(tree.raw)) return tree.raw === "true";
      return /^-?(0|[1-9]\d{0,14})(\.\d+)?(e[+-]?\d+)?$/iu.test(tree.raw) ? Number(tree.raw) : tree.text;
    case "list":
      return tree.items.map(plainValue);
    case "map":
      return Object.fromEntries(tree.entries.map((entry) => [entry.key, plainValue(entry.value)]));
  }
}

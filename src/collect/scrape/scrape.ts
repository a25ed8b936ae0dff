import { hostname } from "node:os";
import type { CollectReason } from "../../monitor/collect-reason.ts";
import { METRIC_NAME } from "../../monitor/names.ts";
import type { Millis } from "../../time/instant.ts";
import type { Collected, CollectFacts, Collecting, Collector, Measured } from "../collector.ts";
import { ACCESS_SETTINGS, getOver, type HttpAccess, readHttpAccess, requestReason } from "../http-access.ts";
import { type NamePatterns, namePatterns } from "../name-patterns.ts";
import { readSettings } from "../settings.ts";
import type { Exporter } from "./exporter.ts";
import { APPLICATION_SETTINGS, applicationExporter, readApplicationNames } from "./exporters/application.ts";
import { blackboxExporter } from "./exporters/blackbox.ts";
import { dcgmExporter } from "./exporters/dcgm.ts";
import { mysqldExporter } from "./exporters/mysqld.ts";
import { nodeExporter } from "./exporters/node.ts";
import { type Exposition, formatOf, parseExposition, type RawSample } from "./parse-exposition.ts";
import { type Earlier, Reading } from "./reading.ts";

const EXPORTER_NAMES = ["auto", "node", "mysqld", "blackbox", "dcgm", "application", "none"] as const;

const ACCEPT = "text/plain;version=0.0.4, application/openmetrics-text;version=1.0.0;q=0.5, */*;q=0.1";
const BYTES_MAX = 16 * 1024 * 1024;
const BYTES_RANGE = { min: 1_024, max: 256 * 1024 * 1024 };
const SERIES_MAX = 2_000;
const SERIES_RANGE = { min: 1, max: 100_000 };

/**
 * Reads what an exporter or an application tells in Prometheus' format. Known exporters are told by our names; `keep`
 * keeps series as they are besides.
 */
export const scrapeCollector: Collector = {
  kind: "scrape",
  local: false,
  open(raw) {
    const settings = readSettings(raw, [
      ...ACCESS_SETTINGS,
      "exporter",
      "application",
      "keep",
      "drop",
      "host",
      "max_bytes",
      "max_series",
    ]);
    const application = applicationExporter(
      readApplicationNames(settings.members("application", APPLICATION_SETTINGS)),
    );
    const all = [nodeExporter, mysqldExporter, blackboxExporter, dcgmExporter, application];
    const chosen = settings.wordOr("exporter", EXPORTER_NAMES, "auto");
    return new Scraping({
      access: readHttpAccess(settings),
      exporters: chosen === "auto" ? all : all.filter(({ name }) => name === chosen),
      isAuto: chosen === "auto",
      keep: namePatterns(settings.texts("keep")),
      drop: namePatterns(settings.texts("drop")),
      host: settings.textOr("host", undefined),
      bytesMax: settings.number("max_bytes", BYTES_MAX, BYTES_RANGE),
      seriesMax: settings.number("max_series", SERIES_MAX, SERIES_RANGE),
    });
  },
};

type Exposed = Extract<Exposition, { readonly samples: unknown }>;

type ScrapeSettings = {
  readonly access: HttpAccess;
  readonly exporters: readonly Exporter[];
  readonly isAuto: boolean;
  readonly keep: NamePatterns;
  readonly drop: NamePatterns;
  readonly host: string | undefined;
  readonly bytesMax: number;
  readonly seriesMax: number;
};

class Scraping implements Collecting {
  readonly #settings: ScrapeSettings;
  readonly #known = new Set<string>();
  #before: { readonly earlier: Earlier; readonly at: Millis } | undefined;

  constructor(settings: ScrapeSettings) {
    this.#settings = settings;
  }

  async collect(facts: CollectFacts): Promise<Collected> {
    const { access, bytesMax } = this.#settings;
    try {
      const answer = await getOver(access, access.url, {
        headers: { accept: ACCEPT, "user-agent": "Bongsu" },
        bytesMax,
        signal: facts.signal,
      });
      if (answer.status === 401 || answer.status === 403) {
        return { samples: [], failed: [{ code: "access-refused", status: answer.status }] };
      }
      if (answer.status !== 200) {
        return { samples: [], failed: [{ code: "status-unlike-expected", got: answer.status, expected: 200 }] };
      }
      if (answer.isCut) return { samples: [], failed: [{ code: "answer-too-large", bytes: bytesMax }] };
      const exposition = parseExposition(answer.body, formatOf(answer.headers["content-type"] ?? ""));
      if ("problem" in exposition) {
        return {
          samples: [],
          failed: [{ code: "not-prometheus", line: exposition.line, detail: exposition.problem }],
        };
      }
      return this.#take(exposition, facts);
    } catch (error) {
      return { samples: [], failed: [requestReason(error)] };
    }
  }

  async close(): Promise<void> {}

  #take({ samples: raw, histograms }: Exposed, { target, at }: CollectFacts): Collected {
    const { exporters, isAuto, keep, drop, seriesMax } = this.#settings;
    const now = performance.now();
    const before = this.#before;
    const reading = new Reading(
      raw,
      before === undefined ? undefined : { earlier: before.earlier, seconds: (now - before.at) / 1_000 },
    );
    const facts = { reading, host: this.#host(), target, at, known: this.#known };
    const fitting = exporters.filter((exporter) => !isAuto || exporter.recognizes(reading));
    const translated = fitting.flatMap((exporter) => exporter.translate(facts));
    this.#before = { earlier: reading.asEarlier(), at: now };
    const names = keep.isEmpty ? [] : [...reading.names()].filter((name) => keep.fits(name));
    const kept = names.flatMap((name) => reading.all(name)).flatMap((one) => keptOf(one, target));
    const samples = [...translated, ...kept].filter(({ metric }) => !drop.fits(metric));
    if (samples.length > seriesMax) {
      return {
        samples: [],
        failed: [{ code: "too-many-series", got: samples.length, most: seriesMax }],
      };
    }
    const notes: readonly CollectReason[] = [
      ...(isAuto && fitting.length === 0 && keep.isEmpty
        ? [{ code: "exporter-unknown", series: raw.length } as const]
        : []),
      ...(histograms > 0 ? [{ code: "histograms-left-out", count: histograms } as const] : []),
      ...(reading.repeated > 0 ? [{ code: "series-told-twice", count: reading.repeated } as const] : []),
    ];
    return { samples, ...(notes.length === 0 ? {} : { notes }) };
  }

  /** Where the exporter does not tell its machine: as the settings say, else as it is asked for. */
  #host(): string {
    const { host, access } = this.#settings;
    if (host !== undefined) return host;
    const name = new URL(access.url).hostname.replace(/^\[|\]$/gu, "");
    return name === "localhost" || /^127\.|^::1$/u.test(name) ? hostname() : name;
  }
}

/**
 * As it is, by a name as Prometheus had them before version 3, with the target's label; a label of that name which it brings
 * is `exported_target`, as Prometheus has it.
 */
function keptOf({ name, labels, value, at }: RawSample, target: string): readonly Measured[] {
  const metric = name.replace(/[^a-zA-Z0-9_:]/gu, "_");
  if (!Number.isFinite(value) || !METRIC_NAME.test(metric)) return [];
  const { target: exported, ...others } = labels;
  const named = { ...others, ...(exported === undefined ? {} : { exported_target: exported }), target };
  return [{ metric, labels: named, value, ...(at === undefined ? {} : { at }) }];
}

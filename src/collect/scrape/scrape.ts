import { hostname } from "node:os";
import { METRIC_NAME } from "../../monitor/names.ts";
import type { Millis } from "../../time/instant.ts";
import type { Collected, CollectFacts, Collecting, Collector, Measured } from "../collector.ts";
import { other } from "../error-reason.ts";
import { ACCESS_SETTINGS, getOver, type HttpAccess, readHttpAccess } from "../http-access.ts";
import { type NamePatterns, namePatterns } from "../name-patterns.ts";
import { readSettings } from "../settings.ts";
import type { Exporter } from "./exporter.ts";
import { APPLICATION_SETTINGS, applicationExporter, readApplicationNames } from "./exporters/application.ts";
import { blackboxExporter } from "./exporters/blackbox.ts";
import { dcgmExporter } from "./exporters/dcgm.ts";
import { mysqldExporter } from "./exporters/mysqld.ts";
import { nodeExporter } from "./exporters/node.ts";
import { formatOf, parseExposition, type RawSample } from "./parse-exposition.ts";
import { Reading } from "./reading.ts";

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
  #before: { readonly reading: Reading; readonly at: Millis } | undefined;

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
      if (answer.status !== 200) return { samples: [], failed: [other(`status ${answer.status} instead of 200`)] };
      if (answer.isCut) return { samples: [], failed: [other(`more than max_bytes (${bytesMax} bytes)`)] };
      const exposition = parseExposition(answer.body, formatOf(answer.headers["content-type"] ?? ""));
      if ("problem" in exposition) {
        return { samples: [], failed: [other(`what came is not in Prometheus' format: ${exposition.problem}`)] };
      }
      return this.#take(exposition.samples, facts);
    } catch (error) {
      // A secret that cannot be read any more, or where the request ended.
      return { samples: [], failed: [other((error as Error).message)] };
    }
  }

  async close(): Promise<void> {}

  #take(raw: readonly RawSample[], { target, at }: CollectFacts): Collected {
    const { exporters, isAuto, keep, drop, seriesMax } = this.#settings;
    const now = performance.now();
    const before = this.#before;
    const reading = new Reading(
      raw,
      before === undefined ? undefined : { reading: before.reading, seconds: (now - before.at) / 1_000 },
    );
    this.#before = { reading, at: now };
    const facts = { reading, host: this.#host(), target, at, known: this.#known };
    const fitting = exporters.filter((exporter) => !isAuto || exporter.recognizes(reading));
    const translated = fitting.flatMap((exporter) => exporter.translate(facts));
    reading.forget();
    const kept = keep.isEmpty ? [] : raw.filter(({ name }) => keep.fits(name)).flatMap((one) => keptOf(one, target));
    const samples = [...translated, ...kept].filter(({ metric }) => !drop.fits(metric));
    if (samples.length > seriesMax) {
      return {
        samples: [],
        failed: [other(`${samples.length} series, more than max_series (${seriesMax}); narrow 'keep', or raise it`)],
      };
    }
    return { samples, ...notes(fitting, { isAuto, keep, count: raw.length }) };
  }

  /** Where the exporter does not tell its machine: as the settings say, else as it is asked for. */
  #host(): string {
    const { host, access } = this.#settings;
    if (host !== undefined) return host;
    const name = new URL(access.url).hostname.replace(/^\[|\]$/gu, "");
    return name === "localhost" || /^127\.|^::1$/u.test(name) ? hostname() : name;
  }
}

/** As it is, with the target's label; a label of that name which it brings is `exported_target`, as Prometheus has it. */
function keptOf({ name, labels, value, at }: RawSample, target: string): readonly Measured[] {
  if (!Number.isFinite(value) || !METRIC_NAME.test(name)) return [];
  const { target: exported, ...others } = labels;
  const named = { ...others, ...(exported === undefined ? {} : { exported_target: exported }), target };
  return [{ metric: name, labels: named, value, ...(at === undefined ? {} : { at }) }];
}

function notes(
  fitting: readonly Exporter[],
  { isAuto, keep, count }: { readonly isAuto: boolean; readonly keep: NamePatterns; readonly count: number },
): Pick<Collected, "notes"> {
  if (!isAuto || fitting.length > 0 || !keep.isEmpty) return {};
  return {
    notes: [other(`${count} series, none of an exporter that is known; 'keep' or 'application' say what to take`)],
  };
}

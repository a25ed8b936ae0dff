import type { CollectReason } from "../../monitor/collect-reason.ts";
import { METRIC_NAME } from "../../monitor/names.ts";
import {
  type Collected,
  type CollectFacts,
  type Collecting,
  type Collector,
  collected,
  type Measured,
} from "../collector.ts";
import { ACCESS_SETTINGS, getOver, type HttpAccess, readHttpAccess, requestReason } from "../http-access.ts";
import { readSettings, type SettingsReader } from "../settings.ts";
import { namedLabels, PRESETS, presetQueries, type Query } from "./presets.ts";
import { type Answer, readAnswer } from "./read-answer.ts";

const BYTES_MAX = 32 * 1024 * 1024;
const SERIES_MAX = 5_000;
const SERIES_RANGE = { min: 1, max: 100_000 };
const QUERIES_MAX = 200;
/** At once; a query server has others to serve. */
const CONCURRENCY = 4;
/** Beyond a server's habit of answering as of half a minute ago. */
const CLOCKS_APART_S = 60;
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/u;

/**
 * Asks a server that speaks Prometheus' API, and takes what the queries give now: a whole fleet by one target. The time
 * of a sample is the answer's.
 */
export const promqlCollector: Collector = {
  kind: "promql",
  local: false,
  open(raw) {
    const settings = readSettings(raw, [...ACCESS_SETTINGS, "queries", "preset", "tenant", "max_series"]);
    const queries = [
      ...settings.texts("preset").flatMap((name) => {
        const preset = PRESETS.find((one) => one === name);
        if (preset === undefined) throw settings.refuse("preset", `one of ${PRESETS.join(", ")}`);
        return presetQueries(preset);
      }),
      ...readQueries(settings),
    ];
    if (queries.length === 0) throw settings.refuse("queries", "at least one query, or a preset");
    if (queries.length > QUERIES_MAX) throw settings.refuse("queries", `at most ${QUERIES_MAX} queries`);
    return new Asking({
      access: readHttpAccess(settings),
      queries,
      tenant: settings.textOr("tenant", undefined),
      seriesMax: settings.number("max_series", SERIES_MAX, SERIES_RANGE),
    });
  },
};

function readQueries(settings: SettingsReader): readonly Query[] {
  const given = settings.raw("queries") ?? [];
  if (!Array.isArray(given)) throw settings.refuse("queries", "a list of { metric, query }");
  return given.map((raw: unknown, nth) => {
    if (typeof raw !== "object" || raw === null) throw settings.refuse("queries", "a list of { metric, query }");
    const one = readSettings(raw as Record<string, unknown>, ["metric", "query", "labels"], `settings.queries.${nth}`);
    const metric = one.text("metric");
    if (!METRIC_NAME.test(metric)) throw one.refuse("metric", "letters, digits, _ and :, as Prometheus has it");
    const labels = one.words("labels");
    if (!Object.keys(labels).every((name) => LABEL_NAME.test(name))) {
      throw one.refuse("labels", "names of letters, digits and _, with a text each");
    }
    return { metric, query: one.text("query"), labels };
  });
}

class Asking implements Collecting {
  readonly #access: HttpAccess;
  readonly #queries: readonly Query[];
  readonly #tenant: string | undefined;
  readonly #seriesMax: number;

  constructor(settings: {
    readonly access: HttpAccess;
    readonly queries: readonly Query[];
    readonly tenant: string | undefined;
    readonly seriesMax: number;
  }) {
    this.#access = settings.access;
    this.#queries = settings.queries;
    this.#tenant = settings.tenant;
    this.#seriesMax = settings.seriesMax;
  }

  async collect({ target, at: now, signal }: CollectFacts): Promise<Collected> {
    const samples: Measured[] = [];
    const failed = new Reasons();
    const notes = new Reasons();
    const waiting = [...this.#queries];
    const work = async (): Promise<void> => {
      for (let query = waiting.shift(); query !== undefined; query = waiting.shift()) {
        const answer = await this.#ask(query, signal);
        if ("unreached" in answer) {
          failed.add(answer.unreached);
          // The others would not get through either.
          waiting.length = 0;
        } else if ("problem" in answer) failed.add({ ...answer.problem, of: query.metric });
        else {
          for (const note of answer.notes) notes.add(note);
          for (const { labels, value, at } of answer.series) {
            samples.push({ metric: query.metric, labels: namedLabels(query, labels, target), value, at });
          }
        }
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
    if (samples.length > this.#seriesMax) {
      return collected([], [{ code: "too-many-series", got: samples.length, most: this.#seriesMax }]);
    }
    const [{ at = now } = {}] = samples;
    const seconds = Math.round(Math.abs(at - now) / 1_000);
    if (seconds > CLOCKS_APART_S) notes.add({ code: "clocks-apart", seconds });
    return { ...collected(samples, failed.all), ...(notes.all.length === 0 ? {} : { notes: notes.all }) };
  }

  async close(): Promise<void> {}

  async #ask(
    { query }: Query,
    signal: AbortSignal,
  ): Promise<Answer | { readonly problem: CollectReason } | { readonly unreached: CollectReason }> {
    const { url: base, timeout } = this.#access;
    const url = new URL(base);
    // The address may have a path of its own: /prometheus of Mimir, /select/0/prometheus of VictoriaMetrics.
    if (!url.pathname.endsWith("/api/v1/query")) url.pathname = `${url.pathname.replace(/\/+$/u, "")}/api/v1/query`;
    url.searchParams.set("query", query);
    // So that it does not go on working for nobody.
    url.searchParams.set("timeout", `${timeout}ms`);
    try {
      const answer = await getOver(this.#access, url.href, {
        headers: {
          accept: "application/json",
          "user-agent": "Bongsu",
          ...(this.#tenant === undefined ? {} : { "x-scope-orgid": this.#tenant }),
        },
        bytesMax: BYTES_MAX,
        signal,
      });
      if (answer.isCut) return { problem: { code: "answer-too-large", bytes: BYTES_MAX } };
      if (answer.status === 401 || answer.status === 403) {
        return { unreached: { code: "access-refused", status: answer.status } };
      }
      const read = readAnswer(answer.status, answer.body);
      // What answers no query at all is another server, or another path of it.
      return "problem" in read && read.problem.code === "query-unanswered" ? { unreached: read.problem } : read;
    } catch (error) {
      return { unreached: requestReason(error) };
    }
  }
}

/** Each once, however many queries have it. */
class Reasons {
  readonly #byText = new Map<string, CollectReason>();

  add(reason: CollectReason): void {
    this.#byText.set(JSON.stringify(reason), reason);
  }

  get all(): readonly CollectReason[] {
    return [...this.#byText.values()];
  }
}

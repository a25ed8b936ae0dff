import { applicationExporter } from "../collect/scrape/exporters/application.ts";
import type { RawSample } from "../collect/scrape/parse-exposition.ts";
import { Earlier, Reading } from "../collect/scrape/reading.ts";
import type { OtlpSamples } from "../ingest/otlp/to-samples.ts";
import type { Sample } from "../metric/sample.ts";
import { type Instant, MINUTE_MS, SECOND_MS } from "../time/instant.ts";

type Heard = { readonly samples: readonly RawSample[]; readonly at: Instant };
type Application = { readonly service: string; readonly instance: string | undefined; readonly samples: Sample[] };

/** An application that said nothing for so long is read anew, as after a start. */
const REMEMBERED_MS = 15 * MINUTE_MS;
const APPLICATIONS_MAX = 5_000;

/**
 * Applications that send OTLP count their requests and sessions by names of their own. They are told by ours, as a scrape of
 * them would be, so that the same rules watch them: `app_requests_per_second`, `app_error_ratio`, `app_response_seconds`,
 * `app_sessions`, with the service as their target. A counter grows between two requests; what it was is kept by name,
 * because an exporter may send its metrics in several.
 */
export class OtlpApplications {
  readonly #exporter = applicationExporter({});
  readonly #heard = new Map<string, Map<string, Heard>>();

  /** What the parts of one request tell of applications, beside what they are. */
  told(parts: readonly OtlpSamples[]): readonly Sample[] {
    return [...applicationsOf(parts)].flatMap(([key, application]) => this.#toldOf(key, application));
  }

  #toldOf(key: string, { service, instance, samples }: Application): readonly Sample[] {
    const at = Math.max(...samples.map((sample) => sample.at));
    const byName = Map.groupBy(
      samples.map(({ metric, labels, value }): RawSample => ({ name: metric, labels, value })),
      ({ name }) => name,
    );
    const heard = this.#heardOf(key, at);
    const before = [...byName.keys()].flatMap((name) => heard.get(name) ?? []).filter((one) => one.at < at);
    const reading = new Reading([...byName.values()].flat(), beforeOf(before, at));
    const isNews = [...byName.keys()].every((name) => (heard.get(name)?.at ?? 0) < at);
    if (isNews) for (const [name, all] of byName) heard.set(name, { samples: all, at });
    // What was sent again grew by nothing, which is not to be told.
    if (!isNews || !this.#exporter.recognizes(reading)) return [];
    const facts = { reading, host: "", target: service, at, known: new Set<string>() };
    return this.#exporter.translate(facts).map(({ metric, labels, value }) => ({
      metric,
      labels: { ...labels, service, ...(instance === undefined ? {} : { instance }) },
      at,
      value,
    }));
  }

  #heardOf(key: string, at: Instant): Map<string, Heard> {
    const known = this.#heard.get(key);
    // The last that spoke is at the end: whoever is at the front is forgotten first.
    this.#heard.delete(key);
    const heard = new Map([...(known ?? [])].filter(([, one]) => at - one.at <= REMEMBERED_MS));
    this.#heard.set(key, heard);
    const [oldest] = this.#heard.keys();
    if (this.#heard.size > APPLICATIONS_MAX && oldest !== undefined) this.#heard.delete(oldest);
    return heard;
  }
}

function applicationsOf(parts: readonly OtlpSamples[]): ReadonlyMap<string, Application> {
  const found = new Map<string, Application>();
  for (const { batch, samples } of parts) {
    if (batch !== undefined) continue;
    for (const sample of samples) {
      const { service, instance, host = "" } = sample.labels;
      if (service === undefined) continue;
      const key = `${service}\u0000${instance ?? ""}\u0000${host}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { service, instance, samples: [sample] });
      else known.samples.push(sample);
    }
  }
  return found;
}

function beforeOf(
  before: readonly Heard[],
  at: Instant,
): { readonly earlier: Earlier; readonly seconds: number } | undefined {
  const [first] = before;
  if (first === undefined) return undefined;
  return { earlier: new Earlier(before.flatMap(({ samples }) => samples)), seconds: (at - first.at) / SECOND_MS };
}

import type { SettingsReader } from "../../settings.ts";
import { type Exporter, ratio, sum, Told, type TranslateFacts } from "../exporter.ts";
import type { RawSample } from "../parse-exposition.ts";
import { quantileOf } from "../quantile.ts";
import type { Reading } from "../reading.ts";

/** Which series of an application mean what; whatever is left out is found by the names that are common. */
export type ApplicationNames = {
  /** A counter of requests. */
  readonly requests?: string;
  /** A counter of those that failed; absent: by the label with the status. */
  readonly errors?: string;
  /** A histogram or summary, without `_bucket`, `_count` and `_sum`. */
  readonly duration?: string;
  /** A gauge. */
  readonly sessions?: string;
  /** A gauge, or the number itself. */
  readonly sessionsMax?: string | number;
};

export const APPLICATION_SETTINGS = ["requests", "errors", "duration", "sessions", "sessions_max"] as const;

export function readApplicationNames(settings: SettingsReader | undefined): ApplicationNames {
  if (settings === undefined) return {};
  const name = (member: string): string | undefined => settings.textOr(member, undefined);
  const isNumber = typeof settings.raw("sessions_max") === "number";
  const named = {
    requests: name("requests"),
    errors: name("errors"),
    duration: name("duration")?.replace(/_(bucket|count|sum)$/u, ""),
    sessions: name("sessions"),
    sessionsMax: isNumber ? settings.number("sessions_max", 0, { min: 1, max: 1e12 }) : name("sessions_max"),
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
}

/** OpenTelemetry, the usual client libraries, Spring, proxies and meshes. */
const DURATIONS = [
  "http_server_request_duration_seconds",
  "http_request_duration_seconds",
  "http_server_requests_seconds",
  "http_server_duration_milliseconds",
  "http_server_duration_seconds",
  "http_request_duration_milliseconds",
  "http_request_duration_ms",
  "nginx_ingress_controller_request_duration_seconds",
  "traefik_service_request_duration_seconds",
  "istio_request_duration_milliseconds",
  "caddy_http_request_duration_seconds",
  "flask_http_request_duration_seconds",
  "grpc_server_handling_seconds",
  "prometheus_http_request_duration_seconds",
] as const;

const REQUESTS = [
  "http_requests_total",
  "http_server_requests_total",
  "http_request_total",
  "nginx_ingress_controller_requests",
  "traefik_service_requests_total",
  "istio_requests_total",
  "caddy_http_requests_total",
  "flask_http_request_total",
  "grpc_server_handled_total",
  "prometheus_http_requests_total",
] as const;

const SESSIONS = ["tomcat_sessions_active_current_sessions"] as const;

const STATUS_LABELS = [
  "http_response_status_code",
  "http_status_code",
  "status_code",
  "status",
  "code",
  "response_code",
  "http_status",
  "grpc_code",
] as const;

/** Of gRPC: those that are the server's doing. */
const GRPC_ERRORS = new Set(["Unknown", "DeadlineExceeded", "Unimplemented", "Internal", "Unavailable", "DataLoss"]);
const QUANTILES = [0.5, 0.95, 0.99];

/** Applications that count their own requests, by the names that they use or that the settings tell. */
export function applicationExporter(names: ApplicationNames): Exporter {
  return {
    name: "application",
    recognizes: (reading) => counterOf(reading, names) !== undefined || sessionsOf(reading, names) !== undefined,
    translate(facts) {
      const told = new Told();
      tellRequests(facts, names, told);
      tellDurations(facts, names, told);
      const sessions = sessionsOf(facts.reading, names);
      told.tell("app_sessions", { target: facts.target }, sessions?.count);
      told.tell("app_sessions_used_ratio", { target: facts.target }, ratio(sessions?.count, sessions?.limit));
      return told.samples;
    },
  };
}

function tellRequests({ reading, target }: TranslateFacts, names: ApplicationNames, told: Told): void {
  const counter = counterOf(reading, names);
  if (counter === undefined) return;
  const count = reading.growth(counter);
  told.tell("app_requests_per_second", { target }, ratio(count, reading.seconds));
  const failed =
    names.errors !== undefined
      ? (reading.growth(names.errors, { beside: counter }) ?? 0)
      : reading.all(counter).some(hasStatus)
        ? (reading.growth(counter, { of: isError }) ?? 0)
        : undefined;
  // Where nobody asked, nobody knows whether it would have failed.
  told.tell("app_error_ratio", { target }, ratio(failed, count));
}

function tellDurations({ reading, target }: TranslateFacts, names: ApplicationNames, told: Told): void {
  const base =
    names.duration ?? DURATIONS.find((name) => reading.has(`${name}_count`) || reading.has(`${name}_bucket`));
  if (base === undefined) return;
  const scale = /_(milliseconds|ms)$/u.test(base) ? 1_000 : 1;
  const buckets = new Map<number, number>();
  for (const sample of reading.all(`${base}_bucket`)) {
    const upTo = sample.labels.le === "+Inf" ? Number.POSITIVE_INFINITY : Number(sample.labels.le);
    const more = reading.growthOf(sample);
    if (!Number.isNaN(upTo) && more !== undefined) buckets.set(upTo, (buckets.get(upTo) ?? 0) + more);
  }
  const counted = [...buckets].map(([upTo, count]) => ({ upTo, count }));
  for (const quantile of QUANTILES) {
    const seconds = quantileOf(quantile, counted) ?? ofSummary(reading, base, quantile);
    told.tell(
      "app_response_seconds",
      { target, quantile: String(quantile) },
      seconds === undefined ? undefined : seconds / scale,
    );
  }
  const mean = ratio(reading.growth(`${base}_sum`), reading.growth(`${base}_count`));
  told.tell("app_response_seconds", { target, quantile: "mean" }, mean === undefined ? undefined : mean / scale);
}

/** Summaries cannot be put together: the slowest of them counts. */
function ofSummary(reading: Reading, base: string, quantile: number): number | undefined {
  const found = reading
    .all(base)
    .filter(({ labels, value }) => Number(labels.quantile) === quantile && Number.isFinite(value));
  return found.length === 0 ? undefined : Math.max(...found.map(({ value }) => value));
}

/** What counts the requests: one that tells how they ended, before one that does not. */
function counterOf(reading: Reading, names: ApplicationNames): string | undefined {
  if (names.requests !== undefined) return reading.has(names.requests) ? names.requests : undefined;
  const durations = names.duration === undefined ? DURATIONS : [names.duration];
  const candidates = [...REQUESTS, ...durations.map((name) => `${name}_count`)].filter((name) => reading.has(name));
  return candidates.find((name) => reading.all(name).some(hasStatus)) ?? candidates[0];
}

function sessionsOf(
  reading: Reading,
  names: ApplicationNames,
): { readonly count: number; readonly limit: number | undefined } | undefined {
  const known = SESSIONS.find((name) => reading.has(name));
  const count = sum(finite(reading.all(names.sessions ?? known ?? "")));
  if (count === undefined) return undefined;
  const max = names.sessionsMax;
  // Tomcat's "active max" is the highest that there was, and no limit.
  const limit = typeof max === "number" ? max : max === undefined ? undefined : sum(finite(reading.all(max)));
  return { count, limit };
}

function finite(samples: readonly RawSample[]): readonly number[] {
  return samples.map(({ value }) => value).filter(Number.isFinite);
}

function hasStatus({ labels }: RawSample): boolean {
  return STATUS_LABELS.some((label) => labels[label] !== undefined);
}

function isError({ labels }: RawSample): boolean {
  return STATUS_LABELS.some((label) => {
    const status = labels[label];
    return status !== undefined && (/^5(\d\d|xx)$/iu.test(status) || GRPC_ERRORS.has(status));
  });
}

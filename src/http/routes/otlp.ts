import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Engine } from "../../engine/engine.ts";
import type { SampleBatch } from "../../engine/metrics/metrics.ts";
import { faultCodes } from "../../fault/codes.ts";
import { Fault } from "../../fault/fault.ts";
import { type AgentWord, wordOf } from "../../ingest/otlp/agent-word.ts";
import { CONTENT_TYPES, failureBody, type OtlpEncoding, successBody } from "../../ingest/otlp/answers.ts";
import type { OtlpMetrics } from "../../ingest/otlp/otlp.ts";
import { readJson } from "../../ingest/otlp/read-json.ts";
import { readProtobuf } from "../../ingest/otlp/read-protobuf.ts";
import { type OtlpSamples, toSamples } from "../../ingest/otlp/to-samples.ts";
import type { Sample } from "../../metric/sample.ts";
import { type Instant, MINUTE_MS, type Millis, SECOND_MS } from "../../time/instant.ts";
import { callerMay, type HttpFacts, may } from "../access.ts";
import { OtlpApplications } from "../otlp-applications.ts";
import { agentToken, demandOwnHost, ownSamples } from "../own-host.ts";

/** What the protocol recommends, before and after decompression. */
const BODY_BYTES_MAX = 20 * 1024 * 1024;
/** Read at once; more wait outside, with their senders, which the protocol has a word for. */
const AT_ONCE_MAX = 16;
/** A clock that is off by less is taken at its word: so much may a request be under way. */
const SKEW_MS_MIN = 2 * SECOND_MS;
/** How often a sender means to speak that does not tell: the collector's own default. */
const OTLP_EVERY_MS = MINUTE_MS;

const inflate = promisify(gunzip);

/** `POST /v1/metrics`: OTLP over HTTP, from `bongsu agent`, OpenTelemetry collectors and instrumented programs. */
export function otlpRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { clock } = engine.ports;
  const applications = new OtlpApplications();
  let reading = 0;
  server.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, parsed) => parsed(null, body));
    scope.setErrorHandler((error, request, reply) => fail(engine, error, request, reply));
    const options = may(facts, "metrics.send");
    scope.post("/v1/metrics", { ...options, bodyLimit: BODY_BYTES_MAX }, async (request, reply) => {
      // As early as possible: the rest of the body may take its time on a slow line.
      const at = clock.now() - Math.min(reply.elapsedTime, MINUTE_MS);
      if (reading >= AT_ONCE_MAX) throw new Fault("overloaded", { atOnceMax: AT_ONCE_MAX, retryAfterSeconds: 1 });
      reading++;
      try {
        const encoding = encodingOf(request);
        const body = await inflated(request);
        const metrics = read(body, encoding);
        const sender = await demandSender(facts, request, metrics);
        const taken = await take({ engine, applications, sender }, metrics, body, at);
        return await reply
          .type(CONTENT_TYPES[encoding])
          .send(Buffer.from(successBody(encoding, taken.rejected, taken.because)));
      } finally {
        reading--;
      }
    });
    done();
  });
}

/**
 * The one host that the sender may speak for; undefined: any. Fault `token-of-another-host`, and `not-allowed` where no
 * agent's token speaks as an agent.
 */
async function demandSender(
  facts: HttpFacts,
  request: FastifyRequest,
  metrics: OtlpMetrics,
): Promise<string | undefined> {
  const word = wordOf(metrics);
  if (word !== undefined && !callerMay(request, "agent.targets"))
    throw new Fault("not-allowed", { needs: "agent", because: "it speaks as bongsu agent" });
  const token = agentToken(request);
  // A collector with a token for both sends for many hosts, and an agent for its own.
  if (token === undefined || (word === undefined && token.scopes.includes("ingest"))) return undefined;
  const named = [word?.host, ...metrics.map(({ attributes }) => attributes["host.name"])];
  const hosts = new Set(named.flatMap((host) => (host === undefined || host === "" ? [] : [host])));
  for (const host of hosts) await demandOwnHost(facts, request, host);
  return [...hosts][0] ?? token.host;
}

async function take(
  {
    engine,
    applications,
    sender,
  }: { readonly engine: Engine; readonly applications: OtlpApplications; readonly sender: string | undefined },
  metrics: OtlpMetrics,
  body: Uint8Array,
  at: Instant,
): Promise<{ readonly rejected: number; readonly because: string | undefined }> {
  const word = wordOf(metrics);
  const skew = word === undefined ? undefined : word.sentAt - at;
  const correction = skew !== undefined && Math.abs(skew) > SKEW_MS_MIN ? skew : 0;
  const read = toSamples(metrics, at + correction);
  const own =
    sender === undefined
      ? { parts: read.parts, rejected: 0, because: undefined }
      : ownSamples(read.parts, sender, (await engine.knowledge.roster(engine.ports.store)).targets);
  const batches = [
    ...batchesOf(own.parts, { word, correction, body, told: applications.told(own.parts) }),
    ...(word === undefined || skew === undefined ? [] : [skewBatch(word, skew, at)]),
  ];
  const accepted = await Promise.all(batches.map((batch) => engine.metrics.accept(batch)));
  await noteHosts(engine, own.parts, word, skew);
  return answerOf([read, own, ...accepted.map(({ refused, because }) => ({ rejected: refused, because }))]);
}

/** So much a clock was set back or ahead since it stamped these, where the machine has not been started anew since. */
function setSince({ boot }: OtlpSamples, word: AgentWord | undefined): Millis {
  if (boot === undefined || word?.boot === undefined || boot.id !== word.boot.id) return 0;
  const moved = word.boot.at - boot.at;
  return Math.abs(moved) > SKEW_MS_MIN ? moved : 0;
}

/** One of our agent by the name that it gave; all others together, by the bytes: an exporter that tries again sends the same. */
function batchesOf(
  parts: readonly OtlpSamples[],
  {
    word,
    correction,
    body,
    told,
  }: {
    readonly word: AgentWord | undefined;
    readonly correction: Millis;
    readonly body: Uint8Array;
    readonly told: readonly Sample[];
  },
): readonly SampleBatch[] {
  const corrected = (part: OtlpSamples): readonly Sample[] => {
    const off = correction - setSince(part, word);
    return off === 0 ? part.samples : part.samples.map((sample) => ({ ...sample, at: sample.at - off }));
  };
  const named = parts.flatMap((part) =>
    part.batch === undefined ? [] : [{ id: part.batch, samples: corrected(part) }],
  );
  const others = [...parts.filter(({ batch }) => batch === undefined).flatMap(({ samples }) => samples), ...told];
  return others.length === 0
    ? named
    : [...named, { id: `otlp-${createHash("sha256").update(body).digest("hex")}`, samples: others }];
}

function skewBatch({ host, sentAt }: AgentWord, skew: Millis, at: Instant): SampleBatch {
  const sample = { metric: "host_clock_skew_seconds", labels: { host }, at, value: skew / SECOND_MS };
  return { id: `skew-${host}-${sentAt}`, samples: [sample] };
}

/** Who spoke: our agent of itself, each host whose own metrics a collector sent, and each application. */
async function noteHosts(
  { hosts }: Engine,
  parts: readonly OtlpSamples[],
  word: AgentWord | undefined,
  skew: Millis | undefined,
): Promise<void> {
  if (word !== undefined) {
    const { host, sentAt: _sentAt, boot: _boot, ...said } = word;
    await hosts.heard(host, { kind: "agent", ...said, ...(skew === undefined ? {} : { clockSkew: Math.round(skew) }) });
    return;
  }
  const measured = new Set(parts.flatMap(({ host, isHost }) => (isHost && host !== undefined ? [host] : [])));
  for (const host of measured) await hosts.heard(host, { kind: "otlp", every: OTLP_EVERY_MS, targets: [] });
  const applications = new Set(
    parts.flatMap(({ batch, isHost, service, samples }) =>
      batch !== undefined || isHost || service === undefined || samples.length === 0 ? [] : [service],
    ),
  );
  for (const service of applications) {
    if (service.length <= NAME_LENGTH_MAX)
      await hosts.heard(service, { kind: "application", every: OTLP_EVERY_MS, targets: [] });
  }
}

function answerOf(told: readonly { readonly rejected: number; readonly because?: string | undefined }[]): {
  readonly rejected: number;
  readonly because: string | undefined;
} {
  const reasons = [...new Set(told.map(({ because }) => because))].filter((because) => because !== undefined);
  return {
    rejected: told.reduce((sum, { rejected }) => sum + rejected, 0),
    because: reasons.length === 0 ? undefined : reasons.join("; ").slice(0, REASON_LENGTH_MAX),
  };
}

const NAME_LENGTH_MAX = 200;
const REASON_LENGTH_MAX = 2_000;

function read(body: Uint8Array, encoding: OtlpEncoding): OtlpMetrics {
  try {
    return encoding === "protobuf" ? readProtobuf(body) : readJson(JSON.parse(Buffer.from(body).toString("utf8")));
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error);
    throw new Fault("bad-request", { because: `the body is no ExportMetricsServiceRequest: ${because}` }, error);
  }
}

function encodingOf(request: FastifyRequest): OtlpEncoding {
  const type = request.headers["content-type"] ?? "";
  if (/^application\/x-protobuf\b/iu.test(type)) return "protobuf";
  if (/^application\/json\b/iu.test(type)) return "json";
  throw new Fault("bad-request", {
    field: "content-type",
    got: type,
    expected: "application/x-protobuf or application/json",
  });
}

async function inflated({ body, headers }: FastifyRequest): Promise<Uint8Array> {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const encoding = headers["content-encoding"] ?? "identity";
  if (encoding === "identity") return bytes;
  if (encoding !== "gzip")
    throw new Fault("bad-request", { field: "content-encoding", got: encoding, expected: "gzip, or none" });
  try {
    return await inflate(bytes, { maxOutputLength: BODY_BYTES_MAX });
  } catch (error) {
    if ((error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE")
      throw new Fault("too-large", { bytesMax: BODY_BYTES_MAX }, error);
    throw new Fault("bad-request", { because: "the body is not gzip" }, error);
  }
}

/** In the request's own encoding, as the protocol wants it; what the store is away for is to be sent again. */
function fail(engine: Engine, error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const fault = faultOf(error);
  if (fault === undefined)
    engine.ports.log("error", "http.failed", { method: "POST", path: "/v1/metrics", error: String(error) });
  const { code = "internal", facts = {} } = fault ?? {};
  const status = fault === undefined ? 500 : faultCodes[fault.code].status;
  const advice = fault === undefined ? "Bongsu failed to answer; the log tells why." : faultCodes[fault.code].advice.en;
  if (status === 401) reply.header("www-authenticate", 'Bearer realm="bongsu"');
  const { retryAfterSeconds = status === 503 ? 5 : undefined } = facts as { retryAfterSeconds?: unknown };
  if (typeof retryAfterSeconds === "number") reply.header("retry-after", String(retryAfterSeconds));
  const encoding = /^application\/x-protobuf\b/iu.test(request.headers["content-type"] ?? "") ? "protobuf" : "json";
  void reply
    .code(status)
    .type(CONTENT_TYPES[encoding])
    .send(
      Buffer.from(
        failureBody(encoding, `${code}: ${advice} ${JSON.stringify(facts)}`, { code, message: advice, facts }),
      ),
    );
}

function faultOf(error: unknown): Fault | undefined {
  if (error instanceof Fault) return error;
  const { statusCode } = error as { statusCode?: number };
  if (statusCode === 413) return new Fault("too-large", { bytesMax: BODY_BYTES_MAX });
  if (statusCode !== undefined && statusCode < 500)
    return new Fault("bad-request", { because: error instanceof Error ? error.message : String(error) });
  return undefined;
}

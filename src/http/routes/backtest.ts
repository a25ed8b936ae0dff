import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { BacktestInput, RosterOfThen, SideInput } from "../../backtest/backtest.ts";
import type { RecordedIncident } from "../../backtest/history.ts";
import { ANSWER_AFTER_MS, END_AFTER_MS } from "../../backtest/people-model.ts";
import { recordedHistory } from "../../backtest/recorded-history.ts";
import { historyLine } from "../../backtest/write-history.ts";
import { driversOf } from "../../engine/ports.ts";
import { faultCodes } from "../../fault/codes.ts";
import { Fault } from "../../fault/fault.ts";
import { backtestSaid } from "../../locale/backtest.ts";
import type { Locale } from "../../locale/said.ts";
import { DAY_MS, fromIso, type Instant, MINUTE_MS } from "../../time/instant.ts";
import { type HttpFacts, jsonBody, localeFor, may } from "../access.ts";
import type { BacktestJob } from "../backtest/job.ts";
import { runInWorker } from "../backtest/run-in-worker.ts";
import { documentIn, listIn } from "../policy-body.ts";
import type { ShowFacts } from "../show/show-backtest.ts";
import { whichPolicy } from "../which-policy.ts";

type Body = Readonly<Record<string, unknown>>;

/** Enough for 50,000 alerts of the usual length. */
const HISTORY_BYTES_MAX = 8 * 1024 * 1024;
/** With what JSON adds to it, and two documents. */
const BODY_BYTES_MAX = 14 * 1024 * 1024;
const SECONDS_MAX = 120;
const DAYS_BACK = 90;
const MINUTES_MAX = 7 * 24 * 60;

/** What happened, once more: under another policy or roster, and out to other installations as a file. */
export function backtestRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  let isRunning = false;

  server.get<{ Querystring: { from?: string; to?: string } }>(
    "/api/v1/incidents/export",
    may(facts, "incidents.read"),
    async ({ query }, reply) => {
      const records = recordedHistory(engine, periodIn(query));
      // The first one is awaited, so that what is refused is answered and not broken off.
      const first = await records.next();
      return reply
        .type("application/x-ndjson; charset=utf-8")
        .header("content-disposition", 'attachment; filename="bongsu-incidents.jsonl"')
        .send(Readable.from(linesOf(first, records)));
    },
  );

  server.post(
    "/api/v1/backtest",
    { ...may(facts, "policy.read"), bodyLimit: BODY_BYTES_MAX },
    async (request, reply) => {
      if (isRunning) throw new Fault("overloaded", { because: "another back-test is running" });
      isRunning = true;
      const ended = new AbortController();
      reply.raw.once("close", () => ended.abort());
      try {
        const job = await jobOf(request, facts);
        const isStreamed = /\bapplication\/x-ndjson\b/.test(request.headers.accept ?? "");
        if (isStreamed) return await stream(job, reply, { signal: ended.signal, locale: localeFor(request) });
        const report = await runInWorker(job, { signal: ended.signal, onProgress: () => {} });
        return reply.type("application/json; charset=utf-8").send(report);
      } finally {
        isRunning = false;
      }
    },
  );
}

async function* linesOf(
  first: IteratorResult<RecordedIncident>,
  rest: AsyncGenerator<RecordedIncident>,
): AsyncGenerator<string> {
  if (first.done === true) return;
  yield `${historyLine(first.value)}\n`;
  for await (const record of rest) yield `${historyLine(record)}\n`;
}

/** Says how far it is, line by line, and at last the report or what went wrong. */
async function stream(
  job: BacktestJob,
  reply: FastifyReply,
  { signal, locale }: { readonly signal: AbortSignal; readonly locale: Locale },
): Promise<FastifyReply> {
  const lines = new Readable({ read: () => {} });
  const sending = reply.type("application/x-ndjson; charset=utf-8").header("x-accel-buffering", "no").send(lines);
  const say = (line: object): void => void lines.push(`${JSON.stringify(line)}\n`);
  say({ progress: 0 });
  try {
    const report = await runInWorker(job, { signal, onProgress: (progress) => say({ progress }) });
    lines.push(`{"report":${report}}\n`);
  } catch (error) {
    const fault = error instanceof Fault ? error : new Fault("backtest-failed", { error: String(error) }, error);
    say({ error: { code: fault.code, message: faultCodes[fault.code].advice[locale], facts: fault.facts } });
  }
  lines.push(null);
  return sending;
}

async function jobOf(request: FastifyRequest, facts: HttpFacts): Promise<BacktestJob> {
  const { engine } = facts;
  const { channels, settings } = engine.ports;
  const body = jsonBody(request);
  const locale = localeFor(request);
  const model = {
    answerAfter: minutesIn(body, "answerAfterMinutes") ?? ANSWER_AFTER_MS,
    asleep: listIn(body, "asleep"),
  };
  const endAfter = minutesIn(body, "endAfterMinutes") ?? END_AFTER_MS;
  const period = periodIn(body);
  const since = period.from ?? engine.ports.clock.now() - DAYS_BACK * DAY_MS;
  const a = await sideIn(body.a, engine, locale);
  const b = body.b === undefined || body.b === null ? undefined : await sideIn(body.b, engine, locale);
  const history: BacktestInput["history"] =
    body.history === undefined
      ? { is: "recorded", incidents: await collected(recordedHistory(engine, { ...period, from: since })) }
      : { is: "text", text: historyIn(body), endAfter };
  const drivers = driversOf(channels);
  return {
    input: {
      history,
      a: a.input,
      ...(b === undefined ? {} : { b: b.input }),
      model,
      // The canary's own loop back is no channel of a policy.
      drivers: new Map([...drivers].filter(([kind]) => kind !== "loopback")),
      zone: settings.zone,
    },
    show: { locale, zone: settings.zone, endAfter, a: a.name, b: b?.name },
    secondsMax: SECONDS_MAX,
  };
}

async function collected(records: AsyncGenerator<RecordedIncident>): Promise<readonly RecordedIncident[]> {
  const all: RecordedIncident[] = [];
  for await (const record of records) all.push(record);
  return all;
}

async function sideIn(
  value: unknown,
  engine: HttpFacts["engine"],
  locale: Locale,
): Promise<{ readonly input: SideInput; readonly name: ShowFacts["a"] }> {
  if (value !== undefined && value !== null && (typeof value !== "object" || Array.isArray(value)))
    throw new Fault("bad-request", { field: "a, b", expected: "{policy, roster}" });
  const body = (value ?? {}) as Body;
  const { policy, text, file, stored } = await whichPolicy(engine, body.policy, locale);
  const { roster, name } = await rosterIn(body.roster, engine);
  return {
    input: { policy: { id: policy.id, file, text }, roster },
    name: { policy: { id: policy.id, file, stored }, roster: name(locale) },
  };
}

async function rosterIn(
  which: unknown,
  { ports }: HttpFacts["engine"],
): Promise<{ readonly roster: RosterOfThen; readonly name: (locale: Locale) => string }> {
  const { store, clock } = ports;
  if (which === undefined || which === null || which === "" || which === "now")
    return {
      roster: { is: "fixed", facts: await store.rosterItems() },
      name: (locale) => backtestSaid.rosterNow()[locale],
    };
  if (which === "then")
    return {
      roster: {
        is: "as-it-was",
        present: await store.rosterItems(),
        past: await store.rosterPast(0),
        now: clock.now(),
      },
      name: (locale) => backtestSaid.rosterThen()[locale],
    };
  if (typeof which !== "object")
    throw new Fault("bad-request", { field: "roster", expected: "now, then or {text, file}" });
  const { text, file } = documentIn({ file: "roster.yaml", ...(which as Body) });
  return { roster: { is: "file", file, text }, name: () => file };
}

function historyIn({ history }: Body): string {
  if (typeof history !== "string" || history.trim() === "")
    throw new Fault("bad-request", { field: "history", expected: "lines of JSON" });
  if (history.length > HISTORY_BYTES_MAX || Buffer.byteLength(history) > HISTORY_BYTES_MAX)
    throw new Fault("too-large", { field: "history", bytesMax: HISTORY_BYTES_MAX });
  return history;
}

function periodIn({ from, to }: Body): { readonly from?: Instant; readonly to?: Instant } {
  const [begin, end] = [instantIn(from, "from"), instantIn(to, "to")];
  if (begin !== undefined && end !== undefined && begin >= end)
    throw new Fault("bad-request", { field: "to", expected: "later than from" });
  return { ...(begin === undefined ? {} : { from: begin }), ...(end === undefined ? {} : { to: end }) };
}

function instantIn(value: unknown, field: string): Instant | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const at = typeof value === "string" ? fromIso(value) : undefined;
  if (at === undefined) throw new Fault("bad-request", { field, expected: "an RFC 3339 time" });
  return at;
}

function minutesIn(body: Body, field: string): number | undefined {
  const value = body[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number" || !(value >= 0 && value <= MINUTES_MAX))
    throw new Fault("bad-request", { field, expected: `minutes, at most ${MINUTES_MAX}` });
  return Math.round(value * MINUTE_MS);
}

import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { platform, release } from "node:os";
import { join } from "node:path";
import type { Collector } from "../collect/collector.ts";
import type { SampleBatch } from "../engine/metrics/metrics.ts";
import type { Log } from "../engine/ports.ts";
import { Fault } from "../fault/fault.ts";
import type { Chance } from "../id/chance.ts";
import type { AgentWord } from "../ingest/otlp/agent-word.ts";
import type { Sample } from "../metric/sample.ts";
import type { TargetState } from "../monitor/agent.ts";
import type { CollectorKind, Target } from "../monitor/target.ts";
import type { Clock } from "../time/clock.ts";
import { type Instant, type Millis, SECOND_MS, toIso } from "../time/instant.ts";
import { localTargets } from "./local-targets.ts";
import { batchPiece, requestBody } from "./otlp-body.ts";
import { runTargets } from "./run-targets.ts";
import type { ServerLink } from "./server-link.ts";
import { openSpool } from "./spool.ts";

export type AgentSetup = {
  readonly host: string;
  readonly version: string;
  /** Spool, targets and status; nobody else's. */
  readonly data: string;
  readonly every: Millis;
  readonly spoolBytesMax: number;
  readonly collectors: ReadonlyMap<CollectorKind, Collector>;
  readonly link: ServerLink;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly log: Log;
};

/** What `bongsu agent --status` prints: as it was when the agent last spoke or tried to. */
export type AgentStatus = {
  readonly host: string;
  readonly version: string;
  readonly at: string;
  /** When the server last took something; null: not since the start. */
  readonly sentAt: string | null;
  readonly problem: string | null;
  readonly spool: { readonly records: number; readonly samples: number; readonly bytes: number };
  readonly lostSamples: number;
  readonly targets: readonly Pick<TargetState, "id" | "up" | "because">[];
};

export const STATUS_FILE = "status.json";
const TARGETS_FILE = "targets.json";
/** So much is sent at once: compressed, a few thousand samples. */
const SEND_BYTES_MAX = 256 * 1024;
/** What is measured within so long goes together. */
const GATHER_MS = 2 * SECOND_MS;
const BACKOFF_MS_MIN = SECOND_MS;
const BACKOFF_MS_MAX = 60 * SECOND_MS;
/** Until somebody has given it another token. */
const BARRED_MS = 60 * SECOND_MS;
const TARGETS_EVERY_MS = 30 * SECOND_MS;
/** What is measured when it is told to end is still to be sent, if that is quick. */
const FLUSH_MS = 5 * SECOND_MS;

/**
 * Measures, spools, sends, in this order: a sample is on disk before anybody is asked to take it, and leaves the disk
 * when it was taken. Resolves when `ended` aborts and what could be sent has been.
 */
export async function runAgent(setup: AgentSetup, ended: AbortSignal): Promise<void> {
  const { host, version, data, every, collectors, link, clock, chance, log } = setup;
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const spool = openSpool({
    folder: join(data, "spool"),
    bytesMax: setup.spoolBytesMax,
    onLost: (lost) => log("error", "samples.lost", lost),
  });
  let refusedSamples = 0;
  let unkeptSamples = 0;
  let sentAt: Instant | undefined;
  let problem: string | undefined;
  let wake = (): void => {};
  /** What is pausing, to be told that it is to end. */
  const leaving = new Set<() => void>();
  const lostSamples = (): number => spool.lost.samples + unkeptSamples + refusedSamples;

  const running = runTargets({
    collectors,
    host,
    clock,
    chance,
    log,
    async sink(batch, { collector }) {
      const samples = collector === "host" ? [...batch.samples, ...ownSamples(batch)] : batch.samples;
      try {
        spool.append(batchPiece(host, { id: batch.id, samples }), samples.length);
      } catch (error) {
        // A disk that is full, most likely: the next is tried all the same.
        unkeptSamples += samples.length;
        log("error", "samples.lost", { because: "disk", samples: samples.length, error: String(error) });
      }
      wake();
    },
  });

  function ownSamples({ samples }: SampleBatch): readonly Sample[] {
    const at = samples.at(-1)?.at ?? clock.now();
    return [
      { metric: "agent_spool_bytes", labels: { host }, at, value: spool.bytes },
      { metric: "agent_lost_samples_total", labels: { host }, at, value: lostSamples() },
    ];
  }

  /** `sending`: what this very request takes along does not wait any more. */
  function word(sending: number): AgentWord {
    return {
      host,
      sentAt: clock.now(),
      every,
      version,
      platform: `${platform()} ${release()}`,
      spoolBytes: Math.max(spool.bytes - sending, 0),
      lostSamples: lostSamples(),
      targets: running.states(),
    };
  }

  function writeStatus(): void {
    const status: AgentStatus = {
      host,
      version,
      at: toIso(clock.now()),
      sentAt: sentAt === undefined ? null : toIso(sentAt),
      problem: problem ?? null,
      spool: { ...spool.waiting, bytes: spool.bytes },
      lostSamples: lostSamples(),
      targets: running.states().map(({ id, up, because = [] }) => ({ id, up, because })),
    };
    writeWhole(join(data, STATUS_FILE), JSON.stringify(status));
  }

  /** So long nothing is sent; undefined: there is nothing to send. */
  async function sendOnce(bytesMax: number): Promise<Millis | "again" | "nothing"> {
    const taken = spool.next(bytesMax);
    if (taken === undefined) return "nothing";
    const sent = await link.send(requestBody(word(taken.bytes), taken.records));
    switch (sent.is) {
      case "taken":
        taken.done();
        sentAt = clock.now();
        if (problem !== undefined) log("info", "server.takes-again", { waiting: spool.waiting.records });
        problem = undefined;
        if (sent.rejected > 0) {
          refusedSamples += sent.rejected;
          log("warn", "samples.refused", { samples: sent.rejected, because: sent.because ?? "" });
        }
        return "again";
      case "refused":
        // Together they may be too much; one alone that is refused will always be.
        if (taken.records.length > 1) return sendEach();
        taken.done();
        refusedSamples += taken.samples;
        log("error", "samples.refused", { samples: taken.samples, because: sent.because });
        return "again";
      case "barred":
        tellProblem(sent.because);
        return BARRED_MS;
      case "later":
        tellProblem(sent.because);
        return sent.after ?? BACKOFF_MS_MIN;
    }
  }

  async function sendEach(): Promise<Millis | "again" | "nothing"> {
    return sendOnce(1);
  }

  function tellProblem(because: string): void {
    if (problem !== because) log("warn", "server.takes-nothing", { because, waiting: spool.waiting.records });
    problem = because;
  }

  async function sendAll(): Promise<void> {
    let failures = 0;
    while (!ended.aborted) {
      const next = await sendOnce(SEND_BYTES_MAX);
      if (next === "again") {
        failures = 0;
        if (spool.waiting.records > 0) continue;
      }
      writeStatus();
      if (typeof next === "number") {
        const backoff = Math.min(Math.max(next, BACKOFF_MS_MIN * 2 ** failures), Math.max(BACKOFF_MS_MAX, next));
        failures++;
        await pause(backoff * (0.5 + chance.fraction() / 2));
      } else {
        if (spool.waiting.records === 0) await news();
        await pause(GATHER_MS);
      }
    }
  }

  /** Resolves when something was spooled, or it is to end. */
  function news(): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve;
      if (ended.aborted) resolve();
    });
  }

  function pause(time: Millis): Promise<void> {
    return new Promise((resolve) => {
      const leave = (): void => {
        cancel();
        leaving.delete(leave);
        resolve();
      };
      const cancel = clock.after(time, leave);
      leaving.add(leave);
      if (ended.aborted) leave();
    });
  }

  function use(targets: readonly Target[]): void {
    const isLocal = ({ collector }: Target): boolean => collectors.get(collector)?.local === true;
    running.set([...targets, ...localTargets(host, targets.filter(isLocal), { collectors, every })]);
  }

  /** The server's list, and until it can be asked the one that it gave last. */
  async function followTargets(): Promise<void> {
    const file = join(data, TARGETS_FILE);
    let known = readTargets(file);
    use(known?.targets ?? []);
    while (!ended.aborted) {
      try {
        const fresh = await link.targets(host, known?.tag);
        if (fresh !== undefined) {
          known = fresh;
          writeWhole(file, JSON.stringify(fresh));
          use(fresh.targets);
          log("info", "targets.changed", { targets: fresh.targets.map(({ id }) => id) });
        }
      } catch (error) {
        const because = error instanceof Fault ? error.code : String(error);
        if (problem === undefined) log("warn", "targets.not-read", { because });
      }
      await pause(TARGETS_EVERY_MS);
    }
  }

  const work = [followTargets(), sendAll()];
  await new Promise<void>((resolve) => {
    if (ended.aborted) resolve();
    else ended.addEventListener("abort", () => resolve(), { once: true });
  });
  wake();
  for (const leave of leaving) leave();
  await running.stop();
  await Promise.all(work);
  const until = clock.monotonic() + FLUSH_MS;
  while (clock.monotonic() < until && (await sendOnce(SEND_BYTES_MAX)) === "again");
  writeStatus();
  spool.close();
}

function readTargets(file: string): { readonly targets: readonly Target[]; readonly tag: string } | undefined {
  try {
    const { targets, tag } = JSON.parse(readFileSync(file, "utf8")) as { targets: readonly Target[]; tag: string };
    return Array.isArray(targets) ? { targets, tag } : undefined;
  } catch {
    return undefined;
  }
}

/** Holds what the targets need to get in: for nobody else's eyes. */
function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

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
import { type Instant, MINUTE_MS, type Millis, SECOND_MS, toIso } from "../time/instant.ts";
import { localTargets } from "./local-targets.ts";
import { batchPiece, requestBody } from "./otlp-body.ts";
import { runTargets } from "./run-targets.ts";
import type { ServerLink } from "./server-link.ts";
import { openSpool, type Taken } from "./spool.ts";

export type AgentSetup = {
  readonly host: string;
  readonly version: string;
  /** Spool, targets and status; nobody else's. */
  readonly data: string;
  readonly every: Millis;
  readonly spoolBytesMax: number;
  readonly boot: Boot;
  readonly collectors: ReadonlyMap<CollectorKind, Collector>;
  readonly link: ServerLink;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly log: Log;
};

/** Since when the machine runs, by its own clock: a clock that is set moves it by as much, and tells so. */
export type Boot = { readonly id: string; at(): Instant };

/** What `bongsu agent --status` prints: as it was when the agent last spoke or tried to. */
export type AgentStatus = {
  readonly host: string;
  readonly version: string;
  readonly at: string;
  /** When the server last took something; null: not since the start. */
  readonly sentAt: string | null;
  readonly problem: string | null;
  /** What the disk says while it does not take what is measured. */
  readonly trouble: string | null;
  readonly spool: { readonly records: number; readonly samples: number; readonly bytes: number };
  readonly lostSamples: number;
  readonly targets: readonly Pick<TargetState, "id" | "up" | "because">[];
};

export const STATUS_FILE = "status.json";
/** The targets that the server gave last: it has taken this agent before. */
export const TARGETS_FILE = "targets.json";
/** So much is sent at once: compressed, a few thousand samples. */
const SEND_BYTES_MAX = 256 * 1024;
/** What is measured within so long goes together. */
const GATHER_MS = 2 * SECOND_MS;
const BACKOFF_MS_MIN = SECOND_MS;
const BACKOFF_MS_MAX = 60 * SECOND_MS;
/** So often somebody who reads the log is reminded of what they have to mend. */
const REMIND_MS = 60 * MINUTE_MS;
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
  const { host, version, data, every, boot, collectors, link, clock, chance, log } = setup;
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const spool = openSpool({
    folder: join(data, "spool"),
    bytesMax: setup.spoolBytesMax,
    onLost: (lost) => log("error", "samples.lost", lost),
  });
  let sentAt: Instant | undefined;
  let problem: { readonly because: string; readonly toldAt: Millis } | undefined;
  let trouble: string | undefined;
  let wake = (): void => {};
  /** What is pausing, to be told that it is to end. */
  const leaving = new Set<() => void>();

  const running = runTargets({
    collectors,
    host,
    clock,
    chance,
    log,
    async sink(batch, { collector }) {
      const samples = collector === "host" ? [...batch.samples, ...ownSamples(batch)] : batch.samples;
      try {
        spool.append(batchPiece(host, { id: batch.id, samples }, boot), samples.length);
      } catch {
        // Longer than any record may be.
        spool.lose("full", { records: 1, samples: samples.length });
      }
      tellTrouble();
      wake();
    },
  });

  function tellTrouble(): void {
    if (spool.trouble === trouble) return;
    if (spool.trouble !== undefined) log("error", "spool.not-written", { error: spool.trouble });
    else log("info", "spool.written-again", { waiting: spool.waiting.records });
    trouble = spool.trouble;
  }

  function ownSamples({ samples }: SampleBatch): readonly Sample[] {
    const at = samples.at(-1)?.at ?? clock.now();
    const target = spoolTarget(host);
    return [
      { metric: "agent_spool_bytes", labels: { host }, at, value: spool.bytes },
      { metric: "agent_lost_samples_total", labels: { host }, at, value: spool.lost.samples },
      // A disk that takes nothing is told as any other thing that could not be asked.
      { metric: "target_up", labels: { host, target, collector: "spool" }, at, value: trouble === undefined ? 1 : 0 },
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
      lostSamples: spool.lost.samples,
      ...(trouble === undefined ? {} : { trouble }),
      boot: { id: boot.id, at: boot.at() },
      targets: running.states(),
    };
  }

  function writeStatus(): void {
    const status: AgentStatus = {
      host,
      version,
      at: toIso(clock.now()),
      sentAt: sentAt === undefined ? null : toIso(sentAt),
      problem: problem?.because ?? null,
      trouble: trouble ?? null,
      spool: { ...spool.waiting, bytes: spool.bytes },
      lostSamples: spool.lost.samples,
      targets: running.states().map(({ id, up, because = [] }) => ({ id, up, because })),
    };
    try {
      writeWhole(join(data, STATUS_FILE), JSON.stringify(status));
    } catch {
      // The disk's trouble is the spool's to tell.
    }
  }

  /** `least`: so long the server wants to be left alone. */
  async function sendOnce(bytesMax: number): Promise<{ readonly least: Millis } | "again" | "nothing"> {
    const taken = spool.next(bytesMax);
    if (taken === undefined) return "nothing";
    try {
      return await sendTaken(taken);
    } finally {
      taken.release();
    }
  }

  async function sendTaken(taken: Taken): ReturnType<typeof sendOnce> {
    const sent = await link.send(requestBody(word(taken.bytes), taken.records));
    switch (sent.is) {
      case "taken":
        taken.done();
        sentAt = clock.now();
        if (problem !== undefined) log("info", "server.takes-again", { waiting: spool.waiting.records });
        problem = undefined;
        if (sent.rejected > 0) refused(sent.rejected, sent.because ?? "");
        return "again";
      case "refused":
        // Together they may be too much; one alone that is refused will always be.
        if (taken.records.length > 1) return sendEach(taken.records.length);
        taken.done();
        refused(taken.samples, sent.because);
        return "again";
      case "barred":
        tellProblem(sent.because, "error");
        return { least: BARRED_MS };
      case "later":
        tellProblem(sent.because, "warn");
        return { least: sent.after ?? 0 };
    }
  }

  /** Those that were refused together: one of them is the reason. */
  async function sendEach(count: number): ReturnType<typeof sendOnce> {
    for (let nth = 1; nth < count; nth++) {
      const next = await sendOnce(1);
      if (next !== "again") return next;
    }
    return sendOnce(1);
  }

  function refused(samples: number, because: string): void {
    spool.lose("refused", { records: 1, samples });
    log("warn", "samples.refused", { samples, because });
  }

  function tellProblem(because: string, level: "warn" | "error"): void {
    const now = clock.monotonic();
    if (problem?.because === because && now - problem.toldAt < REMIND_MS) return;
    log(level, "server.takes-nothing", { because, waiting: spool.waiting.records, samples: spool.waiting.samples });
    problem = { because, toldAt: now };
  }

  async function sendAll(): Promise<void> {
    let failures = 0;
    while (!ended.aborted) {
      const next = await sendNext();
      if (next === "again") {
        failures = 0;
        if (spool.waiting.records > 0) continue;
      }
      writeStatus();
      if (typeof next === "object") {
        const backoff = Math.min(BACKOFF_MS_MIN * 2 ** failures, BACKOFF_MS_MAX);
        failures++;
        await pause(Math.max(next.least, backoff * (0.5 + chance.fraction() / 2)));
      } else {
        if (spool.waiting.records === 0) await news();
        await pause(GATHER_MS);
      }
    }
  }

  /** Whatever goes wrong with one request, the next is tried. */
  async function sendNext(): ReturnType<typeof sendOnce> {
    try {
      return await sendOnce(SEND_BYTES_MAX);
    } catch (error) {
      tellProblem(String(error), "error");
      return { least: BACKOFF_MS_MIN };
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
  while (clock.monotonic() < until && (await sendNext()) === "again");
  spool.close();
  writeStatus();
}

function spoolTarget(host: string): string {
  return `${host}/spool`;
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

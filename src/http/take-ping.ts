import type { FastifyRequest } from "fastify";
import type { PingTarget } from "../engine/heartbeats/heartbeats.ts";
import { faultCodes } from "../fault/codes.ts";
import { Fault } from "../fault/fault.ts";
import { type HeartbeatId, slugOf } from "../heartbeat/heartbeat.ts";
import type { HeartbeatPing } from "../heartbeat/heartbeat-state.ts";
import type { Roster } from "../roster/roster.ts";
import type { HttpFacts } from "./access.ts";
import { PingPace } from "./ping-pace.ts";
import { pingSecret } from "./ping-secret.ts";
import { sha256 } from "./tokens.ts";

/** What is kept of a body, as healthchecks keeps it; a longer one counts all the same. */
export const PING_BODY_BYTES_MAX = 100_000;
const AGENT_LENGTH_MAX = 200;

/** What a sender said. */
export type PingWord = Pick<HeartbeatPing, "kind" | "exitCode" | "run"> & { readonly body?: unknown };

/** What became of a ping. Only `heard` is durable; after `away` it is to be sent again, and is not held against the job. */
export type Taken =
  | { readonly is: "heard" }
  | { readonly is: "unknown" }
  | { readonly is: "too-often"; readonly waitSeconds: number }
  | { readonly is: "away"; readonly waitSeconds: number };

/**
 * Takes pings, in whichever form they came. One that is sent over and over is refused before the store is asked, and what
 * is unknown costs one read and no write.
 */
export class PingTaker {
  readonly #facts: HttpFacts;
  readonly #pace = new PingPace();
  readonly #slugs = new WeakMap<Roster, ReadonlyMap<string, readonly HeartbeatId[]>>();

  constructor(facts: HttpFacts) {
    this.#facts = facts;
  }

  /** By the secret in the address. */
  bySecret(secret: string, word: PingWord, request: FastifyRequest): Promise<Taken> {
    return this.take({ addressHash: sha256(pingSecret(secret)) }, word, request);
  }

  async take(target: PingTarget, { body, ...word }: PingWord, request: FastifyRequest): Promise<Taken> {
    const { heartbeats, ports } = this.#facts.engine;
    const at = ports.clock.now();
    const key = `${"id" in target ? target.id : target.addressHash} ${word.kind}`;
    const waitSeconds = this.#pace.waitFor(key, at);
    if (waitSeconds > 0) return { is: "too-often", waitSeconds };
    const excerpt = excerptOf(body);
    const agent = request.headers["user-agent"]?.slice(0, AGENT_LENGTH_MAX);
    const ping: HeartbeatPing = {
      at,
      ...word,
      ...(excerpt === "" ? {} : { excerpt }),
      from: request.ip,
      ...(agent === undefined || agent === "" ? {} : { agent }),
    };
    return this.whileAway(async () => {
      if ("addressHash" in target && (await ports.store.heartbeatByAddress(target.addressHash)) === undefined)
        return { is: "unknown" };
      // Before it is written: what comes meanwhile is counted too.
      this.#pace.count(key, at);
      return { is: (await heartbeats.hear(target, ping)) ? "heard" : "unknown" };
    });
  }

  /** Runs what asks the store; where that is away, nobody is blamed for the ping that could not be kept. */
  async whileAway<T>(work: () => Promise<T>): Promise<T | Extract<Taken, { is: "away" }>> {
    const { heartbeats, ports } = this.#facts.engine;
    const at = ports.clock.now();
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Fault) || faultCodes[error.code].status !== 503) throw error;
      heartbeats.deaf.refused(at);
      return { is: "away", waitSeconds: 5 };
    }
  }

  /** The heartbeats that a name in an address can mean: one, unless a file declares two that come down to the same. */
  async named(name: string): Promise<readonly HeartbeatId[]> {
    const { engine } = this.#facts;
    const roster = await engine.knowledge.roster(engine.ports.store);
    let slugs = this.#slugs.get(roster);
    if (slugs === undefined) {
      const grouped = Map.groupBy(roster.heartbeats, ({ id }) => slugOf(id));
      slugs = new Map([...grouped].map(([slug, ones]) => [slug, ones.map(({ id }) => id)]));
      this.#slugs.set(roster, slugs);
    }
    return slugs.get(slugOf(name)) ?? [];
  }
}

/** Cut where a character ends. */
function excerptOf(body: unknown): string {
  if (typeof body !== "string" || body === "") return "";
  const cut = Buffer.from(body.slice(0, PING_BODY_BYTES_MAX)).subarray(0, PING_BODY_BYTES_MAX).toString("utf8");
  return cut.replace(/\uFFFD+$/u, "").replaceAll("\0", "\uFFFD");
}

import type { Instant } from "../time/instant.ts";
import type { Signal } from "../triage/signal.ts";

/** What an adapter made of one request: the signals it could read, and what was wrong with the rest. */
export type Read = {
  readonly signals: readonly Signal[];
  readonly problems: readonly Problem[];
};

/** A part of a request that is no signal. `index` is its place in a batch. The valid part is kept all the same. */
export type Problem = { readonly index: number; readonly code: string; readonly message: string };

export type IngestFacts = {
  readonly at: Instant;
  readonly integration: string;
  /** Makes a dedup key for a sender that gave none. */
  readonly newKey?: () => string;
};

/** The answer in the sender's own protocol. `body` undefined is an empty body. */
export type Reply = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Reads what one kind of sender sends. Pure: no clock, no store; the body is already parsed JSON. */
export type Source = {
  readonly name: string;
  read(body: unknown, facts: IngestFacts): Read;
  /** What to answer once the readable part is durable. */
  reply(read: Read): Reply;
};

import type { Chance } from "../id/chance.ts";
import type { Locale } from "../locale/said.ts";
import type { ChannelKind, Mention } from "../policy/policy.ts";
import type { Clock } from "../time/clock.ts";
import type { Instant, Millis } from "../time/instant.ts";

/**
 * What is to be said, to whom, in which language: everything a channel needs to render, and nothing it would have to
 * look up. `headline` first: on a lock screen its first 40 characters must suffice.
 */
export type Page = {
  readonly incident: {
    readonly number: number;
    readonly title: string;
    readonly service: string;
    readonly grade: string;
    readonly gradeRank: number;
    readonly state: "triggered" | "acknowledged" | "resolved" | "closed";
    readonly openedAt: Instant;
  };
  /** Names one delivery for ever: the idempotency key, the Message-ID, the metadata of the chat message. */
  readonly delivery: string;
  readonly occasion: PageOccasion;
  /** What the document says: the clause that demanded this page, quoted with its line. */
  readonly because: { readonly clause: string; readonly text: string; readonly line: number };
  /** Until when somebody must have acknowledged; absent when nothing is demanded any more. */
  readonly respondBy?: Instant;
  /** Names of those who are being reached by the same step. */
  readonly alsoReached: readonly string[];
  readonly description: string;
  readonly links: readonly { readonly href: string; readonly text: string }[];
  /** The page with the acknowledge button; absent when there is nothing to acknowledge or no public address. */
  readonly acknowledgeUrl?: string;
  /** Further incidents that this one message speaks of (a bundle). */
  readonly bundled: readonly {
    readonly number: number;
    readonly title: string;
    readonly grade: string;
    readonly isOver: boolean;
  }[];
  readonly urgency: "wake" | "tell";
  readonly drill: boolean;
  /** The provider may have accepted this page already: said in the message, so that nobody wonders. */
  readonly mayBeDuplicate: boolean;
  readonly locale: Locale;
  readonly zone: string;
  readonly at: Instant;
};

export type PageOccasion =
  | "first"
  | "reminder"
  | "overdue"
  | "level"
  | "repeat-at-top"
  | "stalled"
  | "handed-over"
  | "informed"
  | "resolved"
  | "mentioned"
  | "bundle"
  | "test"
  | "schedule"
  | "watch"
  | "verify";

/** Where it goes: the contact's address for a person; for a room what the channel's settings name, and the mentions. */
export type Address =
  | { readonly kind: "person"; readonly name: string; readonly address: string }
  | {
      readonly kind: "room";
      readonly mention?: Mention;
      readonly people: readonly { readonly name: string; readonly address?: string }[];
    };

/**
 * What became of one attempt. `accepted`: the provider has it. `refused`: it never will, trying again is pointless.
 * `later`: no byte of it got through, or the provider asked for patience. `unknown`: bytes left and no answer came.
 */
export type Outcome =
  | { readonly is: "accepted"; readonly receipt: string; readonly thread?: string }
  | { readonly is: "refused"; readonly because: string }
  | { readonly is: "later"; readonly because: string; readonly after?: Millis }
  | { readonly is: "unknown"; readonly because: string };

export type SendFacts = {
  /** Idempotency key, passed on where the provider has such a thing. */
  readonly key: string;
  /** The channel's own handle of the incident's first message there (a Slack `ts`, an e-mail Message-ID). */
  readonly thread?: string;
  /** Gives up after so long; the outcome is then `unknown` if bytes had left. */
  readonly timeout: Millis;
  readonly clock: Clock;
  readonly chance: Chance;
};

/** A channel: parse its settings, say the words, send them and tell what became of it. One folder each. */
export type Channel<Settings = unknown, Body = unknown> = {
  readonly kind: ChannelKind;
  /** Whether it speaks to a room, to each person, or both. */
  readonly speaksTo: "rooms" | "people";
  /** The settings, frozen; throws Fault `config-invalid` with path, got and expected. */
  parse(raw: Readonly<Record<string, unknown>>): Settings;
  /** Pure. */
  render(page: Page, address: Address, settings: Settings): Body;
  send(body: Body, address: Address, settings: Settings, facts: SendFacts): Promise<Outcome>;
};

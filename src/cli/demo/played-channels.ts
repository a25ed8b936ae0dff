import type { Chance } from "../../id/chance.ts";
import type { Address, Channel, Outcome, Page, SendFacts } from "../../notify/channel.ts";
import { wordsOf } from "../../notify/words.ts";
import type { ChannelKind } from "../../policy/policy.ts";
import type { Instant } from "../../time/instant.ts";

/** What the demo pages through: nothing of it leaves the machine, each provider is played. */
const PLAYED: readonly (readonly [kind: ChannelKind, speaksTo: "rooms" | "people", provider: Provider])[] = [
  ["phone", "people", phone],
  ["sms", "people", sms],
  ["slack", "rooms", slack],
  ["email", "people", email],
  ["webhook", "people", webhook],
];

type Attempt = { readonly to: string; readonly at: Instant; readonly chance: Chance };
type Provider = (attempt: Attempt) => Outcome;

/** Takes the provider a moment, as providers do. */
const ANSWER_MS_MIN = 250;
const ANSWER_MS_MORE = 2_600;

/** The played providers; `troubles` says what goes wrong beyond their usual temper, at known times. */
export function playedChannels(troubles: readonly Trouble[]): ReadonlyMap<ChannelKind, Channel> {
  return new Map(PLAYED.map(([kind, speaksTo, provider]) => [kind, played(kind, speaksTo, provider, troubles)]));
}

/** A time in which a channel answers so, for one address or for all. */
export type Trouble = {
  readonly channel: ChannelKind;
  readonly to?: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly outcome: Outcome;
};

function played(
  kind: ChannelKind,
  speaksTo: "rooms" | "people",
  provider: Provider,
  troubles: readonly Trouble[],
): Channel {
  return {
    kind,
    speaksTo,
    parse: (raw) => raw,
    render: (page: Page) => wordsOf(page).headline,
    async send(_body: unknown, address: Address, _settings: unknown, { clock, chance }: SendFacts): Promise<Outcome> {
      await new Promise<void>((resolve) =>
        clock.after(ANSWER_MS_MIN + Math.floor(chance.fraction() * ANSWER_MS_MORE), resolve),
      );
      const at = clock.now();
      const to = address.kind === "person" ? address.address : "";
      const trouble = troubles.find(
        (one) => one.channel === kind && (one.to ?? to) === to && one.from <= at && at < one.until,
      );
      return trouble?.outcome ?? provider({ to, at, chance });
    },
  };
}

const BUSY_SHARE = 0.07;
const BUSY_CARRIER_SHARE = 0.05;
const LOST_ANSWER_SHARE = 0.12;

function phone({ chance }: Attempt): Outcome {
  if (chance.fraction() < BUSY_SHARE) return { is: "refused", because: "486 Busy Here" };
  return { is: "accepted", receipt: `call-${digits(chance, 10)}` };
}

function sms({ chance }: Attempt): Outcome {
  if (chance.fraction() < BUSY_CARRIER_SHARE)
    return { is: "later", because: "429 carrier queue is full", after: 30_000 };
  return { is: "accepted", receipt: `sms-${digits(chance, 12)}` };
}

function slack({ at, chance }: Attempt): Outcome {
  const ts = `${Math.floor(at / 1_000)}.${digits(chance, 6)}`;
  return { is: "accepted", receipt: ts, thread: ts };
}

function email({ to, chance }: Attempt): Outcome {
  return { is: "accepted", receipt: `250 2.0.0 Ok: queued as ${digits(chance, 10)} (${to})` };
}

function webhook({ chance }: Attempt): Outcome {
  if (chance.fraction() < LOST_ANSWER_SHARE) return { is: "unknown", because: "no answer within 10 s" };
  return { is: "accepted", receipt: "202 Accepted" };
}

function digits(chance: Chance, count: number): string {
  let text = "";
  while (text.length < count) text += Math.floor(chance.fraction() * 10);
  return text;
}

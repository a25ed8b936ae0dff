import { addressOf } from "../escalation/means.ts";
import { Fault } from "../fault/fault.ts";
import { randomText } from "../id/chance.ts";
import { asId } from "../id/id.ts";
import type { DeliveryId } from "../incident/event.ts";
import { testPageSaid as said } from "../locale/test-page.ts";
import type { ChannelKind } from "../policy/policy.ts";
import type { PersonId, Roster } from "../roster/roster.ts";
import type { Delivery } from "../store/store.ts";
import { HOUR_MS, type Instant, MINUTE_MS } from "../time/instant.ts";
import { noteAnswer } from "./contact-proofs.ts";
import type { Engine } from "./engine.ts";

/** Paging is also harassment: nobody is tried more often than this, whoever asks. */
const TESTS_PER_HOUR = 3;
/** A test that does not get through is told soon: somebody is looking at the screen. */
const GIVE_UP_MS = 2 * MINUTE_MS;
const GIVE_UP_QUIET_MS = HOUR_MS;
/** After incidents of every grade. */
const PRIORITY = 6;
const CLAUSE = asId<"clause">("bongsu/test");

/**
 * Puts a real page to one person through one channel into the outbox: it goes the way of every page and is counted
 * nowhere. Through a room the person is mentioned. Fault `not-found`, `conflict` or `too-many-tests`.
 */
export async function ringTestPage(
  { ports, knowledge, duties }: Engine,
  wanted: { readonly person: PersonId; readonly channel: ChannelKind; readonly by: string },
): Promise<Delivery> {
  const { store, clock, channels, chance } = ports;
  const roster = await knowledge.roster(store);
  const driver = channels.get(wanted.channel);
  if (driver === undefined || wanted.channel === "loopback")
    throw new Fault("conflict", { because: "no-driver", channel: wanted.channel });
  const person = roster.people.get(wanted.person);
  if (person === undefined) throw new Fault("not-found", { person: wanted.person });
  if (!roster.channels.some(({ kind }) => kind === wanted.channel))
    throw new Fault("conflict", { because: "not-configured", channel: wanted.channel });
  if (driver.speaksTo === "people" && addressOf(person, wanted.channel) === undefined)
    throw new Fault("conflict", { because: "no-address", channel: wanted.channel, person: person.name });

  const at = clock.now();
  const text = { title: said.title()[person.locale], description: said.description(wanted)[person.locale] };
  const page = testPage(wanted, driver.speaksTo, roster, { at, chance: randomText(chance, 10), text, quiet: false });
  await store.transaction(async (queries) => {
    const recent = (await queries.testPages(at - HOUR_MS, 1_000)).filter((one) => one.person === wanted.person);
    const oldest = recent[TESTS_PER_HOUR - 1];
    if (oldest !== undefined) {
      const retryAfterSeconds = Math.ceil((oldest.createdAt + HOUR_MS - at) / 1_000);
      throw new Fault("too-many-tests", { person: person.name, perHour: TESTS_PER_HOUR, retryAfterSeconds });
    }
    await queries.insertDeliveries([page]);
    const facts = { delivery: page.id, person: wanted.person, channel: wanted.channel };
    await queries.appendAudit([{ at, by: wanted.by, action: "channel.tested", facts }]);
  });
  duties.nudge("deliver");
  return page;
}

/** The outbox row of a test page. A quiet one wakes nobody and has time; it is none of those that somebody asked for. */
export function testPage(
  { person, channel }: { readonly person: PersonId; readonly channel: ChannelKind },
  speaksTo: "rooms" | "people",
  roster: Roster,
  facts: {
    readonly at: Instant;
    readonly chance: string;
    readonly text: NonNullable<Delivery["text"]>;
    readonly quiet: boolean;
  },
): Delivery {
  const { at, chance, text, quiet } = facts;
  const people = roster.people.has(person) ? [person] : [];
  const target = speaksTo === "rooms" ? ({ kind: "room" } as const) : ({ kind: "person", person } as const);
  return {
    // The time first, so that the newest has the greatest id.
    id: asId<"delivery">(`${quiet ? "silent" : "test"}.${at.toString(36).padStart(9, "0")}.${chance}`),
    step: asId("0.test.1"),
    kind: "test",
    grade: "",
    priority: PRIORITY,
    reach: { target, channel, urgency: quiet ? "tell" : "wake", people, clause: CLAUSE },
    person,
    channel,
    clause: CLAUSE,
    state: "queued",
    createdAt: at,
    dueAt: at,
    giveUpAt: at + (quiet ? GIVE_UP_QUIET_MS : GIVE_UP_MS),
    attempts: 0,
    unknowns: 0,
    epoch: 0,
    text,
  };
}

/** Its person pressed the button. What its sender still has to write down comes too late then, which is right. */
export async function acknowledgeTestPage(engine: Engine, id: DeliveryId, by: string): Promise<Delivery | undefined> {
  const { ports } = engine;
  const answered = await ports.store.transaction(async (queries) => {
    const page = await queries.delivery(id);
    if (page?.kind !== "test") return undefined;
    if (page.state === "acknowledged") return page;
    const at = ports.clock.now();
    const { owner: _, leaseUntil: __, ...rest } = page;
    const sentAt = page.sentAt ?? at;
    const after: Delivery = { ...rest, state: "acknowledged", sentAt, acknowledgedAt: at, epoch: page.epoch + 1 };
    if (!(await queries.updateDelivery(after, page.epoch))) return page;
    const facts = { delivery: id, person: page.person, channel: page.channel, acknowledged: true };
    await queries.appendAudit([{ at, by, action: "channel.tested", facts }]);
    return after;
  });
  if (answered !== undefined && answered.person !== "")
    await noteAnswer(engine, { delivery: answered, person: answered.person, by: "test" });
  return answered;
}

import { quietReaches } from "../escalation/reaches.ts";
import { asId } from "../id/id.ts";
import type { Reach } from "../incident/event.ts";
import { LOCALES, type Said } from "../locale/said.ts";
import type { PersonId, Roster } from "../roster/roster.ts";
import type { Delivery, Queries } from "../store/store.ts";
import type { Instant } from "../time/instant.ts";
import { driversOf, type Ports } from "./ports.ts";

/** After incidents of every grade, and after what somebody waits for at the screen. */
const PRIORITY = 7;
const CLAUSE = asId<"clause">("bongsu/schedule");

export type Notice = {
  /** Names it for ever: the same notice is sent once. */
  readonly key: string;
  readonly title: Said;
  readonly description: Said;
  readonly at: Instant;
  /** When it is of no use any more. */
  readonly until: Instant;
};

/**
 * Puts a quiet message about the schedule to each of these people into the outbox, in their language: nobody is woken.
 * Answers whom it goes to; the others have no quiet contact that can be used.
 */
export async function tellQuietly(
  queries: Queries,
  ports: Ports,
  roster: Roster,
  people: readonly PersonId[],
  notice: Notice,
): Promise<readonly PersonId[]> {
  const drivers = driversOf(ports.channels);
  const deliveries = LOCALES.flatMap((locale) => {
    const speakers = people.filter((person) => roster.people.get(person)?.locale === locale);
    const addressees = speakers.map((person) => ({ person, clause: CLAUSE }));
    const text = { title: notice.title[locale], description: notice.description[locale] };
    return quietReaches(addressees, { roster, drivers }).reach.map((reach) => delivery(reach, locale, notice, text));
  });
  await queries.insertDeliveries(deliveries);
  return deliveries.flatMap(({ reach }) => reach.people);
}

function delivery(
  reach: Reach,
  locale: string,
  { key, at, until }: Notice,
  text: NonNullable<Delivery["text"]>,
): Delivery {
  const to = reach.target.kind === "room" ? `room.${locale}` : reach.target.person;
  return {
    id: asId<"delivery">(`schedule.${key}.${to}.${reach.channel}`),
    step: asId("0.schedule.1"),
    kind: "schedule",
    grade: "",
    priority: PRIORITY,
    reach,
    person: reach.target.kind === "room" ? "" : reach.target.person,
    channel: reach.channel,
    clause: CLAUSE,
    state: "queued",
    createdAt: at,
    dueAt: at,
    giveUpAt: until,
    attempts: 0,
    unknowns: 0,
    epoch: 0,
    text,
  };
}

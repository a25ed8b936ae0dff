import type { Action } from "../../engine/actions.ts";
import { noteAnswer } from "../../engine/contact-proofs.ts";
import type { PlayedTime } from "../../engine/played-time.ts";
import { gradeNamed } from "../../escalation/levels.ts";
import { assert } from "../../fault/fault.ts";
import { asId } from "../../id/id.ts";
import type { Actor, DeliveryId } from "../../incident/event.ts";
import type { Incident } from "../../incident/incident.ts";
import type { Policy } from "../../policy/policy.ts";
import { onDuty } from "../../roster/on-duty.ts";
import { type Instant, MINUTE_MS } from "../../time/instant.ts";
import { CONDITIONS, type Condition } from "./conditions.ts";
import { requestsOf } from "./requests.ts";
import type { Deed, Story, Timed, Via } from "./story.ts";

/** Which token each kind of source sends with. */
export type Integrations = Readonly<Record<Condition["source"], string>>;

export type Happening = { readonly at: Instant; readonly happens: () => Promise<void> };

/** Plays stories and whatever else happens up to now, each at its time; what is yet to come is left out. */
export async function playStories(
  time: PlayedTime,
  stories: readonly Story[],
  facts: { readonly now: Instant; readonly zone: string; readonly integrations: Integrations },
  also: readonly Happening[],
): Promise<void> {
  const happenings = stories
    .flatMap((story, nth) => happeningsOf(time, story, { ...facts, occurrence: String(nth + 1) }))
    .concat(also)
    .filter(({ at }) => at < facts.now)
    .sort((one, other) => one.at - other.at);
  for (const { at, happens } of happenings) {
    await time.until(at);
    await happens();
  }
  await time.until(facts.now);
}

function happeningsOf(
  time: PlayedTime,
  story: Story,
  facts: { now: Instant; zone: string; integrations: Integrations; occurrence: string },
): readonly Happening[] {
  const began = beginOf(story, facts);
  const play = new StoryPlay(time, story, { ...facts, began });
  return [
    { at: began, happens: () => play.begin() },
    ...story.deeds.map((timed) => ({ at: began + timed.minute * MINUTE_MS, happens: () => play.do(timed) })),
  ];
}

function beginOf({ begins }: Story, { now, zone }: { now: Instant; zone: string }): Instant {
  if ("minutesAgo" in begins) return now - begins.minutesAgo * MINUTE_MS;
  return localTime({ now, zone }, begins.daysAgo, begins.at);
}

/** A local time on the day so many days before today. */
export function localTime({ now, zone }: { now: Instant; zone: string }, daysAgo: number, at: string): Instant {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  return today.subtract({ days: daysAgo }).toZonedDateTime({ timeZone: zone, plainTime: at }).epochMilliseconds;
}

/** One story while it is played: which incident it became, how many instances fire, what is ticked. */
class StoryPlay {
  readonly #time: PlayedTime;
  readonly #story: Story;
  readonly #facts: { readonly integrations: Integrations; readonly occurrence: string; readonly began: Instant };
  #incident: Incident["id"] | undefined;
  #firing = 0;
  #ticked = 0;

  constructor(
    time: PlayedTime,
    story: Story,
    facts: { readonly integrations: Integrations; readonly occurrence: string; readonly began: Instant },
  ) {
    this.#time = time;
    this.#story = story;
    this.#facts = facts;
  }

  async begin(): Promise<void> {
    const { opened } = this.#story;
    if (opened.by === "source") return this.#fire(opened.instances);
    const { who, title, service, grade, description, drill } = opened;
    const by: Actor = { kind: "person", person: asId(who), via: "web" };
    this.#incident = (await this.#time.open({ title, service, grade, description, drill }, by)).id;
  }

  async do({ by, via, deed }: Timed): Promise<void> {
    if (deed.do === "fire") return this.#fire(deed.instances);
    if (deed.do === "clear") return this.#clear();
    const incident = await this.#current();
    const { policy, roster } = await this.#time.engine.knowledge.planFacts(
      this.#time.store,
      incident,
      this.#time.now(),
      this.#time.now(),
    );
    const owner = gradeNamed(policy, incident.grade).owner;
    const person = by === "duty" ? onDuty(roster, owner, this.#time.now())[0] : asId<"person">(by);
    assert(person !== undefined, "somebody is on duty at every hour of the demo");
    const actor: Actor = { kind: "person", person, via };
    for (const action of await this.#actions(deed, { incident, policy, person, via })) {
      await this.#time.act(incident, action, actor);
      if (action.do !== "acknowledge" || action.delivery === undefined) continue;
      const delivery = await this.#time.store.delivery(action.delivery);
      await noteAnswer(this.#time.engine, { delivery, person, by: via === "slack" ? "button" : "link" });
    }
  }

  async #actions(
    deed: Exclude<Deed, { readonly do: "fire" | "clear" }>,
    facts: { readonly incident: Incident; readonly policy: Policy; readonly person: string; readonly via: Via },
  ): Promise<readonly Action[]> {
    const { incident, policy } = facts;
    switch (deed.do) {
      case "acknowledge": {
        const delivery = await this.#deliveryTo(incident, facts.person, facts.via);
        return [delivery === undefined ? { do: "acknowledge" } : { do: "acknowledge", delivery }];
      }
      case "escalate":
        return [{ do: "escalate", note: deed.text }];
      case "hand-over": {
        const isTeam = policy.teams.some(({ name }) => name === deed.to);
        const to = isTeam
          ? ({ kind: "team", team: deed.to } as const)
          : ({ kind: "person", person: asId<"person">(deed.to) } as const);
        return [{ do: "hand-over", to }];
      }
      case "snooze":
        return [{ do: "snooze", until: this.#time.now() + deed.minutes * MINUTE_MS }];
      case "tick": {
        const items = policy.procedures.flatMap(({ stages }) => stages.flatMap(({ steps }) => steps));
        const next = items.slice(this.#ticked, this.#ticked + deed.items);
        this.#ticked += deed.items;
        return next.map(({ id }) => ({ do: "tick", clause: id, done: true }));
      }
      case "criteria":
        return [
          {
            do: "grade-by-criteria",
            ticked: gradeNamed(policy, deed.grade)
              .criteria.slice(0, 1)
              .map(({ id }) => id),
          },
        ];
      default:
        return [deed];
    }
  }

  /** The page that somebody answers: one that reached them through the means they answer with. */
  async #deliveryTo(incident: Incident, person: string, via: Via): Promise<DeliveryId | undefined> {
    const channel = via === "mail-link" ? "email" : via;
    const deliveries = await this.#time.store.deliveriesOfIncident(incident.id);
    return deliveries.findLast(
      (one) =>
        one.state === "accepted" &&
        one.channel === channel &&
        (one.person === person || one.reach.target.kind === "room"),
    )?.id;
  }

  async #fire(instances: number): Promise<void> {
    const from = instances > this.#firing ? this.#firing : 0;
    await this.#tell(from, instances);
    this.#firing = Math.max(this.#firing, instances);
    // A condition that fires again begins anew.
    this.#incident ??= (await this.#newest()).id;
  }

  async #clear(): Promise<void> {
    await this.#tell(0, this.#firing, this.#time.now());
    this.#firing = 0;
  }

  async #tell(from: number, to: number, over?: Instant): Promise<void> {
    const { opened } = this.#story;
    assert(opened.by === "source", "only sources fire and clear");
    const condition: Condition = CONDITIONS[opened.condition];
    const { integrations, occurrence, began } = this.#facts;
    const times = { began: over === undefined ? this.#time.now() : began, ...(over === undefined ? {} : { over }) };
    for (const body of requestsOf({ condition, from, to, occurrence, ...times })) {
      await this.#time.receive(condition.source, integrations[condition.source], body);
    }
  }

  async #newest(): Promise<Incident> {
    const [incident] = await this.#time.store.incidents({ limit: 1 });
    assert(incident !== undefined, "what fires opens an incident");
    return incident;
  }

  async #current(): Promise<Incident> {
    const incident = this.#incident === undefined ? undefined : await this.#time.store.incident(this.#incident);
    assert(incident !== undefined, "the story has an incident");
    return incident;
  }
}

import { act } from "../engine/actions.ts";
import type { Engine } from "../engine/engine.ts";
import type { Reach } from "../incident/event.ts";
import type { IncidentId } from "../incident/incident.ts";
import type { PersonId } from "../roster/roster.ts";
import type { Instant } from "../time/instant.ts";
import type { Agenda } from "./agenda.ts";
import { askOf } from "./asks.ts";
import { answerDelay, answerer, type PeopleModel } from "./people-model.ts";
import type { ReplayedRecords } from "./replayed-records.ts";

/** Somebody is waited for in an incident: who was woken for it, and which answer of the record belongs to it. */
type Asked = {
  readonly key: string;
  readonly nth: number;
  readonly woken: PersonId[];
  answersAt: Instant | undefined;
};

/** The people of a replay: woken by its pages, they acknowledge by the model and do what they did after that. */
export class ReplayedPeople {
  readonly #engine: Engine;
  readonly #model: PeopleModel;
  readonly #agenda: Agenda;
  readonly #records: ReplayedRecords;
  readonly #asked = new Map<IncidentId, Asked[]>();

  constructor(
    engine: Engine,
    facts: { readonly model: PeopleModel; readonly agenda: Agenda; readonly records: ReplayedRecords },
  ) {
    this.#engine = engine;
    this.#model = facts.model;
    this.#agenda = facts.agenda;
    this.#records = facts.records;
  }

  async woke(id: IncidentId, page: Reach | undefined, at: Instant): Promise<void> {
    if (page?.urgency !== "wake" || page.people.length === 0) return;
    const incident = await this.#engine.ports.store.incident(id);
    const key = askOf(incident);
    if (key === undefined) return;
    const asks = this.#asked.get(id) ?? [];
    this.#asked.set(id, asks);
    let asked = asks.at(-1);
    if (asked?.key !== key) {
      asked = { key, nth: asks.length, woken: [], answersAt: undefined };
      asks.push(asked);
    }
    asked.woken.push(...page.people.filter((person) => !asked.woken.includes(person)));
    const model = this.#model;
    const recorded = this.#records.of(id)?.answers[asked.nth];
    if (asked.answersAt !== undefined || answerer(recorded, asked.woken, model) === undefined) return;
    asked.answersAt = at + answerDelay(recorded, model);
    const answering = asked;
    // Who takes exactly as long as allowed is in time; what the record tells happened when it happened.
    const before = recorded === undefined;
    this.#agenda.add({ at: asked.answersAt, before, happens: () => this.#answer(id, answering) });
  }

  async #answer(id: IncidentId, { key, nth, woken }: Asked): Promise<void> {
    const incident = await this.#engine.ports.store.incident(id);
    if (askOf(incident) !== key) return;
    const record = this.#records.of(id);
    const recorded = record?.answers[nth];
    const person = answerer(recorded, woken, this.#model);
    if (person === undefined) return;
    await act(this.#engine, id, { do: "acknowledge" }, { kind: "person", person, via: "replay" });
    if (record === undefined) return;
    const now = this.#engine.ports.clock.now();
    for (const deed of record.deeds) {
      if (deed.anchor?.answer !== nth) continue;
      this.#agenda.add({ at: now + deed.anchor.since, before: false, happens: () => this.#records.do(record, deed) });
    }
  }
}

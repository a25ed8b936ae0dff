import type { IncidentId } from "../../incident/incident.ts";
import { withWords, wordsOf } from "../../incident/searchable-text.ts";
import type { PersonId } from "../../roster/roster.ts";
import type { PositionedEvent, Queries } from "../../store/store.ts";
import { CANARY_SERVICE } from "../canary/canary-policy.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Duty, Ports } from "../ports.ts";

/**
 * Incidents become findable a moment after they changed, so that no signal waits for it: the duty reads on where a
 * setting says that it stopped. Two connections may commit their events in another order than they numbered them, so
 * the last few are read again each time and for a while after; words that are there already change nothing.
 */
export function indexDuty(ports: Ports, knowledge: Knowledge): Duty {
  const { store } = ports;
  let seen = -1;
  let lookAgainUntil = 0;
  return {
    name: "index",
    promise: {
      ko: "장애의 제목, 메모, 경보를 검색할 수 있게 색인합니다.",
      en: "Makes titles, notes and alerts of incidents searchable.",
    },
    everyMs: ports.settings.pollMs,
    async run(at) {
      const last = await store.lastPosition();
      if (last === seen && at >= lookAgainUntil) return { status: { events: 0, behind: 0 } };
      const position = Number((await store.setting(POSITION)) ?? 0);
      const events = await store.eventsAfter(Math.max(Math.min(position, last) - OVERLAP, 0), EVENTS_MAX);
      await index(events);
      const reached = events.at(-1)?.position ?? 0;
      if (reached > position) {
        await store.putSetting(POSITION, reached);
        lookAgainUntil = at + LOOK_AGAIN_MS;
      }
      const more = events.length === EVENTS_MAX;
      seen = more ? -1 : last;
      return { status: { events: events.length, behind: Math.max(last - reached, 0) }, next: more ? at : undefined };
    },
  };

  async function index(events: readonly PositionedEvent[]): Promise<void> {
    const roster = await knowledge.roster(store);
    const nameOf = (id: string): string => roster.people.get(id as PersonId)?.name ?? id;
    const words = new Map<IncidentId, string[]>();
    for (const one of events) {
      const found = wordsOf(one, nameOf);
      if (found.length > 0) words.set(one.incident, [...(words.get(one.incident) ?? []), ...found]);
    }
    const changed = [...words];
    for (let from = 0; from < changed.length; from += INCIDENTS_AT_ONCE) {
      const some = changed.slice(from, from + INCIDENTS_AT_ONCE);
      await store.transaction(async (queries) => {
        for (const [id, found] of some) await add(queries, id, found);
      });
    }
  }

  async function add(queries: Queries, id: IncidentId, words: readonly string[]): Promise<void> {
    const text = await queries.incidentText(id);
    const body = withWords(text ?? "", words);
    if (body === text) return;
    const incident = await queries.incident(id);
    if (incident === undefined || incident.service === CANARY_SERVICE) return;
    await queries.putIncidentText({ incident: id, number: incident.number, body });
  }
}

const POSITION = "index.position";
/** More events than commit at once. */
const OVERLAP = 100;
const EVENTS_MAX = 1_000;
/** Few enough that no signal waits long for its turn to write. */
const INCIDENTS_AT_ONCE = 25;
/** Longer than a commit of a cluster takes that loses a node. */
const LOOK_AGAIN_MS = 15_000;

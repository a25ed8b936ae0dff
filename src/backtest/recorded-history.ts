import { CANARY_SERVICE } from "../engine/canary/canary-policy.ts";
import type { Engine } from "../engine/engine.ts";
import { Fault } from "../fault/fault.ts";
import type { Instant } from "../time/instant.ts";
import { INCIDENTS_MAX, type RecordedIncident } from "./history.ts";
import { recordIncident } from "./record-incident.ts";

const PAGE = 100;
const EVENTS_MAX = 100_000;

/**
 * The incidents that opened in [from, to) as they are recorded, newest first. Between two of them everybody else has
 * their turn: paging never waits for an export. Fault `too-large` where there are more than a replay takes.
 */
export async function* recordedHistory(
  { ports, knowledge }: Engine,
  { from, to }: { readonly from?: Instant; readonly to?: Instant },
): AsyncGenerator<RecordedIncident> {
  const { store, clock } = ports;
  const period = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  const count = await store.countIncidents(period);
  if (count > INCIDENTS_MAX) throw new Fault("too-large", { incidents: count, incidentsMax: INCIDENTS_MAX });
  const until = clock.now();
  for (let before: number | undefined; ; ) {
    const page = await store.incidents({
      ...period,
      limit: PAGE,
      ...(before === undefined ? {} : { beforeNumber: before }),
    });
    for (const { id, policy: pinned, service } of page) {
      await othersTurn();
      if (service === CANARY_SERVICE) continue;
      const events = await store.eventsOf(id, 0, EVENTS_MAX);
      const policy = await knowledge.policy(store, pinned);
      const record = recordIncident(id, events, { policy, until });
      if (record !== undefined) yield record;
    }
    before = page.at(-1)?.number;
    if (before === undefined || page.length < PAGE) return;
  }
}

function othersTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

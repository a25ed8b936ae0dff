import { asId } from "../../src/id/id.ts";
import type { Actor } from "../../src/incident/event.ts";
import { MINUTE_MS, SECOND_MS } from "../../src/time/instant.ts";
import { POLICY, ROSTER } from "../scenarios/scenario.ts";
import { World } from "../world/world.ts";

const START = Date.UTC(2026, 2, 2);
const KIM: Actor = { kind: "person", person: asId("kim"), via: "test" };

export type Lived = {
  readonly places: readonly string[];
  readonly problems: readonly string[];
  readonly deaths: number;
};

/** One eventful hour, killed at that place of those at which it can be, or at none. */
export async function liveHour(killAt: number | undefined): Promise<Lived> {
  const places: string[] = [];
  let deaths = 0;
  let going = false;
  const unheard = new Set<string>();
  const world = await World.create({
    policy: POLICY,
    roster: ROSTER,
    start: START,
    settings: { watchMs: 10 * MINUTE_MS },
    perilous: (place) => {
      if (!going) return;
      places.push(place);
      if (places.length === killAt) {
        deaths++;
        world.crash();
      }
    },
    provider: ({ channel, page, to }) => {
      // The first message to lee by SMS gets no answer, and Slack is broken throughout.
      if (channel === "slack") return { is: "refused", because: "no such room" };
      if (channel === "sms" && to.endsWith("2") && !unheard.has(page.delivery)) {
        unheard.add(page.delivery);
        return { is: "unknown", because: "no answer" };
      }
      return { is: "accepted", receipt: "ok" };
    },
  });
  const problems: string[] = [];
  const pass = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      await world.advance(SECOND_MS);
      if (!world.isAlive) await world.begin();
    }
  };
  const tell = async (key: string, status: "firing" | "resolved" = "firing"): Promise<void> => {
    while (!(await world.receive("signals", { key, title: key, service: "결제", severity: "critical", status })))
      await pass(1);
  };
  const does = async (number: number, action: Parameters<World["act"]>[1]): Promise<void> => {
    while ((await world.act(number, action, KIM)) === undefined) await pass(1);
  };

  going = true;
  await tell("disk");
  await pass(2);
  await pass(6 * 60);
  await does(1, { do: "acknowledge" });
  await pass(1);
  await does(1, { do: "hand-over", to: { kind: "team", team: "L3 지원팀" } });
  await pass(10);
  await does(1, { do: "snooze", until: world.clock.now() + 3 * MINUTE_MS });
  await pass(4 * 60);
  await tell("disk-2");
  await pass(1);
  await tell("disk", "resolved");
  await does(1, { do: "resolve" });
  await pass(5);
  going = false;
  await pass(70);

  const { store } = world;
  for (const key of ["disk", "disk-2"]) {
    const [alert] = await store.alertsById([world.engine.intake.idOf({ integration: "test", key: asId(key) })]);
    if (alert?.incident === undefined) problems.push(`${key} was accepted and belongs to no incident`);
  }
  const incidents = await store.incidents({ limit: 10 });
  if (incidents.length !== 1) problems.push(`there are ${incidents.length} incidents instead of one`);
  if (incidents[0]?.state !== "resolved") problems.push(`the incident is ${incidents[0]?.state}`);
  if ((await store.inboxBacklog()).count > 0) problems.push("received requests still wait");
  if ((await store.dueDeliveries(world.clock.now(), 10)).length > 0) problems.push("pages are still due");
  for (const { invariant, detail } of await world.violations()) problems.push(`${invariant}: ${detail}`);
  const times = new Map<string, number>();
  for (const { page } of world.sent) {
    const before = times.get(page.delivery) ?? 0;
    times.set(page.delivery, before + 1);
    if (before > 0 && !page.mayBeDuplicate) problems.push(`${page.delivery} was sent again without saying so`);
    // Once, once more after the answer that never came, and once more after the kill.
    if (before > 2) problems.push(`${page.delivery} was sent ${before + 1} times`);
  }
  problems.push(...world.log.filter((line) => /watch\.violation|failed/.test(line)));
  await store.close();
  return { places, problems, deaths };
}

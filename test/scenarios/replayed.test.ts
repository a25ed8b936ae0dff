import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { History, RecordedIncident } from "../../src/backtest/history.ts";
import { readHistory } from "../../src/backtest/read-history.ts";
import { recordIncident } from "../../src/backtest/record-incident.ts";
import { type Played, replay } from "../../src/backtest/replay.ts";
import { historyLine } from "../../src/backtest/write-history.ts";
import type { Drivers } from "../../src/escalation/means.ts";
import { asId } from "../../src/id/id.ts";
import { type DeliveryId, pagesOf, type Reach } from "../../src/incident/event.ts";
import { readRoster } from "../../src/roster/read-roster.ts";
import { type Instant, MINUTE_MS } from "../../src/time/instant.ts";
import { FOLDER, offset, POLICY, playWorld, ROSTER } from "./scenario.ts";

/**
 * Reality first, the replay of its record second: the same messages, to the same addresses, at the same second. Scenarios
 * in which channels are broken have no counterpart, since a replay's channels always work.
 */
const REPLAYED = [
  "01-critical-nobody-answers",
  "02-major-climbs",
  "03-minor-quiet-hours",
  "04-acknowledged-and-forgotten",
  "05-hand-over",
  "06-escalated-by-hand",
  "07-resolved-tells-quietly",
  "08-fires-again",
  "12-storm",
  "13-snoozed",
  "14-raised-to-critical",
  "15-source-falls-silent",
  "16-crash-in-the-night",
  "17-opened-by-a-person",
  "18-worse-than-before",
  "19-lowered-while-nobody-answers",
  "20-mentioned-in-a-note",
];

for (const name of REPLAYED)
  test(`the record of ${name} replayed gives the messages of its golden timeline`, async () => {
    const { records, start } = await recordsOf(name);
    const read = readHistory(records.map(historyLine).join("\n"), { endAfter: 60 * MINUTE_MS });
    assert.ok(read.is === "read", JSON.stringify(read));
    const inOrder = records.toSorted((one, other) => one.openedAt - other.openedAt);
    assert.deepEqual(
      read.history.incidents.map(({ answers, deeds }) => ({ answers, deeds: deeds.length })),
      inOrder.map(({ answers, deeds }) => ({ answers, deeds: deeds.length })),
    );
    assert.deepEqual(messagesOf(await replayed(read.history), start), goldenMessages(name));
  });

const DRIVERS: Drivers = new Map([
  ["email", "people"],
  ["slack", "rooms"],
  ["webhook", "people"],
  ["sms", "people"],
]);

async function recordsOf(name: string): Promise<{ records: readonly RecordedIncident[]; start: Instant }> {
  const { world, start } = await playWorld(readFileSync(join(FOLDER, `${name}.scenario`), "utf8"));
  const records: RecordedIncident[] = [];
  const policy = await world.engine.knowledge.currentPolicy(world.store);
  for (const incident of await world.store.incidents({ limit: 500 })) {
    const events = await world.store.eventsOf(incident.id, 0, 100_000);
    records.push(recordIncident(incident.id, events, { policy, until: world.clock.now() }) as RecordedIncident);
  }
  await world.store.close();
  return { records, start };
}

function replayed(history: History): Promise<Played> {
  const roster = readRoster({ file: "roster.yaml", text: ROSTER });
  return replay(
    {
      policy: { id: asId("policy"), file: "policy.md", text: POLICY },
      roster: [{ from: 0, facts: roster.items ?? [] }],
    },
    history,
    { drivers: DRIVERS, zone: "Asia/Seoul", model: { answerAfter: 5 * MINUTE_MS, asleep: [] }, onProgress: () => {} },
  );
}

/** What the channels took, in the words of the golden files. */
function messagesOf({ incidents, roster }: Played, start: Instant): readonly string[] {
  const lines: string[] = [];
  for (const { events, from } of incidents) {
    const pages = new Map<DeliveryId, { readonly reach: Reach; readonly kind: string }>();
    for (const { event, at } of events) {
      const kind = event.type === "step-taken" ? event.kind : "mentioned";
      for (const page of pagesOf(event)) pages.set(page.delivery, { reach: page, kind });
      if (event.type !== "delivery-accepted") continue;
      const page = pages.get(event.delivery);
      assert.ok(page !== undefined);
      const { target, channel, mention } = page.reach;
      const to =
        target.kind === "room"
          ? `#room${mention === undefined ? "" : ` @${mention}`}`
          : roster.people.get(target.person)?.contacts.find((contact) => contact.channel === channel)?.address;
      lines.push(`${offset(at - start)}  ${channel} → ${to}: INC-${"record" in from ? from.record : 0} ${page.kind}`);
    }
  }
  return lines.sort();
}

function goldenMessages(name: string): readonly string[] {
  const golden = readFileSync(join(FOLDER, `${name}.golden.txt`), "utf8");
  const [, sent = ""] = golden.split("보낸 것\n");
  return sent
    .split("\n")
    .filter((line) => line !== "")
    .sort();
}

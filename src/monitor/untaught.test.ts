import assert from "node:assert/strict";
import { test } from "node:test";
import { asId } from "../id/id.ts";
import { DAY_MS, fromIso, HOUR_MS, type Instant } from "../time/instant.ts";
import { dependenciesOf } from "../triage/dependencies.ts";
import { type Untaught, type UntaughtFacts, untaughtHours } from "./untaught.ts";

const MONDAY: Instant = fromIso("2026-11-23T10:00:00+09:00") ?? 0;
const NONE: UntaughtFacts = {
  incidents: [],
  silences: [],
  maintenances: [],
  dependencies: dependenciesOf([{ name: "shop", dependsOn: ["db"] }]),
};
const SHOP = { service: "shop", labels: { service: "shop", host: "web-1" } };

function why(facts: Partial<UntaughtFacts>, at: Instant = MONDAY): Untaught | undefined {
  return untaughtHours(SHOP, { ...NONE, ...facts })({ start: at, end: at + HOUR_MS });
}

test("an hour of an incident of the service teaches nothing, nor one of what the service stands on", () => {
  const incident = (service: string) => ({ service, from: MONDAY + HOUR_MS / 2, to: MONDAY + 2 * HOUR_MS });
  assert.equal(why({ incidents: [incident("shop")] }), "incident");
  assert.equal(why({ incidents: [incident("db")] }), "incident");
  assert.equal(why({ incidents: [incident("web-1")] }), "incident");
  assert.equal(why({ incidents: [incident("mail")] }), undefined);
  assert.equal(why({ incidents: [incident("shop")] }, MONDAY - HOUR_MS), undefined);
  assert.equal(why({ incidents: [incident("shop")] }, MONDAY + 2 * HOUR_MS), undefined);
});

test("what goes on for more than a day is how things are now", () => {
  const incidents = [{ service: "shop", from: MONDAY, to: undefined }];
  assert.equal(why({ incidents }, MONDAY + 23 * HOUR_MS), "incident");
  assert.equal(why({ incidents }, MONDAY + DAY_MS), undefined);
});

test("nor does an hour that people muted, by a silence or a maintenance window", () => {
  const silence = {
    id: asId<"silence">("s"),
    matchers: [{ name: "service", value: "shop", isRegex: false, isEqual: true }],
    startsAt: MONDAY,
    endsAt: MONDAY + HOUR_MS,
    updatedAt: MONDAY,
    createdBy: "kim",
    comment: "",
  };
  assert.equal(why({ silences: [silence] }), "silence");
  assert.equal(why({ silences: [silence] }, MONDAY + HOUR_MS), undefined);
  const window = {
    id: asId<"maintenance">("m"),
    title: "deploy",
    services: ["shop"],
    matchers: [],
    zone: "Asia/Seoul",
    start: "2026-11-02T10:00",
    durationMinutes: 30,
    repeat: { kind: "weekly", weekdays: [1] },
    createdBy: "kim",
    updatedAt: MONDAY,
  } as const;
  assert.equal(why({ maintenances: [window] }), "maintenance");
  assert.equal(why({ maintenances: [window] }, MONDAY + HOUR_MS), undefined);
  assert.equal(why({ maintenances: [{ ...window, services: ["mail"] }] }), undefined);
});

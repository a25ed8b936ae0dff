import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { App, LogLevel } from "@slack/bolt";
import type { Interaction } from "../../src/notify/slack/interaction.ts";
import { parseSlack } from "../../src/notify/slack/slack.ts";
import { type SocketMode, socketMode } from "../../src/notify/slack/socket-mode.ts";
import type { Clock } from "../../src/time/clock.ts";
import { systemClock } from "../../src/time/system-clock.ts";
import { startHouse } from "../peers/house.ts";
import { type SlackSocket, startSlackSocket } from "../peers/slack-socket.ts";
import { until } from "../peers/until.ts";

const APP_TOKEN = "xapp-1-A1-test";

const envelope = (id: string, incident: number, delivery = "d1"): object => ({
  envelope_id: id,
  type: "interactive",
  accepts_response_payload: true,
  payload: {
    type: "block_actions",
    team: { id: "T1", domain: "example" },
    user: { id: "U0000BOSS", name: "boss", username: "boss" },
    channel: { id: "C1", name: "room" },
    actions: [
      {
        type: "button",
        block_id: "b",
        action_id: "bongsu_acknowledge",
        value: JSON.stringify({ incident, delivery }),
        action_ts: "1",
      },
    ],
  },
});

describe("Socket Mode", () => {
  let slack: SlackSocket;
  let mode: SocketMode | undefined;
  const waits: number[] = [];
  const pressed: Interaction[] = [];
  const logged: string[] = [];
  /** The real clock, but what it is asked to wait for comes at once and is written down. */
  const hasty: Clock = {
    ...systemClock,
    after(delay, wake) {
      waits.push(delay);
      return systemClock.after(20, wake);
    },
  };

  beforeEach(async () => {
    slack = await startSlackSocket();
    for (const list of [waits, pressed, logged]) list.length = 0;
  });
  afterEach(async () => {
    mode?.close();
    mode = undefined;
    await slack.stop();
  });

  function begin(press: (interaction: Interaction) => void = (one) => void pressed.push(one)): void {
    const settings = parseSlack({ token: "xoxb-t", room: "C1", api_url: slack.url, app_token: APP_TOKEN });
    mode = socketMode(settings, {
      clock: hasty,
      log: (_level, event, facts) => void logged.push(`${event} ${JSON.stringify(facts)}`),
      press,
    });
  }
  const isOpen = (times = 1) =>
    until("the connection", () => logged.filter((line) => line.startsWith("slack.socket-open")).length >= times);

  test("calls Slack with the app's token, and acknowledges each envelope before it acts on it", async () => {
    begin();
    await isOpen();
    assert.deepEqual(
      slack.opened.map(({ token }) => token),
      [APP_TOKEN],
    );
    const from = Date.now();
    slack.say(envelope("e-1", 7));
    const heard = await until("the acknowledgement", () => slack.heard[0]);
    assert.deepEqual(heard.message, { envelope_id: "e-1" });
    assert.ok(heard.at - from < 3_000, "Slack waits three seconds");
    const press = await until("the press", () => pressed[0]);
    assert.deepEqual([press.action, press.incident, press.slackUser], ["acknowledge", 7, "U0000BOSS"]);
  });

  test("acknowledges what it has no use for too, so that Slack does not send it again", async () => {
    begin();
    await isOpen();
    slack.say({ envelope_id: "e-1", type: "events_api", payload: { type: "event_callback" } });
    slack.say({ envelope_id: "e-2", type: "slash_commands", payload: { command: "/x" } });
    slack.say({ envelope_id: "e-3", type: "interactive", payload: null });
    slack.say("not an object");
    slack.say(null);
    slack.say(envelope("e-4", 8));
    await until("the last of them", () => slack.heard.length >= 4);
    assert.deepEqual(
      slack.heard.map(({ message }) => message),
      ["e-1", "e-2", "e-3", "e-4"].map((envelope_id) => ({ envelope_id })),
    );
    assert.deepEqual(
      pressed.map(({ incident }) => incident),
      [8],
    );
  });

  test("connects again when Slack asks for it, and is heard on the new connection", async () => {
    begin();
    await isOpen();
    slack.say({ type: "disconnect", reason: "refresh_requested" });
    await isOpen(2);
    slack.say(envelope("e-9", 9));
    const heard = await until("the acknowledgement", () => slack.heard[0]);
    assert.equal(heard.connection, 2);
    assert.equal((await until("the press", () => pressed[0])).incident, 9);
    await until("the end of the first", () => slack.standing() === 1);
  });

  test("connects again when the connection breaks, waiting a second at first", async () => {
    begin();
    await isOpen();
    for (let n = 2; n <= 4; n++) {
      slack.cut();
      await isOpen(n);
    }
    assert.equal(slack.opened.length, 4);
    assert.deepEqual(waits, [1_000, 1_000, 1_000], "a greeting makes the wait short again");
  });

  test("waits longer and longer, at most a minute, while Slack refuses, and goes on trying", async () => {
    slack.refuse({ ok: false, error: "internal_error" });
    begin();
    await until("some tries", () => slack.opened.length >= 9);
    assert.deepEqual(waits.slice(0, 8), [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    slack.refuse(undefined);
    await isOpen();
    assert.ok(logged.some((line) => line.includes("internal_error")));
    assert.doesNotMatch(logged.join("\n"), /xapp-/);
  });

  test("survives answers that are none", async () => {
    for (const answer of [{}, { ok: true }, { ok: true, url: "not a url" }, { ok: true, url: "http://x" }]) {
      slack.refuse(answer);
      const tries = slack.opened.length;
      if (mode === undefined) begin();
      await until("the next try", () => slack.opened.length > tries + 1);
    }
    slack.refuse(undefined);
    await isOpen();
  });

  test("stays closed once it is closed", async () => {
    begin();
    await isOpen();
    mode?.close();
    await until("the end", () => slack.standing() === 0);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(slack.opened.length, 1);
  });

  test("closed while it waits, does not come back", async () => {
    slack.refuse({ ok: false, error: "internal_error" });
    begin();
    await until("a wait", () => waits.length > 0);
    mode?.close();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const tries = slack.opened.length;
    slack.refuse(undefined);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(slack.opened.length, tries);
    assert.equal(slack.standing(), 0);
  });

  /** The peer above is ours; here Slack's own framework finds it good, with the same envelope. */
  test("the envelopes of these tests are ones that Slack's own framework takes for presses", async () => {
    const app = new App({
      appToken: APP_TOKEN,
      socketMode: true,
      authorize: () => Promise.resolve({ botToken: "xoxb-t", botId: "B1", botUserId: "U1" }),
      clientOptions: { slackApiUrl: slack.url },
      logLevel: LogLevel.ERROR,
    });
    const values: string[] = [];
    app.action("bongsu_acknowledge", async ({ ack, action }) => {
      await ack();
      if (action.type === "button") values.push(action.value ?? "");
    });
    await app.start();
    slack.say(envelope("e-bolt", 7));
    await until("the press in the framework", () => values.length > 0);
    assert.deepEqual(values, ['{"incident":7,"delivery":"d1"}']);
    const heard = await until("its acknowledgement", () => slack.heard[0]);
    assert.equal((heard.message as { envelope_id: string }).envelope_id, "e-bolt");
    await app.stop();
    // Cut off before it has said goodbye, it would connect again.
    await until("the end of its connection", () => slack.standing() === 0);
  });
});

test("a server that nothing can reach from outside is acknowledged through Socket Mode", async () => {
  const socket = await startSlackSocket();
  // One host answers both: messages are posted to the peer of the house, the socket is asked for here.
  const house = await startHouse({ slackSettings: `, app_token: "${APP_TOKEN}"`, slackApi: socket.url });
  try {
    await until("the connection", () => socket.standing() === 1);
    const token = await house.bongsu.token("ingest");
    const body = { key: "k", title: "응답 없음", service: "소켓", severity: "critical" };
    assert.equal((await house.call("/api/v1/signals", { method: "POST", token, body })).status, 202);
    const { number } = await house.incident("소켓");
    socket.say(envelope("e-real", number));
    const { acknowledged } = await house.incident("소켓", ({ state }) => state === "acknowledged");
    assert.deepEqual(acknowledged?.by, { kind: "person", person: "boss", via: "slack" });
    assert.doesNotMatch(house.bongsu.output(), /xapp-|xoxb-/);
  } finally {
    await house.stop();
    await socket.stop();
  }
});

test("Socket Mode is taken up and put down as its settings change, without a new start", async () => {
  const socket = await startSlackSocket();
  const house = await startHouse();
  try {
    const token = await house.bongsu.token("admin");
    const call = (method: string, body: object) => house.call("/api/v1/channels/slack", { method, token, body });
    // As if somebody had set it up here.
    house.tamper("update roster_item set managed_by = null where kind = 'channel'");
    const { channels } = (await house.call("/api/v1/channels", { token })).json<{
      channels: { kind: string; configured: { revision: number } | null }[];
    }>();
    const revision = channels.find(({ kind }) => kind === "slack")?.configured?.revision;
    const settings = { room: "C0123456789", api_url: socket.url, app_token: APP_TOKEN };
    const changed = await call("PUT", { settings, revision });
    assert.equal(changed.status, 200, changed.text);
    await until("the connection", () => socket.standing() === 1);
    const removed = await call("DELETE", { revision: changed.json<{ revision: number }>().revision, confirm: true });
    assert.equal(removed.status, 200, removed.text);
    await until("its end", () => socket.standing() === 0);
  } finally {
    await house.stop();
    await socket.stop();
  }
});

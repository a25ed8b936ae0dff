import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { AlertDetail, AlertList, MutePreview, SilenceList, SilenceRow } from "../../src/http/wire/alerts.ts";
import type { IncidentOverview } from "../../src/http/wire/incident.ts";
import type { MaintenanceList, MaintenancePreview, MaintenanceRow } from "../../src/http/wire/maintenance.ts";
import { type House, startHouse } from "../peers/house.ts";
import { until } from "../peers/until.ts";

describe("alerts, silences and maintenance windows", () => {
  let house: House;
  let admin: string;
  let ingest: string;
  const fire = async (key: string, service: string, more: object = {}): Promise<void> => {
    const body = { key, title: `${key} 경보`, service, severity: "critical", ...more };
    assert.equal((await house.call("/api/v1/signals", { method: "POST", token: ingest, body })).status, 202);
  };
  const alerts = async (query: string): Promise<AlertList> =>
    (await house.call(`/api/v1/alerts?${query}`, { token: admin })).json<AlertList>();
  const send = (method: string, path: string, body?: unknown): ReturnType<House["call"]> =>
    house.call(path, { method, token: admin, ...(body === undefined ? {} : { body }) });
  const alertOf = (key: string): Promise<AlertList["alerts"][number]> =>
    until(`the alert ${key}`, async () => (await alerts(`q=${encodeURIComponent(key)}`)).alerts[0]);
  const service = (value: string): object => ({ name: "service", value, isRegex: false, isEqual: true });
  before(async () => {
    house = await startHouse();
    admin = await house.bongsu.token("admin");
    ingest = await house.bongsu.token("ingest");
    await fire("db/1", "결제", { labels: { host: "db-01" } });
    await house.incident("결제");
  });
  after(() => house?.stop());

  test("an alert is found by its labels and shows its incident and the request that brought it", async () => {
    await fire("etc/1", "기타");
    await house.incident("기타");
    const { alerts: found } = await alerts("q=host%3Ddb-01&status=firing");
    assert.equal(found.length, 1);
    const detail = (await send("GET", `/api/v1/alerts/${encodeURIComponent(found[0]?.id ?? "")}`)).json<AlertDetail>();
    assert.equal(detail.incident, 1);
    assert.equal(JSON.parse(detail.received?.body ?? "{}").key, "db/1");
    const reader = await house.bongsu.token("read");
    const seen = await house.call(`/api/v1/alerts/${encodeURIComponent(detail.id)}`, { token: reader });
    assert.equal(seen.json<AlertDetail>().received, null);
    assert.equal((await send("GET", "/api/v1/alerts/none")).status, 404);
    assert.equal((await alerts("incident=1")).alerts[0]?.id, detail.id);
    assert.equal((await alerts("incident=1&status=resolved")).alerts.length, 0);
    const paged = await alerts("limit=1");
    assert.equal((await alerts(`limit=1&after=${encodeURIComponent(paged.after ?? "")}`)).alerts.length, 1);
  });

  test("the preview of a silence tells what it would hold back", async () => {
    const body = { matchers: [service("결제")], minutes: 60 };
    const preview = (await send("POST", "/api/v1/silences/preview", body)).json<MutePreview>();
    assert.equal(preview.alerts, 1);
    assert.equal(preview.lastWeek, 1);
    assert.deepEqual(
      preview.incidents.map(({ number }) => number),
      [1],
    );
    assert.equal(preview.warning, null);
    assert.equal((await send("POST", "/api/v1/silences/preview", { matchers: [] })).status, 400);
  });

  test("a silence mutes what it matches, tells how much, can be changed, and ends when it is told to", async () => {
    const made = await send("POST", "/api/v1/silences", {
      matchers: [service("조용")],
      minutes: 30,
      comment: "배포 중",
    });
    assert.equal(made.status, 201);
    const { id } = made.json<SilenceRow>();
    await fire("quiet/1", "조용");
    const alert = await alertOf("quiet/1");
    assert.deepEqual([alert.mute?.because, alert.mute?.name, alert.incident], ["silenced", "배포 중", null]);
    assert.equal((await alerts("muted=silenced")).alerts.length, 1);
    assert.equal(
      (await alerts("muted=none")).alerts.some(({ id: one }) => one === alert.id),
      false,
    );
    const { silences } = (await send("GET", "/api/v1/silences?state=active")).json<SilenceList>();
    assert.deepEqual(
      silences.map(({ id: one, muting }) => [one, muting]),
      [[id, 1]],
    );
    const longer = { matchers: [service("조용")], minutes: 90, comment: "배포 연장" };
    const changed = (await send("PUT", `/api/v1/silences/${id}`, longer)).json<SilenceRow>();
    assert.equal(Date.parse(changed.endsAt) - Date.parse(changed.startsAt), 90 * 60_000);
    assert.equal((await send("DELETE", `/api/v1/silences/${id}`)).json<SilenceRow>().state, "expired");
    assert.equal((await send("PUT", `/api/v1/silences/${id}`, longer)).status, 409);
    // What fires on asks for an incident by itself.
    await house.incident("조용");
    const { rows } = (await send("GET", "/api/v1/audit?topic=silence")).json<{ rows: { action: string }[] }>();
    assert.deepEqual(
      rows.map(({ action }) => action),
      ["silence.expired", "silence.changed", "silence.created"],
    );
  });

  test("what would mute the most severe grade for more than a day has to be confirmed", async () => {
    const wide = { matchers: [service("넓은")], minutes: 25 * 60, comment: "이전" };
    const refused = await send("POST", "/api/v1/silences", wide);
    assert.equal(refused.status, 409);
    assert.match(refused.text, /confirm-needed/);
    assert.match(refused.text, /Critical/);
    assert.equal((await send("POST", "/api/v1/silences", { ...wide, confirm: true })).status, 201);
    const minor = { ...wide, matchers: [...wide.matchers, { name: "severity", value: "warning" }] };
    assert.equal((await send("POST", "/api/v1/silences", minor)).status, 201);
  });

  test("a maintenance window mutes its services while it lasts, and what fires on after it joins an incident", async () => {
    const zone = "Asia/Seoul";
    const start = Temporal.Now.zonedDateTimeISO(zone).subtract({ minutes: 5 }).toPlainDateTime();
    const body = {
      title: "정기 점검",
      services: ["점검대상"],
      zone,
      start: start.toString({ smallestUnit: "minute" }),
      durationMinutes: 60,
      repeat: { kind: "weekly", weekdays: [start.dayOfWeek] },
    };
    const preview = (await send("POST", "/api/v1/maintenance/preview", body)).json<MaintenancePreview>();
    assert.equal(preview.next.length, 5);
    assert.equal(preview.alerts, 0);
    const made = await send("POST", "/api/v1/maintenance", body);
    assert.equal(made.status, 201, made.text);
    const window = made.json<MaintenanceRow>();
    assert.ok(window.active);
    await fire("work/1", "점검대상");
    const alert = await alertOf("work/1");
    assert.deepEqual([alert.mute?.because, alert.mute?.name], ["maintenance", "정기 점검"]);
    assert.equal(alert.mute?.until, window.active?.end);
    const [gettable] = (await send("GET", `/api/v2/alerts?filter=service%3D${encodeURIComponent("점검대상")}`)).json<
      { status: { state: string; mutedBy: string[] } }[]
    >();
    assert.deepEqual([gettable?.status.state, gettable?.status.mutedBy], ["suppressed", [window.id]]);
    const list = (await send("GET", "/api/v1/maintenance")).json<MaintenanceList>();
    assert.deepEqual(
      list.windows.map(({ muting }) => muting),
      [1],
    );
    const other = await send("PUT", `/api/v1/maintenance/${window.id}`, { ...body, services: ["다른곳"] });
    assert.equal(other.status, 200);
    await house.incident("점검대상");
    assert.equal((await send("DELETE", `/api/v1/maintenance/${window.id}`)).status, 200);
    assert.equal((await send("DELETE", `/api/v1/maintenance/${window.id}`)).status, 404);
  });

  test("a window that is none is refused with the field that is wrong", async () => {
    const good = { title: "t", services: ["a"], zone: "Asia/Seoul", start: "2026-02-28T02:00", durationMinutes: 60 };
    const wrong: readonly (readonly [string, object])[] = [
      ["title", { title: " " }],
      ["services", { services: [] }],
      ["services", { services: [1] }],
      ["matchers", { matchers: [{ name: "a", value: "(", isRegex: true }] }],
      ["zone", { zone: "Korea/Nowhere" }],
      ["start", { start: "2026-02-30T02:00" }],
      ["start", { start: "2026-02-28T02:00Z" }],
      ["durationMinutes", { durationMinutes: 0 }],
      ["durationMinutes", { durationMinutes: 99_999 }],
      ["until", { until: "2026-02-27" }],
      ["repeat", { repeat: { kind: "weekly", weekdays: [] } }],
      ["repeat", { repeat: { kind: "monthly-weekday", nth: 5, weekday: 1 } }],
    ];
    for (const [field, more] of wrong) {
      const answer = await send("POST", "/api/v1/maintenance", { ...good, ...more });
      assert.equal(answer.status, 400, JSON.stringify(more));
      assert.match(answer.text, new RegExp(`"field":"${field}"`), JSON.stringify(more));
    }
    const forever = { ...good, repeat: { kind: "daily" }, durationMinutes: 24 * 60 };
    assert.match((await send("POST", "/api/v1/maintenance", forever)).text, /confirm-needed/);
  });

  test("what depends on a broken service is muted by its incident, and the page of that says so", async () => {
    const data = { name: "재고", match: { service: "재고" }, dependsOn: ["sw-01"] };
    const made = await send("POST", "/api/v1/roster/services", { data });
    assert.equal(made.status, 201, made.text);
    await fire("switch/1", "sw-01");
    const { number } = await house.incident("sw-01");
    await fire("stock/1", "재고");
    const alert = await alertOf("stock/1");
    assert.deepEqual(
      [alert.incident, alert.mute?.because, alert.mute?.incident, alert.mute?.name],
      [null, "dependency", number, `INC-${number} switch/1 경보`],
    );
    assert.equal((await alerts("muted=dependency")).alerts.length, 1);
    const {
      inhibited,
      harderWatch,
      alerts: held,
    } = (await send("GET", `/api/v1/incidents/${number}/overview`)).json<IncidentOverview>();
    assert.deepEqual(inhibited, { count: 1, services: [{ service: "재고", count: 1 }] });
    assert.deepEqual([harderWatch, held.services], [null, []]);
    const compatible = await house.call("/api/v2/alerts?filter=service%3D재고", { token: admin });
    const [status] = compatible.json<{ status: { state: string; inhibitedBy: string[] } }[]>();
    assert.deepEqual([status?.status.state, status?.status.inhibitedBy.length], ["suppressed", 1]);
    // Once a person ends the cause, what goes on asks for its own incident at once.
    assert.equal((await send("POST", `/api/v1/incidents/${number}/resolve`)).status, 200);
    await house.incident("재고");
    const after = (await send("GET", `/api/v1/incidents/${number}/overview`)).json<IncidentOverview>();
    assert.equal(after.inhibited.count, 0);
  });

  test("an alert that comes and goes says that it flaps, and until when it is held open", async () => {
    for (let nth = 0; nth < 6; nth++) {
      await fire("flap/1", "변덕", { status: nth % 2 === 0 ? "firing" : "resolved" });
      await until(`the change ${nth}`, async () => {
        const [alert] = (await alerts("q=flap%2F1&status=firing,resolved")).alerts;
        if (nth === 5) return alert?.flapping?.over === true ? alert : undefined;
        return alert?.status === (nth % 2 === 0 ? "firing" : "resolved") ? alert : undefined;
      });
    }
    const alert = await alertOf("flap/1");
    assert.equal(alert.status, "firing");
    assert.equal(alert.flapping?.changes, 5);
    // Ten minutes after the last of them.
    const held = Date.parse(alert.flapping?.calmAt ?? "") - Date.parse(alert.flapping?.since ?? "");
    assert.ok(held >= 600_000, `${held} ms`);
  });
});

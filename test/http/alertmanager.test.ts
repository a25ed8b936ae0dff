import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { ALERTMANAGER, type Daemon, startAlertmanager } from "../peers/daemon.ts";
import { type House, type ShownIncident, startHouse } from "../peers/house.ts";
import { until } from "../peers/until.ts";
import { missingPeer } from "../runner/debian.ts";

const AMTOOL = "/usr/bin/amtool";
const noAmtool = existsSync(AMTOOL) ? false : `${AMTOOL} is not installed (Debian package prometheus-alertmanager)`;

describe("amtool, against Bongsu", { skip: noAmtool }, () => {
  let house: House;
  let token: string;
  before(async () => {
    house = await startHouse();
    token = await house.bongsu.token("ingest,respond");
  });
  after(() => house?.stop());

  test("adds an alert, which opens an incident, and finds it again", async () => {
    const added = await amtool("alert", "add", "DiskFull", "service=저장소", "severity=critical", "instance=db1", {
      annotation: "summary=디스크 97%",
    });
    assert.equal(added.code, 0, added.stderr);
    const { title, grade } = await house.incident("저장소");
    assert.deepEqual([title, grade], ["디스크 97%", "Critical"]);

    const shown = await amtool("alert", "query", "-o", "extended", "alertname=DiskFull");
    assert.equal(shown.code, 0, shown.stderr);
    assert.match(shown.stdout, /alertname="DiskFull"[^\n]*service="저장소"[^\n]*summary="디스크 97%"[^\n]*active/);
    const [alert] = await alerts("instance=~db.", "severity!=warning");
    assert.equal(alert?.labels.alertname, "DiskFull");
    assert.equal(alert?.status.state, "active");
    assert.deepEqual(await alerts("instance=db2"), []);
    assert.deepEqual(await alerts("alertname=DiskFull", "service!~저장.*"), []);
  });

  test("the alerts are those of the sources, without the canary that Bongsu sends itself", async () => {
    assert.deepEqual(await alerts("service=bongsu-canary"), []);
  });

  test("a filter that is none is refused in words", async () => {
    const { status, text } = await house.call("/api/v2/alerts?filter=%3D%3D", { token });
    assert.equal(status, 400);
    assert.match(text, /bad matcher format/);
  });

  test("silences what fires, sees it silenced, and sees it again after the silence was ended", async () => {
    const added = await amtool("silence", "add", "service=조용", "--duration=1h", "--comment=배포", "--author=kim");
    assert.equal(added.code, 0, added.stderr);
    const id = added.stdout.trim();
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);

    assert.equal((await amtool("alert", "add", "Noisy", "service=조용", "severity=critical")).code, 0);
    const silenced = await until("the muted alert", async () => {
      return (await alerts("--silenced", "service=조용")).find(({ status }) => status.state === "suppressed");
    });
    assert.deepEqual(silenced.status.silencedBy, [id]);
    assert.deepEqual(await alerts("--active", "service=조용"), []);
    assert.equal(
      (await openIncidents()).some(({ service }) => service === "조용"),
      false,
    );

    const shown = await amtool("silence", "query", "-o", "extended");
    assert.match(shown.stdout, new RegExp(`${id}\\s+\\{service="조용"\\}.*kim.*배포`));
    assert.match((await amtool("silence", "query", "-q", "service=조용")).stdout, new RegExp(id));
    assert.doesNotMatch((await amtool("silence", "query", "-q", "service=다른")).stdout, new RegExp(id));

    const ended = await amtool("silence", "expire", id);
    assert.equal(ended.code, 0, ended.stderr);
    assert.doesNotMatch((await amtool("silence", "query", "-q")).stdout, new RegExp(id));
    assert.match((await amtool("silence", "query", "-q", "--expired")).stdout, new RegExp(id));
    // It fires on, so now it pages, without having been sent again.
    await house.incident("조용");
  });

  test("what a silence cannot be is refused, and an unknown one is not found", async () => {
    const post = (body: object) => house.call("/api/v2/silences", { method: "POST", token, body });
    const startsAt = new Date().toISOString();
    const endsAt = new Date(Date.now() + 60_000).toISOString();
    const matchers = [{ name: "a", value: "b", isRegex: false }];
    const good = { matchers, startsAt, endsAt, createdBy: "kim", comment: "c" };
    for (const [body, words] of [
      [{ ...good, matchers: [] }, /at least one matcher/],
      [{ ...good, matchers: [{ name: "a", value: "", isRegex: false }] }, /match the empty string/],
      [{ ...good, matchers: [{ name: "a", value: "(", isRegex: true }] }, /invalid label matcher/],
      [{ ...good, endsAt: startsAt }, /end time/],
      [{ ...good, startsAt: "2020-01-01T00:00:00Z", endsAt: "2020-01-02T00:00:00Z" }, /past/],
    ] as const) {
      const { status, text } = await post(body);
      assert.equal(status, 400, text);
      assert.match(JSON.parse(text) as string, words);
    }
    const unknown = "00000000-0000-4000-8000-000000000000";
    assert.equal((await post({ ...good, id: unknown })).status, 404);
    for (const method of ["GET", "DELETE"]) {
      assert.equal((await house.call(`/api/v2/silence/${unknown}`, { method, token })).status, 404);
    }
    const made = (await post(good)).json<{ silenceID: string }>();
    const got = (await house.call(`/api/v2/silence/${made.silenceID}`, { token })).json<Record<string, unknown>>();
    assert.deepEqual(got.matchers, [{ name: "a", value: "b", isRegex: false, isEqual: true }]);
    assert.deepEqual(got.status, { state: "active" });
  });

  test("shows what stands behind the address: status, receivers, groups", async () => {
    const config = await amtool("config", "show");
    assert.equal(config.code, 0, config.stderr);
    assert.match(config.stdout, /the policy document is the configuration/);
    const cluster = await amtool("cluster", "show");
    assert.equal(cluster.code, 0, cluster.stderr);
    assert.match(cluster.stdout, /disabled/);
    const receivers = await house.call("/api/v2/receivers", { token });
    assert.deepEqual(receivers.json(), [{ name: "bongsu" }]);
    const groups = (await house.call("/api/v2/alerts/groups", { token })).json<
      { labels: { service: string }; alerts: unknown[]; receiver: { name: string } }[]
    >();
    const disk = groups.find(({ labels }) => labels.service === "저장소");
    assert.equal(disk?.alerts.length, 1);
    assert.equal(disk.receiver.name, "bongsu");
  });

  type GotAlert = { labels: Record<string, string>; status: { state: string; silencedBy: string[] } };
  type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string };

  function amtool(...args: (string | { annotation: string })[]): Promise<Ran> {
    const words = args.map((arg) => (typeof arg === "string" ? arg : `--annotation=${arg.annotation}`));
    const url = `--alertmanager.url=http://amtool:${token}@127.0.0.1:${house.bongsu.port}`;
    return new Promise((resolve) => {
      execFile(AMTOOL, [url, ...words], { encoding: "utf8", timeout: 10_000 }, (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === "number" ? error.code : error ? 1 : 0, stdout, stderr }),
      );
    });
  }
  async function alerts(...filters: string[]): Promise<GotAlert[]> {
    const ran = await amtool("alert", "query", "-o", "json", ...filters);
    assert.equal(ran.code, 0, ran.stderr);
    return JSON.parse(ran.stdout) as GotAlert[];
  }
  async function openIncidents(): Promise<ShownIncident[]> {
    const answer = await house.call("/api/v1/incidents?state=triggered", { token });
    return answer.json<{ incidents: ShownIncident[] }>().incidents;
  }
});

describe("a real Alertmanager beside Bongsu", { skip: missingPeer(ALERTMANAGER) ?? false }, () => {
  let house: House;
  let alertmanager: Daemon;
  let respond: string;
  before(async () => {
    house = await startHouse();
    respond = await house.bongsu.token("respond");
    const key = await house.bongsu.token("ingest");
    alertmanager = await startAlertmanager(`route:
  receiver: bongsu
  group_by: [alertname]
  group_wait: 0s
  group_interval: 1s
  repeat_interval: 1h
receivers:
  - name: bongsu
    pagerduty_configs:
      - routing_key: ${key}
        url: ${house.bongsu.url}/v2/enqueue
        send_resolved: true
        severity: '{{ .CommonLabels.severity }}'
        component: '{{ .CommonLabels.service }}'
        description: '{{ .CommonAnnotations.summary }}'
`);
  });
  after(async () => {
    await alertmanager?.stop();
    await house?.stop();
  });

  test("as its PagerDuty, Bongsu opens an incident with what fires and resolves it with what clears", async () => {
    const startsAt = new Date(Date.now() - 5_000).toISOString();
    const alert = {
      labels: { alertname: "PaymentDown", service: "결제", severity: "critical" },
      annotations: { summary: '결제 "전체" 중단\n둘째 줄' },
      startsAt,
      generatorURL: "http://prometheus.example/graph",
    };
    await tell(alert);
    const { grade, state, title } = await house.incident("결제");
    assert.deepEqual([grade, state], ["Critical", "triggered"]);
    assert.match(title, /결제 "전체" 중단/);
    await house.link("결제", "boss@example.com");

    await tell({ ...alert, endsAt: new Date().toISOString() });
    const over = await house.incident("결제", (incident) => incident.state === "resolved");
    assert.equal(over.firing, 0);
    await until("the good news", () =>
      house.smtp.mails.some(({ parsed }) => /해결|Resolved/.test(parsed.subject ?? "")),
    );
  });

  test("of a burst of alerts in one group makes one page, not a page for each", async () => {
    const labels = { alertname: "NodeDown", service: "노드", severity: "critical" };
    const startsAt = new Date().toISOString();
    await tell(
      ...Array.from({ length: 20 }, (_, n) => ({
        labels: { ...labels, instance: `node${n}` },
        annotations: { summary: "노드 응답 없음" },
        startsAt,
      })),
    );
    await house.link("노드", "boss@example.com");
    const pages = house.smtp.mails.filter(
      ({ to, parsed }) => to === "boss@example.com" && parsed.subject?.includes("노드"),
    );
    assert.equal(pages.length, 1);
  });

  /** Each as its matchers, by what Alertmanager 0.25 answered: asked here again of the one that is installed. */
  const EVERYTHING: readonly (readonly Matcher[])[] = [
    [{ name: "a", value: ".*", isRegex: true }],
    [{ name: "a", value: "|b", isRegex: true }],
    [{ name: "a", value: "b", isRegex: false, isEqual: false }],
    [
      { name: "a", value: "b", isRegex: false, isEqual: false },
      { name: "b", value: "", isRegex: false },
    ],
  ];
  const ORDINARY: readonly (readonly Matcher[])[] = [
    [],
    [{ name: "a", value: "b", isRegex: false }],
    [{ name: "a", value: "", isRegex: false }],
    [{ name: "a", value: "", isRegex: false, isEqual: false }],
    [{ name: "a", value: ".+", isRegex: true }],
    [{ name: "a", value: "(", isRegex: true }],
    [{ name: "", value: "b", isRegex: false }],
    [
      { name: "a", value: "b", isRegex: false },
      { name: "b", value: ".*", isRegex: true },
    ],
  ];

  test("takes and refuses the silences that Alertmanager takes and refuses", async () => {
    for (const matchers of ORDINARY) assert.deepEqual(await verdicts(matchers), await bothAs(matchers));
  });

  test("also those that would mute whatever lacks the label", async () => {
    for (const matchers of EVERYTHING) assert.deepEqual(await verdicts(matchers), await bothAs(matchers));
  });

  type Matcher = {
    readonly name: string;
    readonly value: string;
    readonly isRegex: boolean;
    readonly isEqual?: boolean;
  };
  type Verdict = { readonly matchers: readonly Matcher[]; readonly bongsu: boolean; readonly alertmanager: boolean };

  async function bothAs(matchers: readonly Matcher[]): Promise<Verdict> {
    const { alertmanager } = await verdicts(matchers);
    return { matchers, bongsu: alertmanager, alertmanager };
  }

  async function verdicts(matchers: readonly Matcher[]): Promise<Verdict> {
    const startsAt = new Date(Date.now() + 3_600_000).toISOString();
    const endsAt = new Date(Date.now() + 7_200_000).toISOString();
    const body = JSON.stringify({ matchers, startsAt, endsAt, createdBy: "kim", comment: "c" });
    const headers = { "content-type": "application/json" };
    const there = await fetch(`${alertmanager.url}/api/v2/silences`, { method: "POST", headers, body });
    const here = await house.call("/api/v2/silences", { method: "POST", token: respond, body });
    for (const status of [there.status, here.status]) assert.ok([200, 400, 422].includes(status), String(status));
    return { matchers, bongsu: here.status === 200, alertmanager: there.status === 200 };
  }

  async function tell(...alerts: object[]): Promise<void> {
    const response = await fetch(`${alertmanager.url}/api/v2/alerts`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(alerts),
    });
    assert.equal(response.status, 200, await response.text());
  }
});

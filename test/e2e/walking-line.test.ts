import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Webhook } from "standardwebhooks";
import { type Bongsu, startBongsu } from "../peers/bongsu.ts";
import { type Daemon, PROMETHEUS, startPrometheus } from "../peers/daemon.ts";
import { type HttpPeer, startHttpPeer, startSlackApi } from "../peers/http-peer.ts";
import { type Smtp, startSmtp } from "../peers/smtp.ts";
import { until } from "../peers/until.ts";
import { missingPeer } from "../runner/debian.ts";
import { POLICY, rosterYaml } from "./policy.ts";

const WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/** The main job, with real peers all round: a Prometheus fires, people are reached, nobody answers, somebody does. */
describe("from Prometheus to a page that a human acknowledges", { skip: missingPeer(PROMETHEUS) ?? false }, () => {
  let bongsu: Bongsu;
  let prometheus: Daemon;
  let smtp: Smtp;
  let slack: HttpPeer;
  let hook: HttpPeer;
  let target: HttpPeer;
  let down = 1;

  before(async () => {
    smtp = await startSmtp();
    slack = await startSlackApi();
    hook = await startHttpPeer((_request, response) => response.end("ok"));
    target = await startHttpPeer((_request, response) => {
      response.setHeader("content-type", "text/plain; version=0.0.4");
      response.end(`payment_down ${down}\n`);
    });
    const secret = "8f742231b10e8888abcd99yyyzzz85a5";
    bongsu = await startBongsu({
      policy: POLICY,
      roster: rosterYaml({ smtp: smtp.port, slack: slack.port, hook: `${hook.url}/hook`, secret }),
    });
    const token = await bongsu.token("ingest");
    prometheus = await startPrometheus(
      `global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: [rules.yml]
alerting:
  alertmanagers:
    - authorization: { credentials: "${token}" }
      static_configs: [{ targets: ["127.0.0.1:${bongsu.port}"] }]
scrape_configs:
  - job_name: payment
    static_configs: [{ targets: ["127.0.0.1:${target.port}"] }]
`,
      `groups:
  - name: payment
    rules:
      - alert: PaymentDown
        expr: payment_down > 0
        labels: { severity: critical, service: 결제 }
        annotations: { summary: "결제가 응답하지 않음", description: "모든 결제가 실패합니다." }
`,
    );
  });
  after(async () => {
    await prometheus?.stop();
    await bongsu?.stop();
    for (const peer of [smtp, slack, hook, target]) await peer?.stop();
  });

  test("the whole story", async () => {
    // The grade's recipient and the owner's people on duty, through the channels of the document.
    const first = await until("the first mails", () =>
      ["boss@example.com", "l2@example.com"].every((to) => smtp.mails.some((mail) => mail.to === to))
        ? smtp.mails.find(({ to }) => to === "boss@example.com")
        : undefined,
    );
    assert.match(first.parsed.subject ?? "", /^▲ Critical INC-1 결제: 결제가 응답하지 않음/);
    const posted = await until("the Slack message", () => slack.received[0]);
    const message = JSON.parse(posted.body) as { text: string; channel: string; blocks: unknown[]; thread_ts?: string };
    assert.match(message.text, /^<!channel> .*<@U0000BOSS>.*<@U000000L2>|^<!channel> .*<@U000000L2>.*<@U0000BOSS>/);
    assert.equal(message.channel, "C0123456789");
    const called = await until("the webhook", () => hook.received[0]);
    const payload = new Webhook(WEBHOOK_SECRET).verify(called.body, called.headers as Record<string, string>) as {
      data: { incident: { grade: string } };
    };
    assert.equal(payload.data.incident.grade, "Critical");
    // Initial intake is informed, quietly.
    const informed = await until("the word to initial intake", () =>
      smtp.mails.find((mail) => mail.to === "l1@example.com"),
    );
    // mailparser reads Importance as the priority.
    assert.equal(informed.parsed.headers.get("priority"), undefined);
    assert.equal(first.parsed.headers.get("priority"), "high");

    // Nobody answers: at the deadline the next team up is paged.
    const escalated = await until("the next team", () => smtp.mails.find((mail) => mail.to === "l3@example.com"));
    const waited = escalated.at - first.at;
    assert.ok(waited > 2_500 && waited < 9_000, `the next team was paged after ${waited} ms, the deadline is 4 s`);
    const replies = slack.received.slice(1).map(({ body }) => JSON.parse(body) as { thread_ts?: string });
    assert.ok(replies.length > 0 && replies.every((reply) => reply.thread_ts === "1700000000.000001"));

    // A mail scanner fetches the link, again and again: nothing happens. A person presses the button.
    const link = /http:\/\/127\.0\.0\.1:\d+\/a\/[a-z0-9]+/.exec(escalated.parsed.text ?? "")?.[0];
    assert.ok(link !== undefined, "the mail carries the link");
    for (let n = 0; n < 5; n++) {
      const page = await fetch(link);
      const html = await page.text();
      assert.equal(page.status, 200);
      assert.match(html, /<button type="submit">/);
      assert.doesNotMatch(html, /<script/);
      assert.ok(html.length < 14_000);
    }
    assert.equal((await show(bongsu)).state, "triggered");
    assert.match(await (await fetch(link, { method: "POST" })).text(), /확인되었습니다/);
    const held = await show(bongsu);
    assert.equal(held.state, "acknowledged");
    assert.deepEqual(held.acknowledged?.by, { kind: "person", person: "l3", via: "mail-link" });

    // Silence, while it is being worked on.
    const mails = smtp.mails.length;
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    assert.equal(smtp.mails.length, mails);

    // It clears at the source; whoever was reached is told.
    down = 0;
    await until("the end", async () => (await show(bongsu)).state === "resolved", 30_000);
    await until("the good news", () =>
      smtp.mails.some(({ to, parsed }) => to === "l3@example.com" && /해결/.test(parsed.subject ?? "")),
    );

    // The timeline tells it all, with the clause behind every step.
    const { stdout } = await bongsu.cli("incident", "timeline", "1");
    for (const words of [
      /Critical 장애가 열렸습니다/,
      /첫 호출 — 정책 \d+행: Critical/,
      /전화: 이 버전에 없는 채널/,
      /초기 접수팀 공유 — 정책 \d+행: L1 지원팀/,
      /대응시간 초과, 상위 호출.* — 정책 \d+행/,
      /최구조\s+확인했습니다/,
      /모든 경보가 복구되어 해결되었습니다/,
    ])
      assert.match(stdout, words);
    const { events } = JSON.parse((await bongsu.cli("incident", "timeline", "1", "--json")).stdout) as {
      events: { event: { type: string }; clause?: { line: number } }[];
    };
    const steps = events.filter(({ event }) => event.type === "step-taken");
    assert.ok(steps.length >= 4);
    assert.ok(
      steps.every(({ clause }) => (clause?.line ?? 0) > 0),
      "every step names its clause and line",
    );
    assert.equal((await bongsu.cli("doctor")).code, 0);
  });
});

async function show(bongsu: Bongsu): Promise<{ state: string; acknowledged: { by: unknown } | null }> {
  return JSON.parse((await bongsu.cli("incident", "show", "1", "--json")).stdout) as {
    state: string;
    acknowledged: { by: unknown } | null;
  };
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { seededChance } from "../../src/id/chance.ts";
import { type Bongsu, startBongsu } from "../peers/bongsu.ts";
import { startHttpPeer } from "../peers/http-peer.ts";
import { until } from "../peers/until.ts";
import { POLICY } from "../scenarios/scenario.ts";

const KILLS = Number(process.env.BONGSU_KILLS ?? (process.env.BONGSU_TEST_LONG === "1" ? 500 : 50));
const rosterWith = (pager: string): string => `
사람:
  kim: { 이름: 김하나, 직책: 운영팀장, 관리자: true, 연락처: { webhook: "${pager}" } }
그룹: { 운영팀: [kim], 개발팀: [kim] }
팀:
  L1 지원팀: { 구성원: { 운영자: [kim] } }
  L2 지원팀: { 구성원: { 엔지니어: [kim] } }
  L3 지원팀: { 구성원: { 아키텍트: [kim] } }
채널:
  webhook: { allow: ["127.0.0.0/8"] }
`;

/**
 * A real process over a real file, killed again and again at any moment while alerts pour in. The sender keeps its own
 * book of what it was told is safe; the receiver keeps one of what it was sent.
 */
test(`nothing accepted is lost in ${KILLS} kills under load`, async (t) => {
  const pager = await startHttpPeer((_, response) => response.writeHead(204).end());
  const bongsu = await startBongsu({ policy: POLICY, roster: rosterWith(`${pager.url}/page`) });
  t.after(async () => {
    await bongsu.stop();
    await pager.stop();
  });
  const token = await bongsu.token("ingest,read,respond");
  const chance = seededChance(20_260_302);
  const load = pour(bongsu, token);
  const starts: number[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    await new Promise((resolve) => setTimeout(resolve, chance.fraction() * 700));
    await bongsu.kill();
    const began = performance.now();
    await bongsu.start();
    starts.push(performance.now() - began);
  }
  load.stop();
  const accepted = await load.ended;
  t.diagnostic(
    `${accepted.size} alerts accepted through ${KILLS} kills; from a start to an answer at most ${Math.max(...starts).toFixed(0)} ms`,
  );
  assert.ok(accepted.size > KILLS, "the load was too small to prove anything");

  await until("the duties have worked everything off", async () => {
    const { duties } = (await get(bongsu, token, "/api/v1/duties")) as { duties: readonly ShownDuty[] };
    return duties.find(({ name }) => name === "triage")?.last?.status?.rows === 0;
  });
  const alerts = (await get(bongsu, token, "/api/v2/alerts")) as { labels: { alertname: string } }[];
  const known = new Set(alerts.map(({ labels }) => labels.alertname));
  assert.deepEqual(
    [...accepted].filter((name) => !known.has(name)),
    [],
  );

  // Somebody was paged, and what came twice said that it may.
  const first = new Set<string>();
  const unannounced: string[] = [];
  for (const { headers, body } of pager.received) {
    const id = String(headers["webhook-id"]);
    const { mayBeDuplicate } = (JSON.parse(body) as { data: { mayBeDuplicate: boolean } }).data;
    if (first.has(id) && !mayBeDuplicate) unannounced.push(id);
    first.add(id);
  }
  assert.ok(first.size > 0, "nobody was paged");
  assert.deepEqual(unannounced, []);
  const { violations } = (await get(bongsu, token, "/api/v1/duties")) as { violations?: Record<string, number> };
  assert.deepEqual(violations ?? {}, {});
  assert.doesNotMatch(bongsu.output(), /watch\.violation|uncaught-exception|unhandled-rejection/);
});

type ShownDuty = { readonly name: string; readonly last: { readonly status?: { readonly rows?: number } } | null };

async function get(bongsu: Bongsu, token: string, path: string): Promise<unknown> {
  const response = await fetch(`${bongsu.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(response.status, 200, path);
  return response.json();
}

/** Sends one new alert after another; each name is in the book once the answer was 200. */
function pour(bongsu: Bongsu, token: string): { stop(): void; readonly ended: Promise<ReadonlySet<string>> } {
  let going = true;
  const accepted = new Set<string>();
  const run = async (lane: number): Promise<void> => {
    for (let n = 0; going; n++) {
      const name = `lane${lane}-${n}`;
      const body = JSON.stringify([{ labels: { alertname: name, service: `서비스 ${n % 25}`, severity: "critical" } }]);
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const response = await fetch(`${bongsu.url}/api/v2/alerts`, { method: "POST", headers, body }).catch(
        () => undefined,
      );
      if (response?.status === 200) accepted.add(name);
      await response?.arrayBuffer().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return {
    stop: () => {
      going = false;
    },
    ended: Promise.all([0, 1, 2].map(run)).then(() => accepted),
  };
}

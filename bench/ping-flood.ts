import { Agent, request } from "node:http";
import { availableParallelism, cpus } from "node:os";
import { POLICY } from "../test/e2e/policy.ts";
import { startBongsu } from "../test/peers/bongsu.ts";
import { writeSection } from "./sections.ts";

const SOCKETS = 32;
const ROSTER = `사람:
  boss: { 이름: 김팀장, 직책: 운영팀장, 연락처: { email: boss@example.com } }
팀:
  L1 지원팀: { 구성원: { 운영자: [boss] } }
  L2 지원팀: { 구성원: { 엔지니어: [boss] } }
  L3 지원팀: { 구성원: { 아키텍트: [boss] } }
하트비트:
  flooded: { 주기: 1시간, 유예: 10분 }
  other: { 주기: 1시간, 유예: 10분 }
`;

type Flood = { readonly sent: number; readonly statuses: ReadonlyMap<number, number> };
type Row = { readonly name: string; readonly perSecond: number; readonly statuses: string; readonly others: string };

/**
 * One address, one ping key and guesses, each sent as fast as the machine can for a few seconds, while another heartbeat is
 * pinged beside it: what a flood costs those who send nothing else. Ends by itself.
 */
export async function benchPingFlood(seconds: number, isWritten: boolean): Promise<boolean> {
  const bongsu = await startBongsu({ policy: POLICY, roster: ROSTER });
  try {
    const address = async (name: string) => new URL((await bongsu.cli("heartbeat", "address", name)).stdout.trim());
    const [flooded, other] = [await address("flooded"), await address("other")];
    const key = await bongsu.token("ingest");
    const rows: Row[] = [];
    for (const [name, path] of [
      ["one address", () => flooded.pathname],
      ["one ping key", () => `/ping/${key}/flooded`],
      ["guessed addresses", (nth: number) => `/ping/${String(nth).padStart(8, "0")}-0000-4000-8000-000000000000`],
    ] as const) {
      const [flood, waits] = await Promise.all([send(bongsu.port, path, seconds), beside(other, seconds)]);
      const counted = [...flood.statuses].map(([status, count]) => `${count} × ${status}`).join(", ");
      rows.push({
        name,
        perSecond: Math.round(flood.sent / seconds),
        statuses: counted,
        others: `${waits.toFixed(0)} ms`,
      });
      console.log(`${name}: ${flood.sent} in ${seconds} s (${counted}), the other's slowest ${waits.toFixed(0)} ms`);
    }
    if (isWritten) writeSection(tableOf(rows, seconds));
    return true;
  } finally {
    await bongsu.stop();
  }
}

function tableOf(rows: readonly Row[], seconds: number): string {
  const lines = rows.map(
    (row) => `| ${row.name} | ${row.perSecond.toLocaleString("en")} | ${row.statuses} | ${row.others} |`,
  );
  return `## A flood of pings

What one sender that runs wild costs the others: ${SOCKETS} connections, as fast as they are answered, for ${seconds} s each, while
another heartbeat is pinged once a second. The sender shares the machine (${availableParallelism()} cores, ${cpus()[0]?.model.trim()}) with the
server. What was let through is durable when it is answered. Measured on ${new Date().toISOString().slice(0, 10)} by \`npm run bench -- ping-flood --write\`.

| sent | answers a second | answered | the other's slowest ping |
| --- | --- | --- | --- |
${lines.join("\n")}`;
}

async function send(port: number, path: (nth: number) => string, seconds: number): Promise<Flood> {
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS });
  const statuses = new Map<number, number>();
  const until = performance.now() + seconds * 1_000;
  let sent = 0;
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      request({ agent, host: "127.0.0.1", port, path: path(sent++) }, (answer) => {
        const { statusCode = 0 } = answer;
        statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
        answer.resume().on("end", resolve);
      })
        .on("error", reject)
        .end();
    });
  await Promise.all(
    Array.from({ length: SOCKETS }, async () => {
      while (performance.now() < until) await one();
    }),
  );
  agent.destroy();
  return { sent, statuses };
}

/** The slowest of a ping a second to another heartbeat; each has to be taken. */
async function beside(address: URL, seconds: number): Promise<number> {
  let slowest = 0;
  for (let nth = 0; nth < seconds; nth++) {
    const began = performance.now();
    const { status } = await fetch(address);
    if (status !== 200) throw new Error(`the other heartbeat was answered ${status}`);
    slowest = Math.max(slowest, performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, Math.max(1_000 - (performance.now() - began), 0)));
  }
  return slowest;
}

import { startHttpPeer } from "../test/peers/http-peer.ts";
import { until } from "../test/peers/until.ts";
import type { Subject } from "./subjects.ts";

const PAGES = 300;
const BETWEEN_MS = 30;

/** From the moment a new critical alert is posted until its page arrives at a webhook; each of its own service. */
export async function pageLatency(
  start: (pager: string) => Promise<Subject | undefined>,
): Promise<{ readonly p50: number; readonly p99: number }> {
  const sent = new Map<string, number>();
  const took: number[] = [];
  const pager = await startHttpPeer(({ body }, response) => {
    const name = /service-\d+/.exec(body)?.[0] ?? "";
    const at = sent.get(name);
    if (at !== undefined) took.push(performance.now() - at);
    sent.delete(name);
    response.end();
  });
  const subject = await start(`${pager.url}/page`);
  if (subject === undefined) throw new Error("it ran a moment ago");
  const post = async (service: string): Promise<void> => {
    sent.set(service, performance.now());
    const labels = { alertname: "Down", severity: "critical", service };
    const headers = { "content-type": "application/json", authorization: `Bearer ${subject.token}` };
    const response = await fetch(`${subject.url}/api/v2/alerts`, {
      method: "POST",
      headers,
      body: JSON.stringify([{ labels }]),
    });
    if (response.status !== 200) throw new Error(`answered ${response.status}`);
    await response.arrayBuffer();
  };
  // The first few compile what is compiled lazily.
  for (let n = 0; n < 50; n++) await post(`service-${100_000 + n}`);
  await until("the first pages", () => took.length >= 50);
  took.length = 0;
  for (let n = 0; n < PAGES; n++) {
    await post(`service-${n}`);
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
  }
  await until("every page", () => took.length >= PAGES);
  await subject.stop();
  await pager.stop();
  took.sort((one, other) => one - other);
  return { p50: took[Math.floor(took.length * 0.5)] ?? 0, p99: took[Math.floor(took.length * 0.99)] ?? 0 };
}

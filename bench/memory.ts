import { residentMegabytes, type Subject } from "./subjects.ts";

const ALERTS = 100_000;
const BATCH = 500;
const REST_MS = 10_000;

/** Resident memory in MB: at rest after the start, and while many alerts are active. */
export async function memoryOf(
  start: () => Promise<Subject | undefined>,
): Promise<{ readonly idle: number; readonly loaded: number }> {
  const subject = await start();
  if (subject === undefined) throw new Error("it ran a moment ago");
  await rest();
  const idle = residentMegabytes(subject.pid);
  for (let from = 0; from < ALERTS; from += BATCH) {
    const alerts = Array.from({ length: BATCH }, (_, n) => ({
      labels: { alertname: "DiskFull", instance: `host-${from + n}:9100`, job: "node", severity: "warning" },
      annotations: { summary: `disk of host-${from + n} is full`, description: "less than 5 percent are free" },
      endsAt: new Date(Date.now() + 3_600_000).toISOString(),
    }));
    const headers = { "content-type": "application/json", authorization: `Bearer ${subject.token}` };
    const body = JSON.stringify(alerts);
    const response = await fetch(`${subject.url}/api/v2/alerts`, { method: "POST", headers, body });
    if (response.status !== 200) throw new Error(`answered ${response.status}`);
    await response.arrayBuffer();
  }
  while (((await subject.backlog()) ?? 0) > 0) await new Promise((resolve) => setTimeout(resolve, 500));
  await rest();
  const loaded = residentMegabytes(subject.pid);
  await subject.stop();
  return { idle, loaded };
}

function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, REST_MS));
}

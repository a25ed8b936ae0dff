import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { asId } from "../../src/id/id.ts";
import type { Actor } from "../../src/incident/event.ts";
import type { Outcome } from "../../src/notify/channel.ts";
import { fromIso, type Instant, type Millis } from "../../src/time/instant.ts";
import { World } from "../world/world.ts";

export const FOLDER = dirname(fileURLToPath(import.meta.url));
export const POLICY = readFileSync(join(FOLDER, "policy.md"), "utf8");
export const ROSTER = readFileSync(join(FOLDER, "roster.yaml"), "utf8");

/**
 * Plays a scenario: one line a deed, times as `10m`, `2h`, `30s`. Gives back what the timelines say and what was sent,
 * with times counted from the beginning. `# …` is told to the reader only.
 *
 *     start 2026-03-02T03:00:00+09:00     fire db severity=critical service=결제     clear db
 *     advance 10m                         ack kim      note kim 원인 확인 중          resolve kim
 *     hand-over kim L2 지원팀              escalate kim snooze kim 30m                grade kim Critical
 *     break sms refused                   mend sms     crash                         open kim Minor 화면 오류
 *     silence 결제 20m                     maintain 주문 2026-03-02T03:00 40m daily
 *     outbreak 13 error 11                 (13 services, Major each, the one of place 11 Critical)
 */
export async function play(text: string): Promise<string> {
  const { world, start } = await playWorld(text);
  const told = await story(world, start);
  const violations = await world.violations();
  await world.store.close();
  return `${told}\n${violations.map(({ invariant, detail }) => `VIOLATED ${invariant}: ${detail}`).join("\n")}`.trim();
}

/** The world as a scenario leaves it; whoever asks for it closes its store. */
export async function playWorld(text: string): Promise<{ readonly world: World; readonly start: Instant }> {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  const [first = ""] = lines;
  const start = fromIso(first.replace(/^start\s+/, ""));
  if (start === undefined) throw new Error(`the first line is 'start <RFC 3339>', not: ${first}`);
  const broken = new Map<string, Outcome>();
  const world = await World.create({
    policy: POLICY,
    roster: ROSTER,
    start,
    provider: ({ channel }) => broken.get(channel) ?? { is: "accepted", receipt: "ok" },
  });
  for (const line of lines.slice(1)) await deed(world, line, broken, start);
  return { world, start };
}

async function deed(world: World, line: string, broken: Map<string, Outcome>, start: Instant): Promise<void> {
  const [verb = "", ...words] = line.split(/\s+/);
  const [who = "", ...rest] = words;
  const by: Actor = { kind: "person", person: asId(who), via: "test" };
  const act = (action: Parameters<World["act"]>[1]): Promise<unknown> => world.act(1, action, by);
  switch (verb) {
    case "advance":
      return world.advance(duration(who));
    case "fire":
    case "clear":
    case "expire-in": {
      const labels = Object.fromEntries(rest.map((word) => word.split("=", 2)));
      const { severity, service, expires, host } = labels;
      const at = world.clock.now();
      const expiresAt = expires === undefined ? undefined : new Date(at + duration(expires)).toISOString();
      await world.receive("signals", {
        key: who,
        title: who,
        status: verb === "clear" ? "resolved" : "firing",
        ...(severity === undefined ? {} : { severity }),
        ...(service === undefined ? {} : { service }),
        ...(host === undefined ? {} : { labels: { host } }),
        ...(expiresAt === undefined ? {} : { expiresAt }),
      });
      return;
    }
    case "storm":
      for (let n = 0; n < Number(who); n++)
        await world.receive("signals", {
          key: `storm-${n}`,
          title: `storm-${n}`,
          service: rest[0],
          severity: "critical",
        });
      return;
    case "outbreak": {
      const signals = Array.from({ length: Number(who) }, (_, n) => ({
        key: `outbreak-${n}`,
        title: `응답 없음 ${n}`,
        service: `서비스-${n}`,
        severity: n === Number(rest[1]) ? "critical" : rest[0],
        status: rest[2] ?? "firing",
      }));
      for (const signal of signals) await world.receive("signals", signal);
      return;
    }
    case "open":
      return void (await world.open({ title: rest.slice(1).join(" "), service: "접수", grade: rest[0] ?? "" }, by));
    case "ack":
      return void (await act({ do: "acknowledge" }));
    case "unack":
      return void (await act({ do: "unacknowledge" }));
    case "note":
      return void (await act({ do: "note", text: rest.join(" ") }));
    case "resolve":
      return void (await act({ do: "resolve" }));
    case "escalate":
      return void (await act({ do: "escalate" }));
    case "hand-over":
      return void (await act({ do: "hand-over", to: { kind: "team", team: rest.join(" ") } }));
    case "snooze":
      return void (await act({ do: "snooze", until: world.clock.now() + duration(rest[0] ?? "") }));
    case "grade":
      return void (await act({ do: "grade", to: rest.join(" ") }));
    case "tick":
      return void (await act({ do: "grade-by-criteria", ticked: [asId(rest.join(" "))] }));
    case "silence": {
      const at = world.clock.now();
      return world.store.putSilence({
        id: asId(`silence-${who}`),
        matchers: [{ name: "service", value: who, isRegex: false, isEqual: true }],
        startsAt: at,
        endsAt: at + duration(rest[0] ?? ""),
        updatedAt: at,
        createdBy: "test",
        comment: who,
      });
    }
    case "maintain":
      return world.store.putMaintenance({
        id: asId(`window-${who}`),
        title: who,
        services: [who],
        matchers: [],
        zone: "Asia/Seoul",
        start: rest[0] ?? "",
        durationMinutes: duration(rest[1] ?? "") / 60_000,
        repeat: { kind: rest[2] === "daily" ? "daily" : "none" },
        createdBy: "test",
        updatedAt: world.clock.now(),
      });
    case "break": {
      const is = rest[0] as "refused" | "later" | "unknown";
      broken.set(who, { is, because: `${who} is broken` });
      return;
    }
    case "mend":
      broken.delete(who);
      return;
    case "crash":
      world.crash();
      return world.begin();
    default:
      throw new Error(`no such deed: ${line} (at ${world.clock.now() - start} ms)`);
  }
}

async function story(world: World, start: Instant): Promise<string> {
  const lines: string[] = [];
  for (const incident of [...(await world.store.incidents({ limit: 500 }))].reverse()) {
    lines.push(`INC-${incident.number} ${incident.grade} ${incident.service}: ${incident.state}`);
    for (const { at, by, what, details } of await world.timeline(incident)) {
      lines.push(`${offset(at - start)}  ${by.ko}: ${what.ko}`);
      for (const detail of details) lines.push(`            ${detail.ko}`);
    }
    lines.push("");
  }
  lines.push("보낸 것");
  for (const { at, channel, to, page } of world.sent)
    lines.push(
      `${offset(at - start)}  ${channel} → ${to}: INC-${page.incident.number} ${page.occasion}${page.mayBeDuplicate ? " (중복 가능)" : ""}`,
    );
  return `${lines.join("\n")}\n`;
}

function duration(text: string): Millis {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  if (count === undefined) throw new Error(`a duration is 30s, 10m, 2h or 1d, not: ${text}`);
  return Number(count) * { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit as "s" | "m" | "h" | "d"];
}

export function offset(length: Millis): string {
  const seconds = Math.floor(length / 1_000);
  const part = (value: number): string => String(value).padStart(2, "0");
  return `+${part(Math.floor(seconds / 3_600))}:${part(Math.floor(seconds / 60) % 60)}:${part(seconds % 60)}`;
}

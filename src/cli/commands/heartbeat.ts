import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { Fault } from "../../fault/fault.ts";
import type { MadeHeartbeat, ShownHeartbeat, ShownHeartbeats } from "../../http/wire/monitors.ts";
import {
  gradeOfPriority,
  OPSGENIE_GRACE_MS,
  readOpsgenieHeartbeat,
  readOpsgenieList,
} from "../../ingest/opsgenie/heartbeat.ts";
import { heartbeatCliSaid as said } from "../../locale/heartbeat-cli.ts";
import { durationText, timeText } from "../../locale/page.ts";
import type { Locale, Said } from "../../locale/said.ts";
import { readDuration } from "../../policy/phrases.ts";
import { DAY_MS, fromIso, type Millis, SECOND_MS } from "../../time/instant.ts";
import { type Client, clientOf, serverOptions } from "../client.ts";
import type { Call, Command } from "../command.ts";
import { table } from "../print.ts";

export const heartbeatCommand: Command = {
  name: "heartbeat",
  summary: {
    ko: "하트비트: 제때 소식이 와야 하는 작업과 그 핑 주소",
    en: "heartbeats: jobs that have to be heard from in time, and their ping addresses",
  },
  usage: [
    "heartbeat list",
    "heartbeat add NAME --every 1h --grace 10m [--grade GRADE] [--service NAME]",
    'heartbeat add NAME --cron "0 3 * * *" [--zone Asia/Seoul] --grace 30m',
    "heartbeat address NAME [--address URL]",
    "heartbeat import --opsgenie FILE",
    "heartbeat pause|resume|remove NAME",
  ],
  options: {
    ...serverOptions,
    every: { type: "string", summary: { ko: "주기: 10m, 1h, 1d", en: "how often: 10m, 1h, 1d" } },
    cron: {
      type: "string",
      summary: { ko: "크론 식(분 시 일 월 요일)", en: "a line of cron (minute hour day month weekday)" },
    },
    zone: { type: "string", summary: { ko: "크론 식의 시간대", en: "the time zone of the line of cron" } },
    grace: {
      type: "string",
      summary: {
        ko: "유예: 이만큼 늦거나, 시작한 실행이 이만큼 걸려도 된다",
        en: "how late it may be, and how long a run may take",
      },
    },
    grade: { type: "string", summary: { ko: "장애 등급", en: "the grade of its incidents" } },
    service: { type: "string", summary: { ko: "서비스", en: "the service that it belongs to" } },
    address: {
      type: "string",
      summary: {
        ko: "작업이 지금 쓰는 핑 주소. 그 비밀을 그대로 쓰므로 작업에서는 호스트만 바꾼다",
        en: "the ping address that the job has now: its secret stays, and only the host changes in the job",
      },
    },
    opsgenie: {
      type: "string",
      summary: {
        ko: "Opsgenie의 GET /v2/heartbeats 응답 파일. -는 표준 입력",
        en: "a file with Opsgenie's answer to GET /v2/heartbeats; - is the standard input",
      },
    },
  },
  async run(call) {
    const client = clientOf(call);
    const verb = call.words[0] ?? "list";
    switch (verb) {
      case "list":
        return await list(call, client);
      case "add":
        return await add(call, client);
      case "address":
        return await address(call, client);
      case "import":
        return await importOpsgenie(call, client);
      case "pause":
      case "resume": {
        const id = call.word(1, "NAME");
        const shown = await client.post<ShownHeartbeat>(`${pathOf(id)}/${verb}`);
        call.print((verb === "pause" ? said.paused({ id }) : said.resumed({ id }))[call.locale], shown);
        return 0;
      }
      case "remove": {
        const id = call.word(1, "NAME");
        call.print(said.removed({ id })[call.locale], await client.delete<object>(pathOf(id)));
        return 0;
      }
      default:
        throw new Fault("usage", { got: verb, expected: "list, add, address, import, pause, resume or remove" });
    }
  },
};

async function list(call: Call, client: Client): Promise<number> {
  const shown = await client.get<ShownHeartbeats>("/api/v1/heartbeats");
  const { locale } = call;
  const time = (at: string | null): string => (at === null ? "-" : timeText(fromIso(at) ?? 0, shown.zone, locale));
  const rows = shown.heartbeats.map((one) => [
    one.id,
    said.state(one)[locale],
    planText(one)[locale],
    lengthText(one.graceSeconds * SECOND_MS, locale),
    time(one.lastPing),
    time(one.nextDue),
  ]);
  const columns = said.columns()[locale].split("|");
  call.print(rows.length === 0 ? said.none()[locale] : table([columns, ...rows]), shown);
  return 0;
}

async function add(call: Call, client: Client): Promise<number> {
  const id = call.word(1, "NAME");
  const cron = call.text("cron");
  if ((cron === undefined) === (call.text("every") === undefined))
    throw new Fault("usage", { missing: "--every or --cron, one of them" });
  const made = await client.post<MadeHeartbeat>("/api/v1/heartbeats", {
    id,
    schedule:
      cron === undefined
        ? { everySeconds: secondsOf(call, "every") }
        : { cron, zone: call.text("zone") ?? call.config.zone },
    graceSeconds: secondsOf(call, "grace"),
    grade: call.text("grade") ?? null,
    service: call.text("service") ?? null,
    address: call.text("address") ?? null,
  });
  // Alone on its line, so that a script can take it; it is shown this once.
  call.print(made.address, made);
  return 0;
}

async function address(call: Call, client: Client): Promise<number> {
  const made = await client.post<MadeHeartbeat>(`${pathOf(call.word(1, "NAME"))}/address`, {
    address: call.text("address") ?? null,
  });
  call.print(made.address, made);
  return 0;
}

/** What Opsgenie watched, by the same names: what is there already is left as it is. */
async function importOpsgenie(call: Call, client: Client): Promise<number> {
  const { locale } = call;
  const { grades } = await client.get<{ readonly grades: readonly string[] }>("/api/v1/choices");
  const rows: { readonly name: string; readonly is: "made" | "there" | "refused"; readonly because: Said }[] = [];
  for (const item of await listIn(call)) {
    const read = readOpsgenieHeartbeat(item);
    if ("problems" in read) {
      const text = Object.entries(read.problems).map(([field, expected]) => `${field}: ${expected}`);
      rows.push({ name: nameOf(item), is: "refused", because: { ko: text.join(", "), en: text.join(", ") } });
      continue;
    }
    const { name, every, enabled, priority } = read;
    const body = {
      id: name,
      schedule: { everySeconds: every / SECOND_MS },
      graceSeconds: OPSGENIE_GRACE_MS / SECOND_MS,
      grade: gradeOfPriority(priority, grades) ?? null,
      service: null,
    };
    try {
      await client.post<MadeHeartbeat>("/api/v1/heartbeats", body);
      if (!enabled) await client.post<ShownHeartbeat>(`${pathOf(name)}/pause`);
      const plan = planText({ schedule: body.schedule });
      rows.push({ name, is: "made", because: said.imported({ plan, grade: body.grade, isPaused: !enabled }) });
    } catch (error) {
      if (!(error instanceof Fault) || (error.code !== "conflict" && error.code !== "bad-request")) throw error;
      const isThere = error.facts.because === "already-there";
      const because = isThere ? said.alreadyThere() : { ko: factsText(error), en: factsText(error) };
      rows.push({ name, is: isThere ? "there" : "refused", because });
    }
  }
  const lines = rows.map(({ name, is, because }) => [name, said.importState({ is })[locale], because[locale]]);
  call.print(
    [table(lines), "", said.importNext()[locale]].join("\n"),
    rows.map(({ name, is }) => ({ name, is })),
  );
  return rows.some(({ is }) => is === "refused") ? 1 : 0;
}

async function listIn(call: Call): Promise<readonly unknown[]> {
  const file = call.text("opsgenie");
  if (file === undefined) throw new Fault("usage", { missing: "--opsgenie FILE" });
  let list: readonly unknown[] | undefined;
  try {
    list = readOpsgenieList(JSON.parse(file === "-" ? await text(process.stdin) : readFileSync(file, "utf8")));
  } catch (error) {
    throw new Fault("usage", { option: "--opsgenie", file, because: String(error) }, error);
  }
  if (list === undefined)
    throw new Fault("usage", { option: "--opsgenie", file, expected: "the answer of Opsgenie's GET /v2/heartbeats" });
  return list;
}

function nameOf(item: unknown): string {
  const { name } = (item ?? {}) as { readonly name?: unknown };
  return typeof name === "string" && name !== "" ? name : "?";
}

function factsText({ facts }: Fault): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(", ");
}

function pathOf(id: string): string {
  return `/api/v1/heartbeats/${encodeURIComponent(id)}`;
}

function planText({ schedule }: Pick<ShownHeartbeat, "schedule">): Said {
  if ("cron" in schedule)
    return { ko: `${schedule.cron} (${schedule.zone})`, en: `${schedule.cron} (${schedule.zone})` };
  const length = schedule.everySeconds * SECOND_MS;
  return said.every({ length: { ko: lengthText(length, "ko"), en: lengthText(length, "en") } });
}

/** As it was set: seven days, and not 168 hours. */
function lengthText(length: Millis, locale: Locale): string {
  return length % DAY_MS === 0 ? said.days({ count: length / DAY_MS })[locale] : durationText(length, locale);
}

function secondsOf(call: Call, option: "every" | "grace"): number {
  const text = call.text(option);
  const length = text === undefined ? undefined : readDuration(text);
  if (length === undefined)
    throw new Fault("usage", { option: `--${option}`, got: text ?? "", expected: "10m, 1h, 1d" });
  return length / SECOND_MS;
}

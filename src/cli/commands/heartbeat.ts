import { Fault } from "../../fault/fault.ts";
import type { MadeHeartbeat, ShownHeartbeat, ShownHeartbeats } from "../../http/wire/monitors.ts";
import { heartbeatCliSaid as said } from "../../locale/heartbeat-cli.ts";
import { durationText, timeText } from "../../locale/page.ts";
import type { Said } from "../../locale/said.ts";
import { readDuration } from "../../policy/phrases.ts";
import { fromIso, SECOND_MS } from "../../time/instant.ts";
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
    "heartbeat address NAME",
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
        throw new Fault("usage", { got: verb, expected: "list, add, address, pause, resume or remove" });
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
    durationText(one.graceSeconds * SECOND_MS, locale),
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
  });
  // Alone on its line, so that a script can take it; it is shown this once.
  call.print(made.address, made);
  return 0;
}

async function address(call: Call, client: Client): Promise<number> {
  const made = await client.post<MadeHeartbeat>(`${pathOf(call.word(1, "NAME"))}/address`);
  call.print(made.address, made);
  return 0;
}

function pathOf(id: string): string {
  return `/api/v1/heartbeats/${encodeURIComponent(id)}`;
}

function planText({ schedule }: ShownHeartbeat): Said {
  if ("cron" in schedule)
    return { ko: `${schedule.cron} (${schedule.zone})`, en: `${schedule.cron} (${schedule.zone})` };
  const length = schedule.everySeconds * SECOND_MS;
  return said.every({ length: { ko: durationText(length, "ko"), en: durationText(length, "en") } });
}

function secondsOf(call: Call, option: "every" | "grace"): number {
  const text = call.text(option);
  const length = text === undefined ? undefined : readDuration(text);
  if (length === undefined)
    throw new Fault("usage", { option: `--${option}`, got: text ?? "", expected: "10m, 1h, 1d" });
  return length / SECOND_MS;
}

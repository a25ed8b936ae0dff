import { Fault } from "../../fault/fault.ts";
import type { ReportDraft } from "../../http/wire/report.ts";
import type { Recorded } from "../../incident/event.ts";
import { reachText, skippedText, tellTimeline } from "../../incident/tell.ts";
import { cliSaid as said } from "../../locale/cli.ts";
import { durationText, incidentLine, timeText } from "../../locale/page.ts";
import { STEP_KINDS } from "../../locale/timeline.ts";
import { fromIso } from "../../time/instant.ts";
import { systemClock } from "../../time/system-clock.ts";
import { type Client, clientOf, serverOptions } from "../client.ts";
import type { Call, Command } from "../command.ts";
import { dayIn } from "../day-in.ts";
import { table } from "../print.ts";
import type { PlannedStep, ShownIncident, TimelineAnswer } from "../shown.ts";

export const incidentCommand: Command = {
  name: "incident",
  summary: { ko: "장애를 보고 처리합니다", en: "look at incidents and act on them" },
  usage: [
    "incident list [--state triggered,acknowledged] [--grade G] [--service S]",
    "incident show NUMBER",
    "incident timeline NUMBER",
    "incident report NUMBER > report.md",
    "incident export [--since 2026-09-01] [--until …] > incidents.jsonl",
    "incident ack|unack|resolve|reopen|close NUMBER",
    'incident note NUMBER "TEXT"',
    'incident escalate NUMBER ["NOTE"]',
    "incident hand-over NUMBER --team TEAM | --person ID",
    "incident snooze NUMBER --minutes 30",
    "incident grade NUMBER GRADE | --criteria CLAUSE,CLAUSE",
  ],
  options: {
    ...serverOptions,
    since: { type: "string", summary: { ko: "이날부터 열린 장애", en: "incidents that opened from this day on" } },
    until: { type: "string", summary: { ko: "이날 전에 열린 장애", en: "incidents that opened before this day" } },
    state: { type: "string", summary: { ko: "상태로 거르기", en: "only these states" } },
    grade: { type: "string", summary: { ko: "등급으로 거르기", en: "only this grade" } },
    service: { type: "string", summary: { ko: "서비스로 거르기", en: "only this service" } },
    team: { type: "string", summary: { ko: "인계받을 팀", en: "the team to hand over to" } },
    person: { type: "string", summary: { ko: "인계받을 담당자(id)", en: "the person (id) to hand over to" } },
    minutes: { type: "string", summary: { ko: "미룰 분", en: "minutes to snooze" } },
    criteria: {
      type: "string",
      summary: { ko: "해당하는 등급 기준 조항", en: "the clauses of the criteria that apply" },
    },
  },
  async run(call) {
    const client = clientOf(call);
    const verb = call.word(0, "list | show | timeline | report | ack | …");
    switch (verb) {
      case "list":
        return list(call, client);
      case "show":
        return show(call, client);
      case "timeline":
        return timeline(call, client);
      case "report":
        return report(call, client);
      case "export":
        return exportRecords(call, client);
      default:
        return actOn(call, client, verb);
    }
  },
};

/** The draft of the report, as a document to go on writing in. */
async function report(call: Call, client: Client): Promise<number> {
  const draft = await client.get<ReportDraft>(`/api/v1/incidents/${call.word(1, "NUMBER")}/report`);
  call.print(draft.markdown.trimEnd(), draft);
  return 0;
}

/** The records as they come, whatever is asked for: they are for `bongsu backtest`. */
async function exportRecords(call: Call, client: Client): Promise<number> {
  const [since, until] = [call.text("since"), call.text("until")];
  const query = new URLSearchParams();
  if (since !== undefined) query.set("from", dayIn("--since", since, call.config.zone));
  if (until !== undefined) query.set("to", dayIn("--until", until, call.config.zone));
  process.stdout.write(await client.getText(`/api/v1/incidents/export?${query.toString()}`));
  return 0;
}

const ACTIONS: Readonly<Record<string, string>> = {
  ack: "acknowledge",
  acknowledge: "acknowledge",
  unack: "unacknowledge",
  resolve: "resolve",
  reopen: "reopen",
  close: "close",
  note: "note",
  escalate: "escalate",
  "hand-over": "hand-over",
  snooze: "snooze",
  grade: "grade",
};

async function actOn(call: Call, client: Client, verb: string): Promise<number> {
  const action = ACTIONS[verb];
  if (action === undefined) throw new Fault("usage", { got: verb, expected: Object.keys(ACTIONS) });
  const number = call.word(1, "NUMBER");
  const incident = await client.post<ShownIncident>(`/api/v1/incidents/${number}/${action}`, bodyOf(call, action));
  call.print(
    said.acted({ number: incident.number, state: said.states()[incident.state]?.[call.locale] ?? "" })[call.locale],
    incident,
  );
  return 0;
}

function bodyOf(call: Call, action: string): object {
  switch (action) {
    case "note":
      return { text: call.word(2, "TEXT") };
    case "escalate":
      return call.words[2] === undefined ? {} : { note: call.words[2] };
    case "hand-over": {
      const person = call.text("person");
      const team = call.text("team");
      if ((person === undefined) === (team === undefined)) throw new Fault("usage", { missing: "--team or --person" });
      return person === undefined ? { team } : { person };
    }
    case "snooze": {
      const minutes = Number(call.text("minutes") ?? call.words[2]);
      if (!(minutes > 0)) throw new Fault("usage", { missing: "--minutes" });
      return { minutes };
    }
    case "grade": {
      const criteria = call.text("criteria");
      return criteria === undefined ? { grade: call.word(2, "GRADE") } : { criteria: criteria.split(",") };
    }
    default:
      return {};
  }
}

async function list(call: Call, client: Client): Promise<number> {
  const query = new URLSearchParams();
  for (const name of ["state", "grade", "service"]) {
    const value = call.text(name);
    if (value !== undefined) query.set(name, value);
  }
  if (!query.has("state")) query.set("state", "triggered,acknowledged");
  const { incidents } = await client.get<{ incidents: readonly ShownIncident[] }>(
    `/api/v1/incidents?${query.toString()}`,
  );
  if (incidents.length === 0) {
    call.print(said.noIncidents()[call.locale], incidents);
    return 0;
  }
  const rows = incidents.map((incident) => [
    `INC-${incident.number}`,
    incident.grade,
    said.states()[incident.state]?.[call.locale] ?? incident.state,
    timeText(instant(incident.openedAt), call.config.zone, call.locale),
    incidentLine(incident),
  ]);
  call.print(table([said.incidentColumns()[call.locale].split("|"), ...rows]), incidents);
  return 0;
}

async function show(call: Call, client: Client): Promise<number> {
  const number = call.word(1, "NUMBER");
  const incident = await client.get<ShownIncident>(`/api/v1/incidents/${number}`);
  const { steps } = await client.get<{ steps: readonly PlannedStep[] }>(`/api/v1/incidents/${number}/plan`);
  const { people } = await client.get<{ people: Readonly<Record<string, string>> }>("/api/v1/people");
  const { locale, config } = call;
  const nameOf = (id: string): string => people[id] ?? id;
  const now = systemClock.now();
  const by = incident.acknowledged?.by;
  const lines = [
    `INC-${incident.number} ${incident.grade} · ${said.states()[incident.state]?.[locale] ?? incident.state}`,
    incidentLine(incident),
    said.since({ at: timeText(instant(incident.openedAt), config.zone, locale) })[locale],
    ...(by === undefined
      ? []
      : [said.heldBy({ who: by.kind === "person" ? nameOf(by.person ?? "") : (by.name ?? by.kind) })[locale]]),
    "",
    steps.length === 0 ? said.nothingNext()[locale] : said.next()[locale],
    ...steps.slice(0, STEPS_SHOWN).map((step) => {
      const left = instant(step.due) - now;
      const when = left > 0 ? said.inTime({ left: durationText(left, locale) })[locale] : said.now()[locale];
      const who = step.reach.map((reach) => reachText(reach, { nameOf })[locale]);
      return `  ${when}  ${STEP_KINDS[step.kind]?.[locale] ?? step.kind}: ${who.join(", ") || step.skipped.map((one) => skippedText(one)[locale]).join(", ")}`;
    }),
  ];
  call.print(lines.join("\n"), { ...incident, next: steps });
  return 0;
}

async function timeline(call: Call, client: Client): Promise<number> {
  const number = call.word(1, "NUMBER");
  const answer = await client.get<TimelineAnswer>(`/api/v1/incidents/${number}/timeline`);
  const { people } = await client.get<{ people: Readonly<Record<string, string>> }>("/api/v1/people");
  const { locale, config } = call;
  const clauses = new Map(
    answer.events.flatMap(({ clause }) => (clause === undefined ? [] : [[clause.id, clause] as const])),
  );
  const events: Recorded[] = answer.events.map((recorded) => ({
    ...recorded,
    at: instant(recorded.at),
    event: withInstants(recorded.event),
  }));
  const told = tellTimeline(events, {
    nameOf: (id) => people[id] ?? id,
    clauseOf: (id) => clauses.get(id),
    timeOf: (at) => timeText(at, config.zone, locale),
  });
  const lines = told.flatMap(({ at, by, what, details }) => [
    `${clockText(at, config.zone)}  ${by[locale]}  ${what[locale]}`,
    ...details.map((detail) => `              ${detail[locale]}`),
  ]);
  call.print(lines.join("\n"), answer);
  return 0;
}

const STEPS_SHOWN = 8;

function clockText(at: number, zone: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return `${zoned.toPlainDate().toString().slice(5)} ${zoned.toPlainTime().toString({ smallestUnit: "second" })}`;
}

/** An event as it is kept: the API gives its times as RFC 3339. */
function withInstants(event: Recorded["event"]): Recorded["event"] {
  const entries = Object.entries(event).map(([name, value]) => [
    name,
    typeof value === "string" && ["due", "next", "until"].includes(name) ? instant(value) : value,
  ]);
  return Object.fromEntries(entries) as Recorded["event"];
}

function instant(iso: string): number {
  return fromIso(iso) ?? 0;
}

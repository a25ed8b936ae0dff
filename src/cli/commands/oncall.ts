import { Fault } from "../../fault/fault.ts";
import type { ShownSchedule, ShownShift } from "../../http/wire/schedule.ts";
import { cliSaid as said } from "../../locale/cli.ts";
import { timeText } from "../../locale/page.ts";
import { fromIso } from "../../time/instant.ts";
import {
  answerRequest,
  askForCover,
  importCalendar,
  listImports,
  listRequests,
  makeFeed,
  stretchOf,
} from "../arrange-shifts.ts";
import { type Client, clientOf, serverOptions } from "../client.ts";
import type { Call, Command } from "../command.ts";
import { table } from "../print.ts";

type Answer = {
  readonly at: string;
  readonly teams: readonly {
    readonly team: string;
    readonly until: string | null;
    readonly onDuty: readonly { readonly id: string; readonly name: string }[];
  }[];
};

export const onCallCommand: Command = {
  name: "oncall",
  summary: { ko: "누가 당번인지 보고, 근무를 부탁합니다", en: "who is on duty; ask others to cover" },
  usage: [
    "oncall [--at 2026-12-25T03:00:00+09:00] [--team L1]",
    "oncall --from 2026-12-24 --to 2026-12-27 [--team L1]",
    "oncall cover ROTATION --from 2026-12-24T18:00 --to 2026-12-25T09:00 [--person ID] [--note TEXT] [--confirm]",
    "oncall requests",
    "oncall answer ID accept|decline|withdraw [--confirm]",
    "oncall feed person|team|rotation NAME",
    "oncall import leave|holidays NAME --address https://… | --file calendar.ics [--person ID] [--match 휴가] [--confirm]",
    "oncall imports",
  ],
  options: {
    ...serverOptions,
    at: { type: "string", summary: { ko: "시각 (RFC 3339)", en: "an instant (RFC 3339)" } },
    from: { type: "string", summary: { ko: "이날(또는 시각)부터", en: "from this day (or time) on" } },
    to: { type: "string", summary: { ko: "이날(또는 시각) 전까지", en: "up to this day (or time)" } },
    team: { type: "string", summary: { ko: "이 팀만", en: "this team alone" } },
    person: {
      type: "string",
      summary: { ko: "부탁할 사람, 또는 휴가인 사람(id)", en: "whom to ask, or whose leave it is (id)" },
    },
    note: { type: "string", summary: { ko: "부탁하며 남길 말", en: "a word with the request" } },
    address: { type: "string", summary: { ko: "달력의 주소(iCal)", en: "the calendar's address (iCal)" } },
    file: { type: "string", summary: { ko: "달력 파일(.ics)", en: "a file with the calendar (.ics)" } },
    match: {
      type: "string",
      summary: { ko: "제목에 이 말이 있는 일정만", en: "only entries with this in their title" },
    },
    confirm: { type: "boolean", summary: { ko: "겹치는 근무가 있어도", en: "also where shifts overlap" } },
  },
  run(call) {
    const client = clientOf(call);
    const [verb] = call.words;
    if (verb === "cover") return askForCover(call, client);
    if (verb === "requests") return listRequests(call, client);
    if (verb === "answer") return answerRequest(call, client);
    if (verb === "feed") return makeFeed(call, client);
    if (verb === "import") return importCalendar(call, client);
    if (verb === "imports") return listImports(call, client);
    if (verb !== undefined) throw new Fault("usage", { got: verb, expected: VERBS });
    return call.text("from") === undefined && call.text("to") === undefined ? now(call, client) : shifts(call, client);
  },
};

const VERBS = ["cover", "requests", "answer", "feed", "import", "imports"];

async function now(call: Call, client: Client): Promise<number> {
  const at = call.text("at");
  const team = call.text("team");
  const all = await client.get<Answer>(`/api/v1/oncall${at === undefined ? "" : `?at=${encodeURIComponent(at)}`}`);
  const teams = team === undefined ? all.teams : all.teams.filter((one) => one.team === team);
  if (teams.length === 0) throw new Fault("usage", { got: team, expected: all.teams.map((one) => one.team) });
  const answer = { ...all, teams };
  const rows = teams.map((one) => [
    one.team,
    one.onDuty.length === 0 ? said.nobodyOnDuty()[call.locale] : one.onDuty.map(({ name }) => name).join(", "),
    one.until === null ? "" : said.untilTime({ at: time(call, one.until) })[call.locale],
  ]);
  call.print(table(rows), answer);
  return teams.every(({ onDuty }) => onDuty.length > 0) ? 0 : 1;
}

/** Shift by shift; 1 where nobody is on duty at some time that is still to come. */
async function shifts(call: Call, client: Client): Promise<number> {
  const [from, to] = stretchOf(call);
  const team = call.text("team");
  const query = new URLSearchParams({ from, to, ...(team === undefined ? {} : { team }) });
  const answer = await client.get<ShownSchedule>(`/api/v1/schedule?${query.toString()}`);
  const names = new Map(answer.people.map(({ id, name }) => [id, name]));
  const named = (ids: readonly string[]): string => ids.map((id) => names.get(id) ?? id).join(", ");
  const why = ({ insteadOf, shadow }: ShownShift): string =>
    [
      shadow ? said.shadow()[call.locale] : "",
      insteadOf.length === 0 ? "" : said.insteadOf({ names: named(insteadOf) })[call.locale],
    ]
      .filter((part) => part !== "")
      .join(" ");
  const rows = answer.teams.flatMap(({ name, takesTurns, members, shifts: all, gaps }) => {
    if (!takesTurns) return [{ at: "", row: [name, said.always()[call.locale], named(members), ""] }];
    const duty = all.map((shift) => ({
      at: shift.start,
      row: [
        name,
        `${time(call, shift.start)} ~ ${time(call, shift.end)}`,
        shift.people.length === 0 ? said.nobodyOnDuty()[call.locale] : named(shift.people),
        `${shift.rotation}${why(shift) === "" ? "" : ` ${why(shift)}`}`,
      ],
    }));
    const open = gaps.map((gap) => ({
      at: gap.start,
      row: [name, `${time(call, gap.start)} ~ ${time(call, gap.end)}`, `! ${said.nobodyOnDuty()[call.locale]}`, ""],
    }));
    return [...duty, ...open].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  });
  call.print(table(rows.map(({ row }) => row)), answer);
  return answer.teams.every(({ gaps }) => gaps.length === 0) ? 0 : 1;
}

function time(call: Call, at: string): string {
  return timeText(fromIso(at) ?? 0, call.config.zone, call.locale);
}

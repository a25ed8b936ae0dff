import { Fault } from "../fault/fault.ts";
import type {
  ImportMade,
  ImportPut,
  RequestMade,
  ShiftAnswered,
  ShownFeed,
  ShownImports,
  ShownShiftRequest,
  ShownShiftRequests,
} from "../http/wire/schedule.ts";
import { cliSaid as said } from "../locale/cli.ts";
import { timeText } from "../locale/page.ts";
import { fromIso } from "../time/instant.ts";
import type { Client } from "./client.ts";
import type { Call } from "./command.ts";
import { dayIn } from "./day-in.ts";
import { table } from "./print.ts";
import { readTextFile } from "./read-files.ts";

const KINDS = ["person", "team", "rotation"];
const ANSWERS = ["accept", "decline", "withdraw"];

/** `oncall feed person alice`: an address for calendar programs, on a line of its own. */
export async function makeFeed(call: Call, client: Client): Promise<number> {
  const of = call.word(1, KINDS.join(" | "));
  if (!KINDS.includes(of)) throw new Fault("usage", { got: of, expected: KINDS });
  const feed = await client.post<ShownFeed>("/api/v1/calendar/feeds", { of, name: call.word(2, "NAME") });
  call.print(feed.url ?? "", feed);
  return 0;
}

/** `oncall import leave NAME --address …`: another's calendar as leave of a person, or as holidays. */
export async function importCalendar(call: Call, client: Client): Promise<number> {
  const of = call.word(1, "leave | holidays");
  if (of !== "leave" && of !== "holidays") throw new Fault("usage", { got: of, expected: ["leave", "holidays"] });
  const [url, file, person, match] = ["address", "file", "person", "match"].map((option) => call.text(option));
  if ((url === undefined) === (file === undefined)) throw new Fault("usage", { missing: "--address or --file" });
  const put: ImportPut = {
    name: call.word(2, "NAME"),
    of,
    ...(person === undefined ? {} : { person }),
    ...(url === undefined ? {} : { url }),
    ...(file === undefined ? {} : { text: readTextFile(file) }),
    ...(match === undefined ? {} : { match }),
    confirm: call.flag("confirm"),
  };
  const made = await client.post<ImportMade>("/api/v1/calendar/imports", put);
  call.print(said.calendarImported({ id: made.calendar.id, entries: made.calendar.entries })[call.locale], made);
  return 0;
}

/** The calendars that are read, with how they are; 1 where one cannot be read. */
export async function listImports(call: Call, client: Client): Promise<number> {
  const answer = await client.get<ShownImports>("/api/v1/calendar/imports");
  const time = (at: string | null): string =>
    at === null ? "" : timeText(fromIso(at) ?? 0, call.config.zone, call.locale);
  const rows = answer.imports.map(({ id, name, of, person, host, entries, readAt, failure }) => [
    id,
    name,
    person ?? of,
    host ?? "-",
    String(entries),
    time(readAt),
    failure === null ? "" : `! ${failure.why}`,
  ]);
  call.print(rows.length === 0 ? said.noCalendars()[call.locale] : table(rows), answer);
  return answer.imports.every(({ failure }) => failure === null) ? 0 : 1;
}

/** `oncall cover ROTATION --from … --to …`: asks somebody, or everybody, to take one's shift. */
export async function askForCover(call: Call, client: Client): Promise<number> {
  const [from, to] = stretchOf(call);
  const { request, told } = await client.post<RequestMade>("/api/v1/schedule/requests", {
    kind: "cover",
    rotation: call.word(1, "ROTATION"),
    part: { start: from, end: to },
    to: call.text("person"),
    note: call.text("note"),
    confirm: call.flag("confirm"),
  });
  call.print(said.requestMade({ id: request.id, told: told.length })[call.locale], { request, told });
  return 0;
}

export async function answerRequest(call: Call, client: Client): Promise<number> {
  const id = call.word(1, "ID");
  const answer = call.word(2, ANSWERS.join(" | "));
  if (!ANSWERS.includes(answer)) throw new Fault("usage", { got: answer, expected: ANSWERS });
  const body = { answer, confirm: call.flag("confirm") };
  const answered = await client.post<ShiftAnswered>(`/api/v1/schedule/requests/${encodeURIComponent(id)}/answer`, body);
  call.print(said.requestStates()[answered.request.state]?.[call.locale] ?? "", answered);
  return 0;
}

export async function listRequests(call: Call, client: Client): Promise<number> {
  const answer = await client.get<ShownShiftRequests>("/api/v1/schedule/requests");
  const time = (at: string): string => timeText(fromIso(at) ?? 0, call.config.zone, call.locale);
  const row = ({ id, state, from, to, rotation, part, give, mayAnswer }: ShownShiftRequest): string[] => [
    id,
    said.requestStates()[state]?.[call.locale] ?? state,
    `${from} → ${to ?? "*"}`,
    rotation,
    `${time(part.start)} ~ ${time(part.end)}`,
    give === null ? "" : `↔ ${give.rotation} ${time(give.start)} ~ ${time(give.end)}`,
    mayAnswer.join("|"),
  ];
  call.print(answer.requests.length === 0 ? said.noRequests()[call.locale] : table(answer.requests.map(row)), answer);
  return 0;
}

/** `--from` and `--to`, as days or times of the configured zone, or as instants. */
export function stretchOf(call: Call): readonly [from: string, to: string] {
  const [from, to] = [call.text("from"), call.text("to")];
  if (from === undefined || to === undefined) throw new Fault("usage", { missing: "--from and --to" });
  return [dayIn("--from", from, call.config.zone), dayIn("--to", to, call.config.zone)];
}

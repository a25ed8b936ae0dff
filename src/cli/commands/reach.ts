import { Fault } from "../../fault/fault.ts";
import type { ShownReach, ShownReachPerson } from "../../http/wire/reach.ts";
import { timeText } from "../../locale/page.ts";
import { reachCliSaid as said } from "../../locale/reach-cli.ts";
import { channelName } from "../../locale/timeline.ts";
import { sameName } from "../../roster/same-name.ts";
import { fromIso } from "../../time/instant.ts";
import { clientOf, serverOptions } from "../client.ts";
import type { Call, Command } from "../command.ts";
import { table } from "../print.ts";

export const reachCommand: Command = {
  name: "reach",
  summary: {
    ko: "호출이 사람에게 닿는지: 연락처마다 마지막 응답과 실패",
    en: "whether pages reach people: the last answer and failure of each contact",
  },
  usage: ['reach [--team "L1 지원팀"] [--duty]'],
  options: {
    ...serverOptions,
    team: { type: "string", summary: { ko: "한 팀만", en: "one team" } },
    duty: { type: "boolean", summary: { ko: "7일 안에 당번인 사람만", en: "only those on duty within 7 days" } },
  },
  async run(call) {
    const reach = await clientOf(call).get<ShownReach>("/api/v1/reach");
    const team = call.text("team");
    if (team !== undefined && !reach.teams.some((name) => sameName(name, team)))
      throw new Fault("not-found", { team, known: reach.teams });
    const people = reach.people.filter(
      (person) =>
        (team === undefined || person.teams.some((name) => sameName(name, team))) &&
        (!call.flag("duty") || person.duty !== null),
    );
    const rows = people.map((person) => [
      person.name,
      said.personState({ state: person.state })[call.locale],
      person.contacts.map((contact) => contactText(contact, call)).join(", "),
    ]);
    call.print(people.length === 0 ? said.nobody()[call.locale] : table(rows), { ...reach, people });
    // For scripts: no, where somebody of these is not proven to be reached.
    return people.length > 0 && people.every(({ state }) => state === "proven") ? 0 : 1;
  },
};

function contactText(contact: ShownReachPerson["contacts"][number], { locale, config }: Call): string {
  const at = contact.proven?.at ?? contact.failing?.since;
  const when = at === undefined ? "" : ` (${timeText(fromIso(at) ?? 0, config.zone, locale)})`;
  const because = contact.failing === null ? "" : ` ${contact.failing.because}`;
  return `${channelName(contact.channel)[locale]} ${said.contactState({ state: contact.state })[locale]}${when}${because}`;
}

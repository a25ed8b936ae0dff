import { Fault } from "../../fault/fault.ts";
import type { ShownHosts } from "../../http/wire/monitors.ts";
import { hostCliSaid as said } from "../../locale/host-cli.ts";
import { timeText } from "../../locale/page.ts";
import { fromIso } from "../../time/instant.ts";
import { type Client, clientOf, serverOptions } from "../client.ts";
import type { Call, Command } from "../command.ts";
import { table } from "../print.ts";

export const hostCommand: Command = {
  name: "host",
  summary: {
    ko: "값을 보내는 호스트: 마지막 소식, 더는 없는 호스트의 제거",
    en: "hosts that send what is measured: last contact, and removing one that is gone",
  },
  usage: ["host list", "host remove NAME"],
  options: { ...serverOptions },
  async run(call) {
    const client = clientOf(call);
    const verb = call.words[0] ?? "list";
    if (verb === "list") return list(call, client);
    if (verb !== "remove") throw new Fault("usage", { got: verb, expected: "list or remove" });
    const host = call.word(1, "NAME");
    const answer = await client.delete<object>(`/api/v1/hosts/${encodeURIComponent(host)}`);
    call.print(said.removed({ host })[call.locale], answer);
    return 0;
  },
};

/** Exit code 1 where one of them is silent. */
async function list(call: Call, client: Client): Promise<number> {
  const shown = await client.get<ShownHosts>("/api/v1/hosts");
  const { locale } = call;
  const rows = shown.hosts.map(({ host, kind, state, lastContact }) => [
    host,
    said.kind({ kind })[locale],
    said.state({ state })[locale],
    lastContact === null ? "-" : timeText(fromIso(lastContact) ?? 0, call.config.zone, locale),
  ]);
  call.print(rows.length === 0 ? said.none()[locale] : table(rows), shown);
  return shown.hosts.some(({ state }) => state === "silent") ? 1 : 0;
}

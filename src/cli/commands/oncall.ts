import { cliSaid as said } from "../../locale/cli.ts";
import { timeText } from "../../locale/page.ts";
import { fromIso } from "../../time/instant.ts";
import { clientOf, serverOptions } from "../client.ts";
import type { Command } from "../command.ts";
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
  summary: { ko: "지금(또는 그때) 누가 당번인지 봅니다", en: "who is on duty now, or at an instant" },
  usage: ["oncall [--at 2026-12-25T03:00:00+09:00]"],
  options: {
    ...serverOptions,
    at: { type: "string", summary: { ko: "시각 (RFC 3339)", en: "an instant (RFC 3339)" } },
  },
  async run(call) {
    const at = call.text("at");
    const answer = await clientOf(call).get<Answer>(
      `/api/v1/oncall${at === undefined ? "" : `?at=${encodeURIComponent(at)}`}`,
    );
    const rows = answer.teams.map(({ team, until, onDuty }) => [
      team,
      onDuty.length === 0 ? said.nobodyOnDuty()[call.locale] : onDuty.map(({ name }) => name).join(", "),
      until === null
        ? ""
        : said.untilTime({ at: timeText(fromIso(until) ?? 0, call.config.zone, call.locale) })[call.locale],
    ]);
    call.print(table(rows), answer);
    return answer.teams.every(({ onDuty }) => onDuty.length > 0) ? 0 : 1;
  },
};

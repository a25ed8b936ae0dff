import type { ShownMark } from "../../http/wire/monitors.ts";
import { heartbeatCliSaid as said } from "../../locale/heartbeat-cli.ts";
import { timeText } from "../../locale/page.ts";
import { fromIso } from "../../time/instant.ts";
import { clientOf, serverOptions } from "../client.ts";
import type { Command } from "../command.ts";

export const markCommand: Command = {
  name: "mark",
  summary: {
    ko: "배포나 변경을 기록합니다(아무도 부르지 않고, 차트와 장애에 보입니다)",
    en: "note what was deployed or changed (calls nobody; charts and incidents show it)",
  },
  usage: ['mark "deployed 1.2.3" [--service NAME] [--kind deploy] [--link URL] [--at TIME] [--key TEXT]'],
  options: {
    ...serverOptions,
    service: { type: "string", summary: { ko: "서비스. 없으면 전체", en: "the service; without, everybody's" } },
    kind: { type: "string", summary: { ko: "종류(deploy, change, …)", en: "what it is (deploy, change, …)" } },
    link: { type: "string", summary: { ko: "더 볼 주소", en: "an address that tells more" } },
    at: { type: "string", summary: { ko: "시각(RFC 3339). 없으면 지금", en: "when (RFC 3339); without, now" } },
    key: {
      type: "string",
      summary: { ko: "같은 키는 한 번만 기록", en: "the same key is noted once" },
    },
  },
  async run(call) {
    const body: Record<string, string> = { title: call.word(0, "TITLE") };
    for (const name of ["service", "kind", "link", "at", "key"]) {
      const value = call.text(name);
      if (value !== undefined) body[name] = value;
    }
    const mark = await clientOf(call).post<ShownMark>("/api/v1/marks", body);
    const at = timeText(fromIso(mark.at) ?? 0, call.config.zone, call.locale);
    call.print(said.marked({ title: mark.title, at })[call.locale], mark);
    return 0;
  },
};

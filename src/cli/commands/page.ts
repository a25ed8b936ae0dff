import { cliSaid as said } from "../../locale/cli.ts";
import { clientOf, serverOptions } from "../client.ts";
import type { Command } from "../command.ts";

export const pageCommand: Command = {
  name: "page",
  summary: { ko: "사람이 직접 장애를 엽니다 (바로 호출)", en: "open an incident by hand; people are paged at once" },
  usage: ['page "TITLE" [--grade Critical] [--service NAME] [--description TEXT] [--drill]'],
  options: {
    ...serverOptions,
    grade: {
      type: "string",
      summary: { ko: "장애 등급 (기본: 두 번째)", en: "the grade (the second one by default)" },
    },
    service: { type: "string", summary: { ko: "서비스 이름", en: "the service" } },
    description: { type: "string", summary: { ko: "설명", en: "what is known" } },
    drill: { type: "boolean", summary: { ko: "모의 훈련으로 표시", en: "marked as a drill" } },
  },
  async run(call) {
    const body = {
      title: call.word(0, "TITLE"),
      ...optional("grade", call.text("grade")),
      ...optional("service", call.text("service")),
      ...optional("description", call.text("description")),
      drill: call.flag("drill"),
    };
    const opened = await clientOf(call).post<{ number: number; grade: string }>("/api/v1/incidents", body);
    call.print(said.opened(opened)[call.locale], opened);
    return 0;
  },
};

function optional(name: string, value: string | undefined): Record<string, string> {
  return value === undefined ? {} : { [name]: value };
}

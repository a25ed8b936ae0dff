import { cliSaid as said } from "../../locale/cli.ts";
import { applyRoster } from "../apply-roster.ts";
import type { Command } from "../command.ts";
import { openConfiguredStore } from "../open-configured-store.ts";
import { diagnosticText } from "../print.ts";

export const applyCommand: Command = {
  name: "apply",
  summary: {
    ko: "명부 파일을 적용합니다 (먼저 무엇이 바뀌는지 보여 줍니다)",
    en: "apply a roster file; shows first what changes",
  },
  usage: ["apply FILE [--dry-run]"],
  options: {
    "dry-run": { type: "boolean", summary: { ko: "계획만 보여 줌", en: "only show the plan" } },
    store: { type: "string", summary: { ko: "SQLite 파일 또는 mariadb://…", en: "an SQLite file or mariadb://…" } },
  },
  async run(call) {
    const { locale } = call;
    const store = await openConfiguredStore(call.config);
    try {
      const applied = await applyRoster(store, call.word(0, "FILE"), call.flag("dry-run"));
      if (applied.is === "refused") {
        call.print(applied.diagnostics.map((one) => diagnosticText(one, locale)).join("\n"), applied);
        return 2;
      }
      const { create, update, remove, refused, unchanged } = applied.plan;
      const lines = [
        ...create.map(({ kind, id }) => `+ ${kind} ${id}`),
        ...update.map(({ item }) => `~ ${item.kind} ${item.id}`),
        ...remove.map(({ kind, id }) => `- ${kind} ${id}`),
        ...refused.map(
          ({ item, managedBy }) =>
            said.managedElsewhere({ what: `${item.kind} ${item.id}`, by: managedBy ?? "-" })[locale],
        ),
        ...applied.warnings.map((warning) => `! ${warning[locale]}`),
        said.applied({
          create: create.length,
          update: update.length,
          remove: remove.length,
          unchanged,
          done: applied.is === "applied",
        })[locale],
      ];
      call.print(lines.join("\n"), {
        is: applied.is,
        ...applied.plan,
        warnings: applied.warnings.map((warning) => warning[locale]),
      });
      return refused.length > 0 ? 1 : 0;
    } finally {
      await store.close();
    }
  },
};

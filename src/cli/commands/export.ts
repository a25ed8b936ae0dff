import { maskedSettings } from "../../monitor/target-secrets.ts";
import { isOfCalendar } from "../../roster/edit-schedule.ts";
import { exportRoster } from "../../roster/export-roster.ts";
import { rosterOf } from "../../roster/roster-of.ts";
import type { Command } from "../command.ts";
import { openConfiguredStore } from "../open-configured-store.ts";

export const exportCommand: Command = {
  name: "export",
  summary: { ko: "지금 명부를 apply 가 읽는 YAML로 출력합니다", en: "print the roster as the YAML that apply reads" },
  usage: ["export > roster.yaml"],
  options: {
    store: { type: "string", summary: { ko: "SQLite 파일 또는 mariadb://…", en: "an SQLite file or mariadb://…" } },
  },
  async run(call) {
    const store = await openConfiguredStore(call.config);
    try {
      // What a calendar brings is kept there; in a file it would be there twice.
      const items = (await store.rosterItems()).filter(({ managedBy }) => !isOfCalendar(managedBy));
      const roster = rosterOf(items);
      // The file goes into a repository or a mail: applied again, it keeps the secrets that are stored.
      const targets = roster.targets.map((one) => ({ ...one, settings: maskedSettings(one.settings) }));
      const text = exportRoster({ ...roster, targets });
      if (call.json) call.print("", { yaml: text });
      else process.stdout.write(text);
      return 0;
    } finally {
      await store.close();
    }
  },
};

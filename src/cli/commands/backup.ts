import { cliSaid as said } from "../../locale/cli.ts";
import type { Command } from "../command.ts";
import { openConfiguredStore } from "../open-configured-store.ts";

export const backupCommand: Command = {
  name: "backup",
  summary: { ko: "운영 중에 일관된 사본을 만듭니다", en: "make a consistent copy while the server runs" },
  usage: ["backup FILE"],
  options: {
    store: { type: "string", summary: { ko: "SQLite 파일 또는 mariadb://…", en: "an SQLite file or mariadb://…" } },
  },
  async run(call) {
    const file = call.word(0, "FILE");
    const store = await openConfiguredStore(call.config);
    try {
      const { rows } = await store.backup(file);
      call.print(said.backedUp({ file, rows })[call.locale], { file, rows });
      return 0;
    } finally {
      await store.close();
    }
  },
};

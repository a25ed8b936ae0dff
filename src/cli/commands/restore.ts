import { cliSaid as said } from "../../locale/cli.ts";
import { systemClock } from "../../time/system-clock.ts";
import type { Command } from "../command.ts";
import { holdData } from "../hold-data.ts";
import { openConfiguredStore } from "../open-configured-store.ts";

export const restoreCommand: Command = {
  name: "restore",
  summary: {
    ko: "백업을 빈 저장소에 되돌립니다 (서버를 멈춘 뒤)",
    en: "put a backup into an empty store (the server stopped)",
  },
  usage: ["restore FILE [--store …]"],
  options: {
    store: { type: "string", summary: { ko: "SQLite 파일 또는 mariadb://…", en: "an SQLite file or mariadb://…" } },
  },
  async run(call) {
    const file = call.word(0, "FILE");
    const release = holdData(call.config.data);
    const store = await openConfiguredStore(call.config);
    try {
      const { rows, waiting } = await store.restore(file, systemClock.now());
      call.print(said.restored({ file, rows, waiting })[call.locale], { file, rows, waiting });
      return 0;
    } finally {
      await store.close();
      release();
    }
  },
};

import { after, before } from "node:test";
import { openStore } from "../../src/store/open-store.ts";
import { type Mariadb, startMariadb, withoutMariadb } from "../peers/mariadb.ts";
import { storeConformance } from "./store.ts";

let server: Mariadb | undefined;
before(async () => {
  if (withoutMariadb === undefined) server = await startMariadb();
});
after(() => server?.stop());

storeConformance(
  "MariaDB",
  async () => {
    if (server === undefined) throw new Error("there is no MariaDB");
    return openStore(await server.database());
  },
  withoutMariadb,
);

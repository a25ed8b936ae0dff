import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { openStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import type { Config } from "./config.ts";

export async function openConfiguredStore(config: Config): Promise<Store> {
  if (!/^(mariadb|mysql):/.test(config.store) && config.store !== ":memory:")
    mkdirSync(dirname(config.store), { recursive: true });
  return openStore(config.store);
}

import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { newToken } from "../http/tokens.ts";
import { asId } from "../id/id.ts";
import { systemChance } from "../id/system-chance.ts";
import type { Store } from "../store/store.ts";
import { systemClock } from "../time/system-clock.ts";

/** Where the server leaves the address and token for the command line of its own account. */
export const commandLineToken = { file: "cli-token", id: asId<"token">("cli") } as const;

/** The command line on this host speaks to the server with a token that only this account can read; new at each start. */
export async function leaveCommandLineToken(store: Store, data: string, url: string): Promise<void> {
  const { text, token } = newToken(systemChance, { name: "command line", scopes: ["admin"], at: systemClock.now() });
  await store.putToken({ ...token, id: commandLineToken.id });
  mkdirSync(data, { recursive: true });
  const file = join(data, commandLineToken.file);
  writeFileSync(file, JSON.stringify({ url, token: text }), { mode: 0o600 });
  chmodSync(file, 0o600);
}

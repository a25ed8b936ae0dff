import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Engine } from "../engine/engine.ts";
import { Fault } from "../fault/fault.ts";
import { press } from "../http/routes/slack.ts";
import { createServer } from "../http/server.ts";
import { newToken } from "../http/tokens.ts";
import { asId } from "../id/id.ts";
import { systemChance } from "../id/system-chance.ts";
import { cliSaid as said } from "../locale/cli.ts";
import { parseSlack } from "../notify/slack/slack.ts";
import { type SocketMode, socketMode } from "../notify/slack/socket-mode.ts";
import type { Store } from "../store/store.ts";
import { systemClock } from "../time/system-clock.ts";
import { applyRoster } from "./apply.ts";
import { type Config } from "./config.ts";
import { diagnosticText } from "./print.ts";
import { engineOver, jsonLog, openConfiguredStore, policyIdOf, readPolicyFile, version } from "./program.ts";

const STOP_PATIENCE_MS = 8_000;

/** `bongsu start`: brings everything up, says where it listens, and goes down in order when it is told to. */
export async function start(config: Config): Promise<void> {
  const store = await openConfiguredStore(config);
  await activatePolicy(store, config);
  await firstRoster(store, config);
  writeCliToken(config, await replaceCliToken(store));

  const engine = engineOver(store, config, jsonLog);
  const server = createServer(engine, version());
  await engine.start();
  await listen(server, config);
  const slack = await startSlack(engine);
  const address = server.server.address();
  const port = typeof address === "object" && address !== null ? address.port : config.port;
  process.stdout.write(
    `${said.listening({ url: config.publicUrl.replace(/:0$/, `:${port}`), data: config.data })[config.locale]}\n`,
  );

  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    jsonLog("info", "stopping", { signal });
    slack?.close();
    await server.close();
    await engine.stop(STOP_PATIENCE_MS);
    await store.close();
    process.exit(0);
  };
  process.on("SIGTERM", () => void stop("SIGTERM"));
  process.on("SIGINT", () => void stop("SIGINT"));
  // A defect in one corner is logged and does not end the watch of all the others.
  process.on("unhandledRejection", (error) => jsonLog("error", "unhandled-rejection", { error: String(error) }));
  process.on("uncaughtException", (error) =>
    jsonLog("error", "uncaught-exception", { error: String(error), stack: error.stack ?? "" }),
  );
}

async function listen(server: ReturnType<typeof createServer>, config: Config): Promise<void> {
  try {
    await server.listen({ host: config.host, port: config.port });
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "EADDRINUSE")
      throw new Fault(
        "config-invalid",
        { path: "port", got: config.port, expected: "a port that is free (another Bongsu may be running)" },
        error,
      );
    throw error;
  }
}

/** The policy file, if it is another than the one in force. With errors it is refused and the running one stays. */
async function activatePolicy(store: Store, config: Config): Promise<void> {
  const { text, policy, diagnostics } = readPolicyFile(config.policy);
  const current = await store.currentPolicy();
  if (policy === undefined) {
    for (const diagnostic of diagnostics) process.stderr.write(`${diagnosticText(diagnostic, config.locale)}\n`);
    if (current === undefined) throw new Fault("policy-refused", { file: config.policy });
    process.stderr.write(`${said.policyKept({ file: config.policy })[config.locale]}\n`);
    return;
  }
  if (current?.id === policyIdOf(text)) return;
  const at = Math.max(systemClock.now(), (current?.activatedAt ?? 0) + 1);
  await store.putPolicy({ id: policyIdOf(text), file: config.policy, text, activatedAt: at, by: "bongsu start" });
  await store.appendAudit([
    { at, by: "bongsu start", action: "policy.activated", facts: { id: policyIdOf(text), file: config.policy } },
  ]);
}

/** The roster file is applied on the first start; afterwards `bongsu apply` does that, when somebody means it. */
async function firstRoster(store: Store, config: Config): Promise<void> {
  if ((await store.rosterRevision()) > 0) return;
  const applied = await applyRoster(store, config.roster);
  if (applied.is === "refused") {
    for (const diagnostic of applied.diagnostics)
      process.stderr.write(`${diagnosticText(diagnostic, config.locale)}\n`);
    throw new Fault("roster-refused", { file: config.roster });
  }
}

const CLI_TOKEN_ID = asId<"token">("cli");

/** The command line on this host speaks to the server with a token that only this account can read. */
async function replaceCliToken(store: Store): Promise<string> {
  const { text, token } = newToken(systemChance, { name: "command line", scopes: ["admin"], at: systemClock.now() });
  await store.putToken({ ...token, id: CLI_TOKEN_ID });
  return text;
}

function writeCliToken(config: Config, token: string): void {
  mkdirSync(config.data, { recursive: true });
  const file = join(config.data, "cli-token");
  writeFileSync(file, JSON.stringify({ url: config.publicUrl, token }), { mode: 0o600 });
  chmodSync(file, 0o600);
}

async function startSlack(engine: Engine): Promise<SocketMode | undefined> {
  const roster = await engine.knowledge.roster(engine.ports.store);
  const raw = roster.channels.find(({ kind }) => kind === "slack")?.settings;
  if (raw === undefined) return undefined;
  const settings = parseSlack(raw);
  if (settings.appToken === undefined) return undefined;
  const { clock, log } = engine.ports;
  return socketMode(settings, {
    clock,
    log,
    press: (interaction) =>
      void press(engine, interaction).catch((error: unknown) =>
        log("error", "slack.press-failed", { error: String(error) }),
      ),
  });
}

import { measureHere } from "../../agent/measure-here.ts";
import type { Engine } from "../../engine/engine.ts";
import { Fault } from "../../fault/fault.ts";
import { createServer } from "../../http/server.ts";
import { newInvite } from "../../http/sign-in/invites.ts";
import { systemChance } from "../../id/system-chance.ts";
import { cliSaid as said } from "../../locale/cli.ts";
import { timeText } from "../../locale/page.ts";
import type { Said } from "../../locale/said.ts";
import type { Store } from "../../store/store.ts";
import { systemClock } from "../../time/system-clock.ts";
import { activatePolicyFile } from "../activate-policy-file.ts";
import { applyRoster } from "../apply-roster.ts";
import { leaveCommandLineToken } from "../cli-token.ts";
import type { Command } from "../command.ts";
import { type Config } from "../config.ts";
import { holdData, nodeName } from "../hold-data.ts";
import { jsonLog } from "../json-log.ts";
import { openConfiguredStore } from "../open-configured-store.ts";
import { version } from "../package.ts";
import { diagnosticText } from "../print.ts";
import { type EngineFacts, engineOver, WEB } from "../program.ts";
import { keepSlackLink } from "../slack-link.ts";

const STOP_PATIENCE_MS = 8_000;

/** `bongsu start`: brings everything up, says where it listens, and goes down in order when it is told to. */
export const startCommand: Command = {
  name: "start",
  summary: { ko: "서버를 시작합니다", en: "start the server" },
  usage: ["start [--port 7119] [--host 127.0.0.1] [--policy FILE] [--roster FILE] [--data FOLDER]"],
  options: {
    port: { type: "string", summary: { ko: "포트 (기본 7119)", en: "the port (7119)" } },
    host: { type: "string", summary: { ko: "주소 (기본 127.0.0.1)", en: "the address (127.0.0.1)" } },
    policy: { type: "string", summary: { ko: "정책 문서", en: "the policy document" } },
    roster: {
      type: "string",
      summary: { ko: "처음 시작할 때 적용할 명부", en: "the roster applied on the first start" },
    },
    store: { type: "string", summary: { ko: "SQLite 파일 또는 mariadb://…", en: "an SQLite file or mariadb://…" } },
    "public-url": { type: "string", summary: { ko: "호출에 적을 주소", en: "the address written in pages" } },
    zone: { type: "string", summary: { ko: "시간대 (기본 Asia/Seoul)", en: "the time zone (Asia/Seoul)" } },
    demo: {
      type: "boolean",
      summary: {
        ko: "지어낸 3주의 기록으로 둘러보기. 아무것도 밖으로 보내지 않습니다",
        en: "look around in three invented weeks; nothing is sent anywhere",
      },
    },
  },
  async run(call) {
    const { config } = call;
    await (call.flag("demo") ? startDemo(config) : start(config, prepare));
    return 0;
  },
};

/** What is in the store before the server starts, and what it pages through where that is not the real thing. */
type Prepare = (
  store: Store,
  config: Config,
) => Promise<
  Pick<EngineFacts, "channels"> & {
    readonly tell?: (url: string) => Said;
    readonly measure?: (engine: Engine) => () => void;
  }
>;

async function prepare(store: Store, config: Config): ReturnType<Prepare> {
  await takePolicyFile(store, config);
  await firstRoster(store, config);
  return {};
}

/** Its files and words are loaded only where they are wanted. */
async function startDemo(config: Config): Promise<void> {
  const { demoConfig, playDemo, removeDemo } = await import("../demo/demo.ts");
  process.stdout.write(`${said.playing()[config.locale]}\n`);
  await start(demoConfig(config), playDemo, removeDemo);
}

async function start(config: Config, prepared: Prepare, clean: (config: Config) => void = () => {}): Promise<void> {
  const release = holdData(config.data);
  clean(config);
  const store = await openConfiguredStore(config);
  const { tell, measure, ...played } = await prepared(store, config);

  // The port first: what cannot listen must not take leases or send anything.
  const engine = engineOver(store, config, { node: nodeName(config.data), log: jsonLog, ...played });
  // Where time was played nothing real is measured.
  const measuring = played.channels === undefined ? measureHere(engine, await measuringFacts(config)) : undefined;
  const server = createServer(engine, version(), WEB, config.trustedProxies, measuring);
  await listen(server, config);
  const url = config.publicUrl.replace(/:0$/, `:${portOf(server, config)}`);
  await leaveCommandLineToken(store, config.data, `http://${hostPart(config.host)}:${portOf(server, config)}`);
  await engine.start();
  measuring?.start();
  const stopPlaying = measure?.(engine);
  const slack = played.channels === undefined ? await keepSlackLink(engine) : undefined;
  const told = tell?.(url) ?? said.listening({ url, data: config.data });
  process.stdout.write(`${told[config.locale]}\n`);
  await offerSetUp(store, config, setUpAddress(url, config, portOf(server, config)));

  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    jsonLog("info", "stopping", { signal });
    slack?.close();
    await server.close();
    stopPlaying?.();
    await measuring?.stop();
    await engine.stop(STOP_PATIENCE_MS);
    await store.close();
    release();
    process.exit(0);
  };
  process.on("SIGTERM", () => void stop("SIGTERM"));
  process.on("SIGINT", () => void stop("SIGINT"));
  // Whoever read the output is gone (a closed pipe): the watch goes on without a log rather than failing at each line of it.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  // A defect in one corner is logged and does not end the watch of all the others.
  process.on("unhandledRejection", (error) => jsonLog("error", "unhandled-rejection", { error: String(error) }));
  process.on("uncaughtException", (error) =>
    jsonLog("error", "uncaught-exception", { error: String(error), stack: error.stack ?? "" }),
  );
}

/** Collectors and what they stand on are loaded only where something is measured. */
async function measuringFacts({ hostName, selfMonitoring }: Config): Promise<Parameters<typeof measureHere>[1]> {
  const { collectors } = await import("../../collect/registry.ts");
  return { host: hostName, version: version(), collectors, itself: selfMonitoring };
}

/** Without https people can sign in on this host only, and with passkeys at its name alone (docs/adr/0009). */
function setUpAddress(publicUrl: string, { host }: Config, port: number): string {
  const isHere = ["127.0.0.1", "localhost", "0.0.0.0", "::"].includes(host);
  return publicUrl.startsWith("https:") || !isHere ? publicUrl : `http://localhost:${port}`;
}

/** While nobody can sign in, the link that makes the first administrator; each start makes a new one. */
async function offerSetUp(store: Store, config: Config, publicUrl: string): Promise<void> {
  if ((await store.accounts()).length > 0) return;
  const at = systemClock.now();
  const { link } = await store.transaction((queries) =>
    newInvite(queries, { chance: systemChance, publicUrl, by: "bongsu start", at }),
  );
  process.stdout.write(`${said.setUp({ link })[config.locale]}\n`);
}

function portOf(server: ReturnType<typeof createServer>, config: Config): number {
  const address = server.server.address();
  return typeof address === "object" && address !== null ? address.port : config.port;
}

/** Where this host itself reaches the server: a wildcard address is reached by loopback. */
function hostPart(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
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

/** Takes the policy file where it has something new to say, and tells what became of it. */
async function takePolicyFile(store: Store, config: Config): Promise<void> {
  const file = config.policy;
  const taken = await activatePolicyFile(store, file, systemClock.now());
  if (taken.is === "refused") {
    for (const diagnostic of taken.diagnostics) process.stderr.write(`${diagnosticText(diagnostic, config.locale)}\n`);
    if (!taken.inForce) throw new Fault("policy-refused", { file });
    process.stderr.write(`${said.policyKept({ file })[config.locale]}\n`);
  }
  if (taken.is === "kept") {
    const at = timeText(taken.activatedAt, config.zone, config.locale);
    process.stderr.write(`${said.policyNewer({ file, id: taken.id, by: taken.by, at })[config.locale]}\n`);
  }
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

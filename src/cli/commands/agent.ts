import { existsSync, readFileSync } from "node:fs";
import { hostname, uptime } from "node:os";
import { join, resolve } from "node:path";
import { LOCAL_EVERY_MS } from "../../agent/local-targets.ts";
import { type AgentStatus, type Boot, runAgent, STATUS_FILE, TARGETS_FILE } from "../../agent/run-agent.ts";
import { type ServerLink, serverLink } from "../../agent/server-link.ts";
import { faultCodes } from "../../fault/codes.ts";
import { Fault } from "../../fault/fault.ts";
import { randomText } from "../../id/chance.ts";
import { systemChance } from "../../id/system-chance.ts";
import { agentSaid as said } from "../../locale/agent.ts";
import { sayCollectReasons } from "../../monitor/collect-reason-words.ts";
import { readDuration } from "../../policy/phrases.ts";
import { readSecret, type Secret } from "../../secret/secret.ts";
import { type Millis, SECOND_MS } from "../../time/instant.ts";
import { systemClock } from "../../time/system-clock.ts";
import type { Call, Command } from "../command.ts";
import { holdData } from "../hold-data.ts";
import { jsonLog } from "../json-log.ts";
import { version } from "../package.ts";

const EVERY_MS_MIN = 5 * SECOND_MS;
const EVERY_MS_MAX = 300 * SECOND_MS;
/** Compressed, some days of an ordinary host. */
const SPOOL_MIB = 64;
const SPOOL_MIB_MAX = 100_000;
const MIB = 1024 * 1024;

/** `bongsu agent`: measures this host and sends it to a server, keeping on disk what the server cannot take yet. */
export const agentCommand: Command = {
  name: "agent",
  summary: { ko: "이 호스트를 측정하여 서버로 보냅니다", en: "measure this host and send it to a server" },
  usage: [
    "agent --server URL (--token-file FILE | --token-env NAME) [--ca-file FILE] [--host NAME] [--data FOLDER] [--every 10s] [--spool-mib 64]",
    "agent --status [--data FOLDER]",
  ],
  options: {
    server: {
      type: "string",
      summary: { ko: "Bongsu 서버 주소 (BONGSU_URL)", en: "the address of the Bongsu server (BONGSU_URL)" },
    },
    "token-file": {
      type: "string",
      summary: { ko: "agent 범위의 토큰이 든 파일", en: "a file with a token of the scope agent" },
    },
    "token-env": {
      type: "string",
      summary: {
        ko: "토큰이 든 환경 변수 (기본 BONGSU_TOKEN)",
        en: "an environment variable with the token (BONGSU_TOKEN)",
      },
    },
    "ca-file": {
      type: "string",
      summary: {
        ko: "서버 인증서를 확인할 인증 기관의 인증서(PEM)",
        en: "a file (PEM) with the authority by which the server's certificate is judged",
      },
    },
    host: {
      type: "string",
      summary: {
        ko: "측정값에 적을 호스트 이름 (기본: 이 기기의 이름)",
        en: "what samples name this host (its own name)",
      },
    },
    data: {
      type: "string",
      summary: { ko: "스풀을 둘 폴더 (기본 ./agent-data)", en: "the folder of the spool (./agent-data)" },
    },
    every: { type: "string", summary: { ko: "측정 주기 (기본 10s)", en: "how often it measures (10s)" } },
    "spool-mib": {
      type: "string",
      summary: {
        ko: "서버가 없을 때 남겨 둘 최대 크기(MiB, 기본 64)",
        en: "how much is kept while the server is away, in MiB (64)",
      },
    },
    status: {
      type: "boolean",
      summary: { ko: "이 폴더에서 도는 에이전트의 상태를 출력", en: "print how the agent of this folder is" },
    },
  },
  async run(call) {
    const data = resolve(call.text("data") ?? process.env.BONGSU_DATA ?? "agent-data");
    if (call.flag("status")) return status(call, data);
    const url = serverOf(call);
    const host = (call.text("host") ?? hostname()).normalize("NFC");
    const every = everyOf(call);
    const spoolBytesMax = spoolOf(call) * MIB;
    const ca = caOf(call);
    const token = tokenOf(call);
    const link = serverLink({ url, token, version: version(), ...(ca === undefined ? {} : { ca }) });
    const release = holdData(data);
    await greet(call, { link, host, url, wasTaken: existsSync(join(data, TARGETS_FILE)) });
    const { collectors } = await import("../../collect/registry.ts");
    call.print(said.running({ host, url, data })[call.locale], { host, server: url, data, everyMs: every });

    const end = new AbortController();
    for (const signal of ["SIGTERM", "SIGINT"] as const)
      process.on(signal, () => {
        if (!end.signal.aborted) jsonLog("info", "stopping", { signal });
        end.abort();
      });
    for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
    // A defect in one corner is logged and does not end the measuring of all the others.
    process.on("unhandledRejection", (error) => jsonLog("error", "unhandled-rejection", { error: String(error) }));
    process.on("uncaughtException", (error) =>
      jsonLog("error", "uncaught-exception", { error: String(error), stack: error.stack ?? "" }),
    );
    const facts = { host, version: version(), data, every, spoolBytesMax, boot: bootOf(), collectors, link };
    await runAgent({ ...facts, clock: systemClock, chance: systemChance, log: jsonLog }, end.signal);
    link.close();
    release();
    return 0;
  },
};

/**
 * Whether there is a Bongsu that takes this token. One that is merely away is waited for: there is a spool. An agent that
 * was taken before goes on whatever the server says now: a token that somebody revoked must not end the measuring.
 */
async function greet(
  call: Call,
  {
    link,
    host,
    url,
    wasTaken,
  }: { readonly link: ServerLink; readonly host: string; readonly url: string; readonly wasTaken: boolean },
): Promise<void> {
  try {
    await link.targets(host, undefined);
  } catch (error) {
    if (!(error instanceof Fault) || (error.code !== "server-unreachable" && !wasTaken)) throw error;
    const because = error.cause instanceof Error ? error.cause.message : `HTTP ${String(error.facts.status)}`;
    const words =
      error.code === "server-unreachable"
        ? said.unreachable({ url, because })
        : said.refused({ url, advice: faultCodes[error.code].advice[call.locale] });
    process.stderr.write(`${words[call.locale]}\n`);
  }
}

/** Of the machine, and when it booted by its own clock: it moves when the clock is set. */
function bootOf(): Boot {
  const file = "/proc/sys/kernel/random/boot_id";
  const id = existsSync(file) ? readFileSync(file, "utf8").trim() : randomText(systemChance, BOOT_ID_LENGTH);
  return { id, at: () => systemClock.now() - uptime() * SECOND_MS };
}

const BOOT_ID_LENGTH = 16;

function status(call: Call, data: string): number {
  const file = join(data, STATUS_FILE);
  if (!existsSync(file)) throw new Fault("config-unreadable", { file });
  const found = JSON.parse(readFileSync(file, "utf8")) as AgentStatus;
  const targets = found.targets.map(({ id, up, because = [] }) => ({
    id,
    up,
    because: because.length === 0 ? null : sayCollectReasons(because)[call.locale],
  }));
  call.print(said.status({ ...found, targets })[call.locale], found);
  return found.problem === null ? 0 : 1;
}

function caOf(call: Call): string | undefined {
  const file = call.text("ca-file");
  if (file === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new Fault("config-unreadable", { file }, error);
  }
  if (text.includes("BEGIN CERTIFICATE")) return text;
  throw new Fault("config-invalid", { path: "--ca-file", got: file, expected: "certificates in PEM" });
}

function serverOf(call: Call): string {
  const text = call.text("server") ?? process.env.BONGSU_URL;
  if (text === undefined) throw new Fault("usage", { missing: "--server URL", usage: agentCommand.usage });
  const url = URL.parse(text);
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:"))
    throw new Fault("config-invalid", {
      path: "--server",
      got: text,
      expected: "https://host:port or http://host:port",
    });
  return text.replace(/\/+$/u, "");
}

/** Never on the command line itself, where every user of the host can read it. */
function tokenOf(call: Call): Secret {
  const file = call.text("token-file");
  if (file !== undefined) return readSecret({ file }, "--token-file");
  const env = call.text("token-env") ?? "BONGSU_TOKEN";
  if (call.text("token-env") === undefined && (process.env.BONGSU_TOKEN ?? "") === "")
    throw new Fault("agent-token-missing");
  return readSecret({ env }, "--token-env");
}

function everyOf(call: Call): Millis {
  const text = call.text("every");
  if (text === undefined) return LOCAL_EVERY_MS;
  const every = readDuration(text);
  if (every !== undefined && every >= EVERY_MS_MIN && every <= EVERY_MS_MAX) return every;
  throw new Fault("config-invalid", { path: "--every", got: text, expected: "5s to 300s, such as 10s" });
}

function spoolOf(call: Call): number {
  const text = call.text("spool-mib") ?? String(SPOOL_MIB);
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= SPOOL_MIB_MAX) return size;
  throw new Fault("config-invalid", {
    path: "--spool-mib",
    got: text,
    expected: `a whole number from 1 to ${SPOOL_MIB_MAX}`,
  });
}

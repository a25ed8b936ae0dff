import type { Instant, Millis } from "../../time/instant.ts";
import { type Collector, collected, type Measured } from "../collector.ts";
import { type Raw, readSettings, type SettingsReader } from "../settings.ts";
import type { Answer } from "./answer.ts";
import { DNS_SETTINGS, openDns } from "./dns.ts";
import { openPing, PING_SETTINGS } from "./ping.ts";
import { openTcp, TCP_SETTINGS } from "./tcp.ts";
import { openTls, TLS_SETTINGS } from "./tls.ts";

const KINDS = ["ping", "tcp", "dns", "tls"] as const;
type CheckKind = (typeof KINDS)[number];

const MEMBERS: Readonly<Record<CheckKind, readonly string[]>> = {
  ping: PING_SETTINGS,
  tcp: TCP_SETTINGS,
  dns: DNS_SETTINGS,
  tls: TLS_SETTINGS,
};
/** Below the shortest interval, so that the answer "no answer" is there before the collection's own time is over. */
const TIMEOUT_MS = 4_000;
const TIMEOUT_RANGE = { min: 100, max: 60_000 };

/**
 * Asks something on the network by ping, TCP, DNS or TLS. What does not answer is a sample of 0, with the reason beside
 * it; what could not be asked is no sample.
 *
 * Settings: one of `ping`, `tcp`, `dns`, `tls`, each a text (`db-1`, `db-1:3306`, a name, `host:443`) or its own settings;
 * `timeout`.
 */
export const checkCollector: Collector = {
  kind: "check",
  local: false,
  open(raw) {
    const settings = readSettings(raw, [...KINDS, "timeout"]);
    const [kind, ...more] = KINDS.filter((one) => settings.raw(one) !== undefined);
    if (kind === undefined) throw settings.refuse("tcp", `one of ${KINDS.join(", ")}`);
    if (more[0] !== undefined) throw settings.refuse(more[0], `one check for each target; ${kind} is there already`);
    const timeout = settings.duration("timeout", TIMEOUT_MS, TIMEOUT_RANGE);
    const check = openCheck(kind, membersOf(settings, kind), timeout);
    return {
      async collect({ target, at, signal }) {
        const answer = await check(AbortSignal.any([signal, AbortSignal.timeout(timeout)]), at);
        return collected(samplesOf(kind, target, answer), answer.because === undefined ? [] : [answer.because]);
      },
      async close() {
        // Every check opens what it needs anew.
      },
    };
  },
};

type Check = (signal: AbortSignal, at: Instant) => Promise<Answer>;

function openCheck(kind: CheckKind, settings: SettingsReader, timeout: Millis): Check {
  switch (kind) {
    case "ping":
      return openPing(settings, timeout);
    case "tcp":
      return openTcp(settings);
    case "dns":
      return openDns(settings, timeout);
    case "tls":
      return openTls(settings);
  }
}

/** A text stands for what every check of its kind needs. */
function membersOf(settings: SettingsReader, kind: CheckKind): SettingsReader {
  const given = settings.raw(kind);
  const raw: unknown = typeof given === "string" ? { [kind === "dns" ? "name" : "host"]: given } : given;
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    throw settings.refuse(kind, `a text, or settings: ${MEMBERS[kind].join(", ")}`);
  }
  return readSettings(raw as Raw, MEMBERS[kind], `settings.${kind}`);
}

function samplesOf(check: CheckKind, target: string, answer: Answer): readonly Measured[] {
  const samples: Measured[] = [];
  const of = { target, check };
  if (answer.up !== undefined) samples.push({ metric: "network_check_up", labels: of, value: answer.up ? 1 : 0 });
  if (answer.seconds !== undefined)
    samples.push({ metric: "network_check_seconds", labels: of, value: answer.seconds });
  if (answer.lossRatio !== undefined)
    samples.push({ metric: "network_loss_ratio", labels: { target }, value: answer.lossRatio });
  if (answer.expirySeconds !== undefined)
    samples.push({ metric: "tls_expiry_seconds", labels: { target }, value: answer.expirySeconds });
  return samples;
}

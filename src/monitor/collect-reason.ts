/**
 * Why something could not be measured, or what of it is not well: a code with its facts, so that everybody reads it in
 * their own language (`collect-reason-words.ts`) and programs need not read words at all.
 */
export type CollectReason = ({ readonly code: PlainCode } | WithFacts[Exclude<CollectCode, PlainCode>]) & {
  /** What it is about: an address, a mount point, a unit. */
  readonly of?: string;
  /** The words of a driver, a server or the system, as they came; they know one language. */
  readonly detail?: string;
};
type WithFacts = { [C in CollectCode]: { readonly code: C } & FactsOf<C> };

/** Codes whose words need no fact. */
export type PlainCode = { [C in CollectCode]: (typeof COLLECT_FACTS)[C] extends readonly [] ? C : never }[CollectCode];
export type CollectCode = keyof typeof COLLECT_FACTS;
export type FactsOf<C extends CollectCode> = Readonly<Record<(typeof COLLECT_FACTS)[C][number], string | number>>;

/** Every code, with the names of the facts that its words need. */
export const COLLECT_FACTS = {
  // any collection
  "still-collecting": [],
  "took-too-long": ["seconds"],
  "settings-refused": ["path", "got", "expected"],
  fault: ["fault"],
  "samples-refused": ["count", "refusal"],
  unexpected: [],
  /** Told by an agent of another version. */
  "not-known-here": ["told"],
  // whatever is reached over the network
  "connection-refused": [],
  "connection-reset": [],
  "no-route": [],
  "network-unreachable": [],
  "no-answer": [],
  "name-not-found": [],
  "record-not-found": [],
  "name-server-silent": [],
  "name-server-failed": [],
  "name-server-refused": [],
  "certificate-expired": [],
  "certificate-not-yet-valid": [],
  "certificate-self-signed": [],
  "certificate-untrusted": [],
  "certificate-chain-incomplete": [],
  "certificate-other-name": [],
  "certificate-refused": [],
  "not-tls": [],
  "tls-failed": [],
  "connection-ended": [],
  "address-forbidden": ["address"],
  // requests over HTTP; `of` is the phase in which it ended
  "not-http": [],
  "redirect-nowhere": [],
  "redirect-insecure": [],
  "encoding-broken": [],
  "access-refused": ["status"],
  "answer-too-large": ["bytes"],
  // what was expected of an answer
  "status-unlike-expected": ["got", "expected"],
  "redirected-too-often": ["times"],
  "header-unlike-expected": ["header", "text"],
  "body-lacks-text": [],
  "body-has-text": [],
  "body-unlike-pattern": [],
  "body-not-json": [],
  "body-value-unlike-expected": ["path", "expected"],
  /** Beside one of those before. */
  "body-cut": ["bytes"],
  // databases
  "socket-missing": [],
  "login-refused": [],
  "client-host-refused": [],
  "too-many-connections": [],
  "user-limit-reached": [],
  "server-refused": [],
  "right-missing": ["metric", "grant"],
  "not-measured": ["metric"],
  "performance-schema-off": [],
  "disk-unknown": [],
  "replication-missing": [],
  "replication-stopped": ["io", "sql"],
  "galera-not-ready": ["status", "state"],
  // exporters and query servers
  "not-prometheus": ["line"],
  "too-many-series": ["got", "most"],
  "exporter-unknown": ["series"],
  "histograms-left-out": ["count"],
  "series-told-twice": ["count"],
  "query-refused": [],
  "query-unanswered": ["status"],
  "query-gives": ["kind"],
  "answer-partial": [],
  "server-warns": [],
  "clocks-apart": ["seconds"],
  // checks
  "record-unlike-expected": ["got", "missing"],
  "ping-missing": [],
  "ping-forbidden": [],
  "host-unreachable": [],
  // programs that are asked
  "program-missing": ["program"],
  "program-not-runnable": ["program"],
  "program-hangs": ["program"],
  "program-refused": ["program"],
  "program-silent": ["program"],
  "program-unclear": ["program"],
  // the machine
  "file-unreadable": ["file"],
  "mounts-hang": [],
  "mount-hangs": [],
  "mount-not-asked": [],
  "mount-missing": [],
  "processes-hidden": [],
  "process-hangs": ["processes"],
  "systemd-missing": [],
  "unit-unknown": [],
  "unit-not-loaded": ["state"],
  "gpu-lost": [],
  "gpus-missing": ["found", "expected"],
  "gpus-none": ["program"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const TEXT_LENGTH_MAX = 200;
/** Of one target. */
export const COLLECT_REASONS_MAX = 20;

/** As far as a page, a log and the store have room for it: on one line, and cut. */
export function bounded(reason: CollectReason): CollectReason {
  return Object.fromEntries(
    Object.entries(reason).map(([name, fact]) => [name, typeof fact === "string" ? oneLine(fact) : fact]),
  ) as CollectReason;
}

/** Read from what an agent sent; undefined where it is none. A code that is not known here is told as it is. */
export function collectReasonIn(value: Readonly<Record<string, unknown>>): CollectReason | undefined {
  const { code, of, detail } = value;
  if (typeof code !== "string" || code === "") return undefined;
  const names = Object.hasOwn(COLLECT_FACTS, code) ? COLLECT_FACTS[code as CollectCode] : undefined;
  const more = {
    ...(typeof of === "string" && of !== "" ? { of } : {}),
    ...(typeof detail === "string" && detail !== "" ? { detail } : {}),
  };
  const facts = (names ?? []).map((name) => [name, value[name]] as const);
  if (names === undefined || !facts.every(([, fact]) => isFact(fact)))
    return bounded({ code: "not-known-here", told: code, ...more });
  return bounded({ code, ...Object.fromEntries(facts), ...more } as CollectReason);
}

function isFact(value: unknown): value is string | number {
  return typeof value === "string" || (typeof value === "number" && Number.isFinite(value));
}

function oneLine(text: string): string {
  return text.toWellFormed().replaceAll("\0", "").replace(/\s+/gu, " ").trim().slice(0, TEXT_LENGTH_MAX);
}

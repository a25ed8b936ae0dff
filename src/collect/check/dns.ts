import { Resolver } from "node:dns/promises";
import { isIP } from "node:net";
import type { Millis } from "../../time/instant.ts";
import { reasonOf } from "../error-reason.ts";
import type { SettingsReader } from "../settings.ts";
import { isHost, readAddress, written } from "./address.ts";
import type { Answer } from "./answer.ts";

export const DNS_SETTINGS = ["name", "type", "server", "expect"] as const;

const TYPES = ["A", "AAAA", "CNAME", "MX", "NS", "PTR", "SOA", "SRV", "TXT"] as const;
type RecordType = (typeof TYPES)[number];

/** Asks a name server, or the host's own where none is named, and whether the answer is the expected one. */
export function openDns(settings: SettingsReader, timeout: Millis): (signal: AbortSignal) => Promise<Answer> {
  const name = settings.text("name");
  if (!isHost(name)) throw settings.refuse("name", "a name to look up");
  const type = settings.wordOr("type", TYPES, "A");
  const server = settings.textOr("server", undefined);
  const address = server === undefined ? undefined : readAddress(server, 53);
  if (server !== undefined && (address === undefined || isIP(address.host) === 0)) {
    throw settings.refuse("server", "the address of a name server: 10.0.0.53 or [fd00::53]:5353");
  }
  const expected = settings.texts("expect").map(plain);
  const asked = `${name} ${type}${address === undefined ? "" : ` @${written(address)}`}`;
  return async (signal) => {
    // One that is thrown away: its socket does not outlive the answer, and a server's death is not remembered.
    const resolver = new Resolver({ timeout: Math.max(100, Math.floor(timeout / 2)), tries: 2 });
    if (address !== undefined) resolver.setServers([written(address)]);
    const cancel = (): void => resolver.cancel();
    signal.addEventListener("abort", cancel, { once: true });
    const began = performance.now();
    try {
      const answers = await recordsOf(resolver, name, type);
      const seconds = (performance.now() - began) / 1_000;
      const found = new Set(answers.map(plain));
      const missing = expected.filter((one) => !found.has(one));
      if (answers.length === 0) return { up: false, seconds, because: { code: "record-not-found", of: asked } };
      if (missing.length === 0) return { up: true, seconds };
      const facts = { got: answers.join(", "), missing: missing.join(", ") };
      return { up: false, seconds, because: { code: "record-unlike-expected", of: asked, ...facts } };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // It is the name server that nobody listens at, and not the name.
      if (code === "ECONNREFUSED") return { up: false, because: { code: "name-server-silent", of: asked } };
      return { up: false, because: reasonOf(error, asked) };
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  };
}

/** As they stand in a zone. */
async function recordsOf(resolver: Resolver, name: string, type: RecordType): Promise<readonly string[]> {
  switch (type) {
    case "A":
      return resolver.resolve4(name);
    case "AAAA":
      return resolver.resolve6(name);
    case "CNAME":
      return resolver.resolveCname(name);
    case "NS":
      return resolver.resolveNs(name);
    case "PTR":
      return isIP(name) === 0 ? resolver.resolvePtr(name) : resolver.reverse(name);
    case "TXT":
      return (await resolver.resolveTxt(name)).map((parts) => parts.join(""));
    case "MX":
      return (await resolver.resolveMx(name)).map(({ priority, exchange }) => `${priority} ${exchange}`);
    case "SRV":
      return (await resolver.resolveSrv(name)).map((one) => `${one.priority} ${one.weight} ${one.port} ${one.name}`);
    case "SOA": {
      const soa = await resolver.resolveSoa(name);
      return [soa.nsname];
    }
  }
}

function plain(text: string): string {
  return text.trim().toLowerCase().replace(/\.$/u, "");
}

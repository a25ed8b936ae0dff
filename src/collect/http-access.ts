import { validateHeaderName, validateHeaderValue } from "node:http";
import type { CollectReason } from "../monitor/collect-reason.ts";
import { type Network, readNetwork } from "../net/networks.ts";
import {
  addressProblem,
  RequestFailure,
  RequestProblem,
  type TimedAnswer,
  timedRequest,
} from "../net/timed-request.ts";
import { readSecret } from "../secret/secret.ts";
import type { Millis } from "../time/instant.ts";
import { type ClientCertificate, readAuthority, readClient } from "./certificates.ts";
import { certificateReason, reasonOf } from "./error-reason.ts";
import type { SettingsReader } from "./settings.ts";

/** How something is asked over HTTP: the settings that every collector has that does so. */
export type HttpAccess = {
  readonly url: string;
  /** Read anew for each request, because tokens in files are renewed. */
  headers(): Readonly<Record<string, string>>;
  readonly timeout: Millis;
  readonly ca?: string;
  readonly client?: ClientCertificate;
  readonly insecure: boolean;
  readonly allow: readonly Network[];
};

export const ACCESS_SETTINGS = [
  "url",
  "headers",
  "basic",
  "bearer",
  "timeout",
  "ca",
  "client",
  "insecure",
  "allow",
] as const;

const TIMEOUT_MS = 10_000;
const TIMEOUT_RANGE = { min: 100, max: 60_000 };

export function readHttpAccess(settings: SettingsReader): HttpAccess {
  const url = settings.text("url");
  const problem = addressProblem(url);
  if (problem !== undefined) throw settings.refuse("url", problem);
  const headers = readHeaders(settings);
  // Loud now and not at three in the morning: whatever a file or the environment should bring has to be there.
  headers();
  return Object.freeze({
    url,
    headers,
    timeout: settings.duration("timeout", TIMEOUT_MS, TIMEOUT_RANGE),
    ...readAuthority(settings),
    ...readClient(settings),
    insecure: settings.flag("insecure", false),
    allow: settings.texts("allow").map((text) => {
      const network = readNetwork(text);
      if (network === undefined) throw settings.refuse("allow", "networks such as 169.254.0.0/16");
      return network;
    }),
  });
}

/** GET, as exporters and query servers are asked. */
export function getOver(
  access: HttpAccess,
  url: string,
  more: {
    readonly headers: Readonly<Record<string, string>>;
    readonly bytesMax: number;
    readonly signal: AbortSignal;
  },
): Promise<TimedAnswer> {
  return timedRequest(url, {
    ...access,
    method: "GET",
    headers: { "accept-encoding": "gzip", ...more.headers, ...access.headers() },
    bytesMax: more.bytesMax,
    redirectsMax: 3,
    signal: more.signal,
  });
}

/** Why nothing came, and in which phase; or that a secret cannot be read any more. */
export function requestReason(error: unknown): CollectReason {
  if (!(error instanceof RequestFailure)) return reasonOf(error);
  const { phase: of, cause } = error;
  if (!(cause instanceof RequestProblem)) return reasonOf(cause, of);
  const { problem } = cause;
  switch (problem.is) {
    case "late":
      return problem.seconds === undefined
        ? { code: "no-answer", of }
        : { code: "took-too-long", seconds: problem.seconds, of };
    case "certificate":
      return certificateReason(problem.error, of);
    case "forbidden-address":
      return { code: "address-forbidden", address: problem.address, of };
    case "ended":
      return { code: "connection-ended", of };
    default:
      return { code: problem.is, of };
  }
}

function readHeaders(settings: SettingsReader): () => Readonly<Record<string, string>> {
  const given = settings.raw("headers") ?? {};
  if (typeof given !== "object" || Array.isArray(given)) throw settings.refuse("headers", "names with a value each");
  const basic = settings.members("basic", ["user", "password"]);
  const bearer = settings.raw("bearer");
  if (basic !== undefined && bearer !== undefined) throw settings.refuse("bearer", "either 'basic' or 'bearer'");
  const user = basic?.text("user");
  return () => {
    const headers: Record<string, string> = {};
    for (const [name, raw] of Object.entries(given)) {
      const value = readSecret(raw, `settings.headers.${name}`).reveal();
      try {
        validateHeaderName(name);
        validateHeaderValue(name, value);
      } catch {
        throw settings.refuse("headers", `names and values as HTTP has them, which '${name}' is not`);
      }
      headers[name.toLowerCase()] = value;
    }
    if (bearer !== undefined) headers.authorization = `Bearer ${readSecret(bearer, "settings.bearer").reveal()}`;
    if (user !== undefined) {
      const password = basic?.secret("password")?.reveal() ?? "";
      headers.authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
    }
    return headers;
  };
}

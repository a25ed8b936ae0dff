import { lookup } from "node:dns/promises";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { BlockList, isIP } from "node:net";

/** No connection stood when time was up: nothing has left. */
export class NotConnected extends Error {}

/** A network as `allow` names it; undefined: it is none. */
export function readNetwork(text: string): Network | undefined {
  const [net = "", prefix, ...rest] = text.split("/");
  const family = isIP(net);
  const bits = family === 6 ? 128 : 32;
  const length = prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  if (family === 0 || rest.length > 0 || !(length <= bits)) return undefined;
  return { net, prefix: length, family: family === 6 ? "ipv6" : "ipv4" };
}

export type Network = { readonly net: string; readonly prefix: number; readonly family: "ipv4" | "ipv6" };

/** The address may not be called: another scheme, or a network that is not allowed. */
export class RefusedAddress extends Error {}

export type CheckedResponse = {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly etag: string | null;
  readonly body: string;
  /** There is more of it than was read. */
  readonly isCut: boolean;
};

const BODY_BYTES_MAX = 65_536;

/** Networks that nothing from outside is meant to call unless the settings allow them (RFC 6890 and its IPv6 counterparts). */
const PRIVATE: readonly (readonly [net: string, prefix: number, family: "ipv4" | "ipv6"])[] = [
  ["0.0.0.0", 8, "ipv4"],
  ["10.0.0.0", 8, "ipv4"],
  ["100.64.0.0", 10, "ipv4"],
  ["127.0.0.0", 8, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.0.0.0", 24, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["198.18.0.0", 15, "ipv4"],
  ["224.0.0.0", 3, "ipv4"],
  ["::", 96, "ipv6"],
  ["64:ff9b::", 96, "ipv6"],
  ["64:ff9b:1::", 48, "ipv6"],
  ["2002::", 16, "ipv6"],
  ["fc00::", 7, "ipv6"],
  ["fe80::", 10, "ipv6"],
  ["fec0::", 10, "ipv6"],
  ["ff00::", 8, "ipv6"],
];

/**
 * Asks an address that somebody configured, without being led anywhere else: http and https only, every address
 * the name resolves to is checked, the connection goes to the checked address (no second look-up), redirects are not
 * followed, and no more of the answer is read than `bytesMax` (64 KiB).
 */
export async function checkedFetch(
  url: string,
  options: {
    readonly method?: "GET" | "POST";
    readonly body?: string;
    readonly bytesMax?: number;
    readonly headers: Record<string, string>;
    readonly timeout: number;
    readonly allow: readonly Network[];
  },
): Promise<CheckedResponse> {
  const signal = AbortSignal.timeout(options.timeout);
  let target: URL;
  try {
    target = new URL(url);
  } catch {
    throw new RefusedAddress(`not a URL: ${url.slice(0, 100)}`);
  }
  if (target.protocol !== "http:" && target.protocol !== "https:")
    throw new RefusedAddress(`not http or https: ${target.protocol}`);
  if (target.username !== "" || target.password !== "") throw new RefusedAddress("credentials in the URL");
  const host = target.hostname.replace(/^\[|\]$/g, "");
  const addresses = isIP(host)
    ? [{ address: host, family: isIP(host) }]
    : await inTime(lookup(host, { all: true }), signal);
  for (const { address, family } of addresses) {
    if (!isAllowed(address, family, options.allow))
      throw new RefusedAddress(`${address} is in a private network; name it under 'allow' if it is meant`);
  }
  const [first] = addresses;
  if (first === undefined) throw new RefusedAddress(`${host} has no address`);
  return ask(target, first, { ...options, signal });
}

function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(new NotConnected("the name was not resolved in time")), {
      once: true,
    });
    work.then(resolve, reject);
  });
}

function isAllowed(address: string, family: number, allow: readonly Network[]): boolean {
  const type = family === 6 ? "ipv6" : "ipv4";
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return isAllowed(mapped, 4, allow);
  const permitted = new BlockList();
  for (const network of allow) permitted.addSubnet(network.net, network.prefix, network.family);
  if (permitted.check(address, type)) return true;
  const denied = new BlockList();
  for (const [net, prefix, entryType] of PRIVATE) denied.addSubnet(net, prefix, entryType);
  return !denied.check(address, type);
}

function ask(
  target: URL,
  to: { readonly address: string; readonly family: number },
  {
    method = "POST",
    body = "",
    bytesMax = BODY_BYTES_MAX,
    headers,
    signal,
  }: {
    readonly method?: "GET" | "POST";
    readonly body?: string;
    readonly bytesMax?: number;
    readonly headers: Record<string, string>;
    readonly signal: AbortSignal;
  },
): Promise<CheckedResponse> {
  const send = target.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(
      target,
      {
        method,
        headers: { ...headers, ...(method === "POST" ? { "content-length": String(Buffer.byteLength(body)) } : {}) },
        lookup: (_host, options, done) => {
          if (typeof options === "object" && options.all) done(null, [to]);
          else done(null, to.address, to.family);
        },
        signal,
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        let settled = false;
        const settle = (): void => {
          if (settled) return;
          settled = true;
          const retryAfter = response.headers["retry-after"];
          resolve({
            status: response.statusCode ?? 0,
            retryAfter: typeof retryAfter === "string" ? retryAfter : null,
            etag: response.headers.etag ?? null,
            body: Buffer.concat(chunks).toString("utf8"),
            isCut: bytes > bytesMax || !response.complete,
          });
        };
        response.on("data", (chunk: Buffer) => {
          chunks.push(chunk);
          bytes += chunk.length;
          if (bytes <= bytesMax) return;
          settle();
          response.destroy();
        });
        response.on("end", settle);
        // The status line is the answer, also where the connection then breaks.
        response.on("error", settle);
        response.on("close", settle);
      },
    );
    let connected = false;
    request.on("socket", (socket) => {
      socket.once(target.protocol === "https:" ? "secureConnect" : "connect", () => {
        connected = true;
      });
    });
    request.on("error", (error) => reject(connected ? error : new NotConnected(error.message, { cause: error })));
    request.end(body);
  });
}

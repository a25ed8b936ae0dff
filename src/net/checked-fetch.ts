import { lookup } from "node:dns/promises";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import { isWithin, type Network, PRIVATE } from "./networks.ts";

/** No connection stood when time was up: nothing has left. */
export class NotConnected extends Error {}

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
  for (const address of addresses) {
    if (!isWithin(address, options.allow) && isWithin(address, PRIVATE))
      throw new RefusedAddress(`${address.address} is in a private network; name it under 'allow' if it is meant`);
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

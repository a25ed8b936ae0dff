import { isUtf8 } from "node:buffer";
import { lookup } from "node:dns/promises";
import { type IncomingHttpHeaders, type IncomingMessage, request as sendRequest } from "node:http";
import { isIP, connect as openSocket, type Socket } from "node:net";
import type { Readable } from "node:stream";
import { connect as openTls, type TLSSocket } from "node:tls";
import type { Instant, Millis } from "../time/instant.ts";
import { earliestEnd } from "./certificate-end.ts";
import { type Address, isWithin, METADATA, type Network } from "./networks.ts";
import { decodersOf, textOf } from "./read-body.ts";

/** The stretches of a request, in their order. */
export const PHASES = ["dns", "connect", "tls", "first-byte", "transfer"] as const;
export type Phase = (typeof PHASES)[number];

export type TimedRequest = {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** No more of the answer is read, nor of what it was compressed from. */
  readonly bytesMax: number;
  /** How many redirects are followed; the one after that is the answer. */
  readonly redirectsMax: number;
  readonly timeout: Millis;
  readonly signal: AbortSignal;
  /** PEM; instead of the authorities that Node trusts. */
  readonly ca?: string;
  /** What we show of ourselves, PEM, to whoever asks for it. */
  readonly client?: { readonly cert: string; readonly key: string };
  /** Takes any certificate. */
  readonly insecure: boolean;
  /** Link-local networks that may be asked all the same. */
  readonly allow: readonly Network[];
};

export type TimedAnswer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Whatever it was compressed and written in. */
  readonly body: string;
  /** There is more of it than was read. */
  readonly isCut: boolean;
  readonly times: Times;
  /** When the first certificate of the chain ends. */
  readonly certificateEnds?: Instant;
};

/** Seconds that each phase took, over all redirects; a phase that was not gone through is absent. */
export type Times = Readonly<Partial<Record<Phase, number>>>;

/** Where a request ended; `cause` is why: a RequestProblem, or the system's error. */
export class RequestFailure extends Error {
  readonly phase: Phase;
  readonly times: Times;
  readonly certificateEnds: Instant | undefined;

  constructor(
    phase: Phase,
    known: { readonly times: Times; readonly certificateEnds: Instant | undefined },
    cause: unknown,
  ) {
    super(`ended in the phase ${phase}`, { cause });
    this.phase = phase;
    this.times = known.times;
    this.certificateEnds = known.certificateEnds;
  }
}

type Problem =
  | { readonly is: "forbidden-address"; readonly address: string }
  | { readonly is: "certificate"; readonly error: Error | string }
  /** After so many seconds; absent: with the caller's own time. */
  | { readonly is: "late"; readonly seconds?: number }
  | { readonly is: "redirect-insecure" | "redirect-nowhere" | "ended" };

/** What ended a request that is no error of the system's. */
export class RequestProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.is);
    this.problem = problem;
  }
}

/**
 * One request over connections of its own, each phase timed. http and https only; every address that a name resolves to
 * is checked, the connection goes to a checked one, and a redirect is checked like the first address. What the caller
 * authenticates itself with does not follow a redirect to another origin. Throws RequestFailure and nothing else.
 */
export async function timedRequest(url: string, request: TimedRequest): Promise<TimedAnswer> {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(request.timeout)]);
  const run = new Run(signal, request);
  try {
    const problem = addressProblem(url);
    if (problem !== undefined) throw new TypeError(`expected ${problem}`);
    let target = new URL(url);
    let asked = request;
    for (let redirects = 0; ; redirects++) {
      const answer = await run.ask(target, asked);
      const location = answer.headers.location;
      const isRedirect = [301, 302, 303, 307, 308].includes(answer.status) && location !== undefined;
      if (!isRedirect || redirects >= request.redirectsMax) return answer;
      const next = readLocation(location, target);
      if (next.origin !== target.origin) {
        if (target.protocol === "https:" && next.protocol === "http:")
          throw new RequestProblem({ is: "redirect-insecure" });
        asked = asStranger(asked);
      }
      const isPosted = asked.method === "POST" && answer.status !== 307 && answer.status !== 308;
      if (answer.status === 303 || isPosted) asked = asGet(asked);
      target = next;
    }
  } catch (error) {
    throw run.failure(error);
  } finally {
    run.end();
  }
}

/** What an address has to be to be asked; undefined: it is. Settings are checked by it before anything is asked. */
export function addressProblem(url: string): string | undefined {
  const target = URL.parse(url);
  return target === null ? "an address that begins with http:// or https://" : problemOf(target);
}

function problemOf({ protocol, username, password }: URL): string | undefined {
  if (protocol !== "http:" && protocol !== "https:") return `http:// or https://, not ${protocol}`;
  return username === "" && password === ""
    ? undefined
    : "an address without a password in it; 'basic' and 'bearer' take it";
}

/** Without whatever it authenticates itself with, or might. */
function asStranger({ body: _body, client: _client, ...request }: TimedRequest): TimedRequest {
  return { ...request, headers: { accept: request.headers.accept ?? "*/*" } };
}

function asGet({ body: _body, ...request }: TimedRequest): TimedRequest {
  return { ...request, method: request.method === "HEAD" ? "HEAD" : "GET" };
}

/** Browsers take a name in UTF-8 as it stands, which Node reads byte by byte. */
function readLocation(location: string, from: URL): URL {
  const bytes = Buffer.from(location, "latin1");
  const next = URL.parse(isUtf8(bytes) ? bytes.toString("utf8") : location, from.href);
  if (next === null || problemOf(next) !== undefined) throw new RequestProblem({ is: "redirect-nowhere" });
  return next;
}

/** One request with its redirects: where it is, and what each phase has taken so far. */
class Run {
  readonly #signal: AbortSignal;
  readonly #request: TimedRequest;
  readonly #times: Partial<Record<Phase, number>> = {};
  readonly #sockets = new Set<Socket>();
  #phase: Phase = "dns";
  #began = performance.now();
  #certificateEnds: Instant | undefined;

  constructor(signal: AbortSignal, request: TimedRequest) {
    this.#signal = signal;
    this.#request = request;
  }

  async ask(target: URL, request: TimedRequest): Promise<TimedAnswer> {
    const host = target.hostname.replace(/^\[|\]$/g, "");
    const isSecure = target.protocol === "https:";
    const addresses = await this.#resolve(host);
    for (const address of addresses) {
      if (isWithin(address, METADATA) && !isWithin(address, request.allow)) {
        throw new RequestProblem({ is: "forbidden-address", address: address.address });
      }
    }
    const port = target.port === "" ? (isSecure ? 443 : 80) : Number(target.port);
    let socket = await this.#connect(host, port, addresses);
    if (isSecure) socket = await this.#secure(socket, host, request);
    const response = await this.#firstByte(target, socket, request);
    return this.#transfer(response, request);
  }

  failure(error: unknown): RequestFailure {
    const { signal, timeout } = this.#request;
    const late = { is: "late", ...(signal.aborted ? {} : { seconds: timeout / 1_000 }) } as const;
    const cause = this.#signal.aborted ? new RequestProblem(late) : error;
    return new RequestFailure(this.#phase, { times: this.#times, certificateEnds: this.#certificateEnds }, cause);
  }

  end(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #enter(phase: Phase): void {
    this.#phase = phase;
    this.#began = performance.now();
  }

  #leave(): void {
    this.#times[this.#phase] = (this.#times[this.#phase] ?? 0) + (performance.now() - this.#began) / 1_000;
  }

  /** What is asked for, or the end of the time that it has. */
  #within<T>(begin: (done: (value: T) => void, fail: (error: unknown) => void) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      const abort = (): void => reject(this.#signal.reason);
      if (this.#signal.aborted) return abort();
      this.#signal.addEventListener("abort", abort, { once: true });
      const settled = (): void => this.#signal.removeEventListener("abort", abort);
      begin(
        (value) => {
          settled();
          resolve(value);
        },
        (error) => {
          settled();
          reject(error);
        },
      );
    });
  }

  async #resolve(host: string): Promise<readonly Address[]> {
    this.#enter("dns");
    if (isIP(host) !== 0) return [{ address: host, family: isIP(host) }];
    const addresses = await this.#within<Address[]>((done, fail) => lookup(host, { all: true }).then(done, fail));
    this.#leave();
    return addresses;
  }

  async #connect(host: string, port: number, addresses: readonly Address[]): Promise<Socket> {
    this.#enter("connect");
    const socket = openSocket({
      host,
      port,
      lookup: (_host, options, done) => {
        const [first = { address: host, family: 4 }] = addresses;
        if (options.all === true) done(null, [...addresses]);
        else done(null, first.address, first.family);
      },
      autoSelectFamilyAttemptTimeout: FAMILY_TIMEOUT_MS,
    });
    this.#sockets.add(socket);
    await this.#within<void>((done, fail) => {
      socket.once("connect", () => done());
      socket.once("error", fail);
    });
    // Whatever breaks later is told by what waits for it.
    socket.on("error", () => {});
    this.#leave();
    return socket;
  }

  /**
   * The handshake is ended whatever the certificate is worth, so that the end of a bad one is known too, and judged
   * before a byte of the request is sent.
   */
  async #secure(socket: Socket, host: string, { ca, client, insecure }: TimedRequest): Promise<Socket> {
    this.#enter("tls");
    const secure: TLSSocket = openTls({
      socket,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      host,
      ...(ca === undefined ? {} : { ca }),
      ...client,
      rejectUnauthorized: false,
      ALPNProtocols: ["http/1.1"],
    });
    // It owns the connection now: Node 26 crashes where the socket beneath is destroyed on its own.
    this.#sockets.delete(socket);
    this.#sockets.add(secure);
    await this.#within<void>((done, fail) => {
      secure.once("secureConnect", () => done());
      secure.once("error", fail);
      secure.once("close", () => fail(new RequestProblem({ is: "ended" })));
    });
    secure.on("error", () => {});
    this.#leave();
    this.#certificateEnds = earliestEnd(secure.getPeerCertificate(true)) ?? this.#certificateEnds;
    if (!secure.authorized && !insecure) {
      throw new RequestProblem({ is: "certificate", error: secure.authorizationError ?? "" });
    }
    return secure;
  }

  async #firstByte(target: URL, socket: Socket, request: TimedRequest): Promise<IncomingMessage> {
    this.#enter("first-byte");
    const { method, headers, body } = request;
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const response = await this.#within<IncomingMessage>((done, fail) => {
      const sent = sendRequest({
        createConnection: () => socket,
        host: target.hostname,
        path: `${target.pathname}${target.search}`,
        method,
        headers: { host: target.host, "accept-encoding": "identity", connection: "close", ...headers, ...length },
        maxHeaderSize: HEADER_BYTES_MAX,
      });
      sent.once("response", done);
      sent.on("error", fail);
      // After an answer that goes over to another protocol, say.
      sent.once("close", () => fail(new RequestProblem({ is: "ended" })));
      sent.end(body);
    });
    this.#leave();
    return response;
  }

  async #transfer(response: IncomingMessage, { method, bytesMax }: TimedRequest): Promise<TimedAnswer> {
    this.#enter("transfer");
    const decoders = decodersOf(response, method);
    const chunks: Buffer[] = [];
    let bytes = 0;
    try {
      await this.#within<void>((done, fail) => {
        const body = decoders.reduce<Readable>((from, decoder) => from.pipe(decoder), response);
        body.on("data", (chunk: Buffer) => {
          if (bytes > bytesMax) return;
          chunks.push(chunk);
          bytes += chunk.length;
          if (bytes > bytesMax) done();
        });
        body.once("end", () => done());
        for (const stream of [response, ...decoders]) stream.on("error", fail);
        response.once("close", () => {
          if (!response.complete) fail(new RequestProblem({ is: "ended" }));
        });
      });
    } finally {
      // A little that came can be a lot that goes on to be made of it.
      for (const decoder of decoders) decoder.destroy();
    }
    this.#leave();
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: textOf(Buffer.concat(chunks).subarray(0, bytesMax), response.headers["content-type"] ?? ""),
      isCut: bytes > bytesMax,
      times: { ...this.#times },
      ...(this.#certificateEnds === undefined ? {} : { certificateEnds: this.#certificateEnds }),
    };
  }
}

/** Node's 250 ms give up too early on a far address. */
const FAMILY_TIMEOUT_MS = 2_000;
const HEADER_BYTES_MAX = 64 * 1024;

import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { Fault } from "../fault/fault.ts";
import type { Target } from "../monitor/target.ts";
import type { Secret } from "../secret/secret.ts";
import { type Millis, SECOND_MS } from "../time/instant.ts";

/** What became of a request to the server. */
export type Sent =
  | { readonly is: "taken"; readonly rejected: number; readonly because?: string }
  /** It never will be: the server understood and refuses this body. */
  | { readonly is: "refused"; readonly because: string }
  | { readonly is: "later"; readonly after?: Millis; readonly because: string }
  /** Somebody has to do something: the token is wrong, or there is no Bongsu. */
  | { readonly is: "barred"; readonly because: string };

export type ServerLink = {
  send(body: Uint8Array): Promise<Sent>;
  /** The targets of this host; undefined where they are those of `tag`. Fault `server-unreachable`, `server-not-trusted`, `not-a-server`, `not-known`, `not-allowed`, `token-of-another-host`. */
  targets(host: string, tag: string | undefined): Promise<{ targets: readonly Target[]; tag: string } | undefined>;
  close(): void;
};

const TIMEOUT_MS = 30 * SECOND_MS;
const ANSWER_BYTES_MAX = 4 * 1024 * 1024;
/** Beyond this a server's wish to be left alone is not believed. */
const RETRY_AFTER_MS_MAX = 300 * SECOND_MS;

export type LinkFacts = {
  readonly url: string;
  readonly token: Secret;
  readonly version: string;
  /** Certificates in PEM by which the server's is judged, instead of those that the machine trusts. */
  readonly ca?: string;
};

type Answer = { readonly status: number; readonly headers: IncomingMessage["headers"]; readonly text: string };

/** The server as the agent sees it, over one connection that is kept. */
export function serverLink({ url, token, version, ca }: LinkFacts): ServerLink {
  const isTls = url.startsWith("https:");
  const kept = { keepAlive: true, maxSockets: 2 };
  const agent = isTls ? new HttpsAgent({ ...kept, ...(ca === undefined ? {} : { ca }) }) : new HttpAgent(kept);

  function ask(
    method: "GET" | "POST",
    path: string,
    headers: Record<string, string>,
    body?: Uint8Array,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const request = (isTls ? httpsRequest : httpRequest)(
        url + path,
        {
          method,
          agent,
          timeout: TIMEOUT_MS,
          headers: {
            authorization: `Bearer ${token.reveal()}`,
            "user-agent": `bongsu-agent/${version}`,
            ...headers,
            ...(body === undefined ? {} : { "content-length": String(body.length) }),
          },
        },
        (response) => {
          const parts: Buffer[] = [];
          let length = 0;
          response.on("data", (part: Buffer) => {
            length += part.length;
            if (length > ANSWER_BYTES_MAX) request.destroy(new Error("the answer is too long"));
            else parts.push(part);
          });
          response.on("end", () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              text: Buffer.concat(parts).toString("utf8"),
            }),
          );
          response.on("error", reject);
        },
      );
      request.on("timeout", () => request.destroy(new Error(`no answer within ${TIMEOUT_MS / SECOND_MS} s`)));
      request.on("error", reject);
      request.end(body);
    });
  }

  return {
    async send(body) {
      const headers = { "content-type": "application/json", "content-encoding": "gzip" };
      try {
        return outcomeOf(await ask("POST", "/v1/metrics", headers, body));
      } catch (error) {
        return { is: standing(error) === "later" ? "later" : "barred", because: messageOf(error) };
      }
    },
    async targets(host, tag) {
      const path = `/api/v1/agent/targets?host=${encodeURIComponent(host)}`;
      let answer: Answer;
      try {
        answer = await ask("GET", path, tag === undefined ? {} : { "if-none-match": tag });
      } catch (error) {
        const is = standing(error);
        const code =
          is === "not-trusted" ? "server-not-trusted" : is === "not-http" ? "not-a-server" : "server-unreachable";
        throw new Fault(code, { url }, new Error(messageOf(error), { cause: error }));
      }
      const { status, headers, text } = answer;
      if (status === 304) return undefined;
      if (status === 401) throw new Fault("not-known", { url });
      if (status === 403) throw refusedBy(url, text);
      if (status >= 500 || status === 429) throw new Fault("server-unreachable", { url, status });
      const targets = targetsIn(text);
      if (status !== 200 || targets === undefined)
        throw new Fault("not-a-server", { url, status, answer: text.slice(0, 100) });
      return { targets, tag: headers.etag ?? "" };
    },
    close: () => agent.destroy(),
  };
}

/** What a request that came to nothing says of the server: away for now, or something that somebody has to mend. */
function standing(error: unknown): "later" | "not-trusted" | "not-http" {
  const { code = "" } = error as { code?: string };
  if (/CERT|SELF_SIGNED|VERIFY_LEAF|ISSUER/u.test(code)) return "not-trusted";
  return code === "EPROTO" || code.startsWith("ERR_SSL_") || code.startsWith("HPE_") ? "not-http" : "later";
}

function outcomeOf({ status, headers, text }: Answer): Sent {
  const answer = parsed(text) as
    | {
        partialSuccess?: { rejectedDataPoints?: string | number; errorMessage?: string };
        message?: string;
        error?: { code?: string };
      }
    | undefined;
  const because = `${status} ${answer?.message ?? text.slice(0, 200)}`.trim();
  // A page that says 200 to everything is no server that has kept anything.
  if (status === 200 && answer !== undefined) {
    const { rejectedDataPoints = 0, errorMessage } = answer.partialSuccess ?? {};
    return {
      is: "taken",
      rejected: Number(rejectedDataPoints) || 0,
      ...(errorMessage === undefined ? {} : { because: errorMessage }),
    };
  }
  // Only the server itself can say that it will never take them; a proxy's word on size holds as well.
  if (status === 413 || (status === 400 && answer?.error?.code !== undefined)) return { is: "refused", because };
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    const after = retryAfter(headers["retry-after"], headers.date);
    return { is: "later", because, ...(after === undefined ? {} : { after }) };
  }
  const leads = headers.location === undefined ? "" : `, leads to ${headers.location}`;
  return { is: "barred", because: `${because}${leads}` };
}

/** Seconds, or a date by the server's own clock. */
function retryAfter(text: string | undefined, date: string | undefined): Millis | undefined {
  const seconds = Number(text);
  const wait = Number.isNaN(seconds) ? Date.parse(text ?? "") - Date.parse(date ?? "") : seconds * SECOND_MS;
  return wait > 0 ? Math.min(wait, RETRY_AFTER_MS_MAX) : undefined;
}

/** As the server says it: the token has not the scope, or is another host's. */
function refusedBy(url: string, text: string): Fault {
  const { error } = (parsed(text) ?? {}) as {
    error?: { code?: string; facts?: { tokenHost?: string; host?: string } };
  };
  if (error?.code !== "token-of-another-host") return new Fault("not-allowed", { url, needs: "agent" });
  const { tokenHost, host } = error.facts ?? {};
  return new Fault("token-of-another-host", { tokenHost, host });
}

function targetsIn(text: string): readonly Target[] | undefined {
  const { targets } = (parsed(text) ?? {}) as { targets?: unknown };
  return Array.isArray(targets) ? (targets as Target[]) : undefined;
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** On one line. */
function messageOf(error: unknown): string {
  const text = error instanceof AggregateError ? error.errors.map(String).join("; ") : (error as Error).message;
  return text.replace(/\s+/gu, " ").trim();
}

import type { Instant, Millis } from "../time/instant.ts";
import type { Outcome } from "./channel.ts";

/** What an HTTP status says of a page: 2xx has it, 408, 425, 429 and 5xx ask to come back, everything else is final. */
export function outcomeOfStatus(
  status: number,
  facts: { readonly receipt: string; readonly retryAfter: string | null; readonly at: Instant; readonly words: string },
): Outcome {
  const because = `HTTP ${status}${facts.words === "" ? "" : ` ${facts.words.slice(0, 200)}`}`;
  if (status >= 200 && status < 300) return { is: "accepted", receipt: facts.receipt };
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    const after = retryAfterMs(facts.retryAfter, facts.at);
    return after === undefined ? { is: "later", because } : { is: "later", because, after };
  }
  return { is: "refused", because };
}

/** `Retry-After` in seconds or as a date (RFC 9110, 10.2.3). */
export function retryAfterMs(header: string | null, at: Instant): Millis | undefined {
  if (header === null) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1_000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(date - at, 0);
}

const NOT_SENT =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ECONNECT|UND_ERR_CONNECT_TIMEOUT|CERT|SSL|TLS|UNABLE_TO_VERIFY|DEPTH_ZERO/i;

/** What a failed request says: nothing had left where there was no connection yet; otherwise nobody knows. */
export function outcomeOfError(error: unknown): Outcome {
  const chain: string[] = [];
  for (let cause: unknown = error; cause instanceof Error && chain.length < 5; cause = cause.cause) {
    chain.push(`${(cause as { code?: string }).code ?? ""} ${cause.message}`.trim());
  }
  const because = chain.join(": ").slice(0, 300) || String(error);
  return NOT_SENT.test(because) ? { is: "later", because } : { is: "unknown", because };
}

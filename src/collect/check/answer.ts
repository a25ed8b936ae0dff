/** What a check found. */
export type Answer = {
  /** Undefined: it could not be asked, so nothing is known of what is checked. */
  readonly up: boolean | undefined;
  /** How long the answer took. */
  readonly seconds?: number;
  readonly lossRatio?: number;
  readonly expirySeconds?: number;
  /** Why it is not up, or could not be asked. */
  readonly because?: string;
};

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset",
  EHOSTUNREACH: "no route to host",
  ENETUNREACH: "network unreachable",
  ETIMEDOUT: "no answer in time",
  ENOTFOUND: "name not found",
  ENODATA: "the name has no such record",
  EAI_AGAIN: "the name server does not answer",
  EAI_FAIL: "the name server failed",
  ESERVFAIL: "the name server failed",
  EREFUSED: "the name server refused",
  ETIMEOUT: "the name server does not answer",
  CERT_HAS_EXPIRED: "the certificate has expired",
  CERT_NOT_YET_VALID: "the certificate is not valid yet",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the certificate is signed by itself",
  SELF_SIGNED_CERT_IN_CHAIN: "the certificate's authority is not trusted",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "the certificate's authority is not trusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the server does not send the whole chain of its certificate",
  ERR_TLS_CERT_ALTNAME_INVALID: "the certificate is for another name",
  ERR_SSL_WRONG_VERSION_NUMBER: "the port does not speak TLS",
  EPROTO: "the TLS handshake failed",
};

/** An error in words for people. Where every address of a name failed, the first tells. */
export function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return wordsOf(error.errors[0]);
  if (typeof error === "string") return WORDS[error] ?? error;
  const { code, message } = error as NodeJS.ErrnoException;
  return WORDS[code ?? ""] ?? message;
}

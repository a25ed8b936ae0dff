import { Fault } from "../fault/fault.ts";
import type { CollectReason, PlainCode } from "../monitor/collect-reason.ts";

/** By the system's, the resolver's and OpenSSL's names for it. */
const CODES: Readonly<Record<string, PlainCode>> = {
  ECONNREFUSED: "connection-refused",
  ECONNRESET: "connection-reset",
  EHOSTUNREACH: "no-route",
  ENETUNREACH: "network-unreachable",
  ETIMEDOUT: "no-answer",
  ENOTFOUND: "name-not-found",
  ENODATA: "record-not-found",
  EAI_AGAIN: "name-server-silent",
  EAI_FAIL: "name-server-failed",
  ESERVFAIL: "name-server-failed",
  EREFUSED: "name-server-refused",
  ETIMEOUT: "name-server-silent",
  ECANCELLED: "name-server-silent",
  CERT_HAS_EXPIRED: "certificate-expired",
  CERT_NOT_YET_VALID: "certificate-not-yet-valid",
  DEPTH_ZERO_SELF_SIGNED_CERT: "certificate-self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "certificate-untrusted",
  UNABLE_TO_GET_ISSUER_CERT: "certificate-untrusted",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "certificate-untrusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "certificate-chain-incomplete",
  ERR_TLS_CERT_ALTNAME_INVALID: "certificate-other-name",
  ERR_SSL_WRONG_VERSION_NUMBER: "not-tls",
  EPROTO: "tls-failed",
  EPIPE: "connection-ended",
};
/** By how their names begin: of TLS, of Node's HTTP, of what is compressed. */
const FAMILIES: readonly (readonly [begin: RegExp, code: PlainCode])[] = [
  [/^ERR_SSL_/u, "tls-failed"],
  [/^HPE_/u, "not-http"],
  [/^(Z_|ERR__ERROR_|ZSTD_)/u, "encoding-broken"],
];

/**
 * Why something failed, by its error; where every address of a name failed, the first tells. Of a Fault its facts, which
 * hold no secret.
 */
export function reasonOf(error: unknown, of?: string): CollectReason {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0], of);
  const about = of === undefined ? {} : { of };
  if (error instanceof Fault) return { ...reasonOfFault(error), ...about };
  if (!(error instanceof Error)) return { code: "unexpected", ...about, detail: String(error) };
  const name = (error as NodeJS.ErrnoException).code ?? "";
  const code = CODES[name];
  if (code !== undefined) return { code, ...about };
  const family = FAMILIES.find(([begin]) => begin.test(name))?.[1];
  return family === undefined
    ? { code: "unexpected", ...about, detail: error.message }
    : { code: family, ...about, detail: name };
}

/** Why a certificate is not taken, by OpenSSL's name for it. */
export function certificateReason(error: Error | string | null, of: string): CollectReason {
  const name = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : (error ?? "");
  const code = CODES[name];
  return code === undefined ? { code: "certificate-refused", of, detail: name } : { code, of };
}

function reasonOfFault({ code, facts }: Fault): CollectReason {
  if (code === "config-invalid") {
    const { path, got, expected } = facts;
    return { code: "settings-refused", path: String(path), got: String(got), expected: String(expected) };
  }
  const told = Object.entries(facts).map(([name, value]) => `${name}: ${String(value)}`);
  return { code: "fault", fault: code, ...(told.length === 0 ? {} : { detail: told.join(", ") }) };
}

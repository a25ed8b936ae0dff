import type { DetailedPeerCertificate, PeerCertificate } from "node:tls";
import type { Instant } from "../time/instant.ts";

/**
 * When the first certificate of a chain ends: an intermediate's end breaks connections as the server's own does. What
 * signs itself at the top of a chain is left out; whoever trusts it does not look at its end.
 */
export function earliestEnd(certificate: DetailedPeerCertificate | PeerCertificate): Instant | undefined {
  const ends: Instant[] = [];
  const seen = new Set<string>();
  let one: DetailedPeerCertificate | PeerCertificate | undefined = certificate;
  while (one?.fingerprint256 !== undefined && !seen.has(one.fingerprint256)) {
    seen.add(one.fingerprint256);
    const issuer: DetailedPeerCertificate | undefined = "issuerCertificate" in one ? one.issuerCertificate : undefined;
    const isRoot = seen.size > 1 && issuer?.fingerprint256 === one.fingerprint256;
    const end = Date.parse(one.valid_to);
    if (!isRoot && Number.isFinite(end)) ends.push(end);
    one = issuer;
  }
  return ends.length === 0 ? undefined : Math.min(...ends);
}

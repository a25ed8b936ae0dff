import type { Told } from "../../proof/alarms.ts";
import type { Certificate } from "../../proof/certificate.ts";
import type { Queries } from "../../store/store.ts";
import type { Instant } from "../../time/instant.ts";

/** What is known of the last proof without reading it whole. */
export type ProofHead = {
  readonly at: Instant;
  readonly policy: string;
  readonly revision: number | null;
  readonly sha256: string;
  readonly holds: boolean;
  /** What the administrators were told of. */
  readonly told: readonly Told[];
};

const HEAD = "reach-proof";
const CERTIFICATE = "reach-proof-certificate";

export async function readProofHead(queries: Queries): Promise<ProofHead | undefined> {
  return (await queries.setting(HEAD)) as ProofHead | undefined;
}

/** The last certificate; undefined where nothing was proved yet. */
export async function readCertificate(queries: Queries): Promise<Certificate | undefined> {
  return (await queries.setting(CERTIFICATE)) as Certificate | undefined;
}

/** Keeps a certificate as the last one; open pages follow by the audit row, which is also the list of all that there were. */
export async function writeProof(queries: Queries, certificate: Certificate, at: Instant): Promise<void> {
  const { policy, roster, sha256, holds } = certificate;
  const known = await readProofHead(queries);
  const head: ProofHead = {
    at,
    policy: policy.id,
    revision: roster.revision,
    sha256,
    holds,
    told: known?.told ?? [],
  };
  await queries.putSetting(HEAD, head);
  await queries.putSetting(CERTIFICATE, certificate);
  const facts = { sha256, holds, policy: policy.id, revision: roster.revision };
  await queries.appendAudit([{ at, by: "bongsu", action: "proof.computed", facts }]);
}

/** Notes what the administrators are told; false where another node was faster, which has told them then. */
export async function noteTold(queries: Queries, known: ProofHead, told: readonly Told[]): Promise<boolean> {
  return queries.replaceSetting(HEAD, known, { ...known, told });
}

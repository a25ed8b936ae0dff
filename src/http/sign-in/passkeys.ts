import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import type { Account, Passkey } from "../../access/account.ts";
import { Fault } from "../../fault/fault.ts";
import type { Instant } from "../../time/instant.ts";
import type { PasskeySite } from "./address.ts";
import type { Challenges } from "./challenges.ts";

const NAME = "Bongsu";
/** ES256, EdDSA, RS256 (Windows Hello). */
const ALGORITHMS = [-7, -8, -257];
const TIMEOUT_MS = 5 * 60_000;
const TRANSPORTS = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"] as const;
type Transport = (typeof TRANSPORTS)[number];

/** Some three hundred modules, of which a server starts a fifth faster without: loaded when the first passkey is shown. */
const webAuthn = (): Promise<typeof import("@simplewebauthn/server")> => import("@simplewebauthn/server");

type Facts = { readonly site: PasskeySite; readonly challenges: Challenges; readonly at: Instant };

/** What `navigator.credentials.create` is asked for. A passkey stands for both factors, so its owner is verified. */
export async function passkeyToMake(
  { site, challenges, at }: Facts,
  facts: {
    readonly purpose: string;
    readonly account: Pick<Account, "id" | "login" | "name">;
    readonly has: readonly Passkey[];
  },
): Promise<object> {
  const { purpose, account, has } = facts;
  const { generateRegistrationOptions } = await webAuthn();
  return generateRegistrationOptions({
    rpName: NAME,
    rpID: site.id,
    userName: account.login,
    userDisplayName: account.name,
    userID: new TextEncoder().encode(account.id),
    challenge: challenges.issue(purpose, at),
    timeout: TIMEOUT_MS,
    attestationType: "none",
    supportedAlgorithmIDs: ALGORITHMS,
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    excludeCredentials: has.map(({ id, transports }) => ({ id, transports: transports.filter(isTransport) })),
  });
}

/** The passkey that was made; Fault `passkey-refused` where the answer is not one to a challenge of ours. */
export async function madePasskey(
  { site, challenges, at }: Facts,
  facts: { readonly purpose: string; readonly account: Account["id"]; readonly name: string; readonly answer: unknown },
): Promise<Passkey> {
  const challenge = challengeIn(facts.answer);
  const { verifyRegistrationResponse } = await webAuthn();
  const verified = await refused(() =>
    verifyRegistrationResponse({
      response: facts.answer as RegistrationResponseJSON,
      expectedChallenge: (one) => challenges.isGood(one, facts.purpose, at),
      expectedOrigin: site.origin,
      expectedRPID: site.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  );
  if (!verified.verified || !challenges.use(challenge, at)) throw new Fault("passkey-refused");
  const { credential } = verified.registrationInfo;
  return {
    id: credential.id,
    account: facts.account,
    name: facts.name,
    publicKey: Buffer.from(credential.publicKey).toString("base64url"),
    counter: credential.counter,
    transports: credential.transports ?? [],
    createdAt: at,
  };
}

/** What `navigator.credentials.get` is asked for: any passkey of this site, which says itself whose it is. */
export async function passkeyToShow({ site, challenges, at }: Facts, purpose: string): Promise<object> {
  const { generateAuthenticationOptions } = await webAuthn();
  return generateAuthenticationOptions({
    rpID: site.id,
    challenge: challenges.issue(purpose, at),
    timeout: TIMEOUT_MS,
    userVerification: "required",
  });
}

/** The passkey after its use; Fault `passkey-refused` where the answer was not made with it. */
export async function shownPasskey(
  { site, challenges, at }: Facts,
  facts: { readonly purpose: string; readonly passkey: Passkey; readonly answer: unknown },
): Promise<Passkey> {
  const { purpose, passkey, answer } = facts;
  const challenge = challengeIn(answer);
  const { verifyAuthenticationResponse } = await webAuthn();
  const { verified, authenticationInfo } = await refused(() =>
    verifyAuthenticationResponse({
      response: answer as AuthenticationResponseJSON,
      expectedChallenge: (one) => challenges.isGood(one, purpose, at),
      expectedOrigin: site.origin,
      expectedRPID: site.id,
      requireUserVerification: true,
      credential: {
        id: passkey.id,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, "base64url")),
        counter: passkey.counter,
        transports: passkey.transports.filter(isTransport),
      },
    }),
  );
  if (!verified || !challenges.use(challenge, at)) throw new Fault("passkey-refused");
  return { ...passkey, counter: authenticationInfo.newCounter, usedAt: at };
}

/** The credential that an answer names. */
export function passkeyIdIn(answer: unknown): string {
  const id = (answer as { id?: unknown } | null)?.id;
  if (typeof id !== "string" || id === "" || id.length > 1_400) throw new Fault("passkey-refused");
  return id;
}

function challengeIn(answer: unknown): string {
  const text = (answer as { response?: { clientDataJSON?: unknown } } | null)?.response?.clientDataJSON;
  if (typeof text !== "string") throw new Fault("passkey-refused");
  try {
    const { challenge } = JSON.parse(Buffer.from(text, "base64url").toString("utf8")) as { challenge?: unknown };
    if (typeof challenge === "string") return challenge;
  } catch (error) {
    throw new Fault("passkey-refused", {}, error);
  }
  throw new Fault("passkey-refused");
}

function isTransport(text: string): text is Transport {
  return (TRANSPORTS as readonly string[]).includes(text);
}

/** What the library throws on a wrong answer is a refusal, not a defect. */
async function refused<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Fault("passkey-refused", { because: error instanceof Error ? error.message : "unreadable" }, error);
  }
}

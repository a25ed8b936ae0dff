import { isIP } from "node:net";
import type { FastifyRequest } from "fastify";
import { Fault } from "../../fault/fault.ts";
import type { PasskeyPlace } from "../wire/session.ts";

/**
 * Whether the browser takes a `__Host-` cookie at the address it asked: over https, or on this host itself. Only to tell
 * people why signing in cannot work; nobody gains anything by lying about it.
 */
export function mayCarryCookie(request: FastifyRequest, publicUrl: string): boolean {
  const { origin, host = "" } = request.headers;
  if (isLoopback(hostName(host))) return true;
  if (origin !== undefined && origin !== "null") return URL.parse(origin)?.protocol === "https:";
  // Browsers send Sec-Fetch-… to trustworthy addresses only.
  if (request.headers["sec-fetch-site"] !== undefined) return true;
  if (request.headers["x-forwarded-proto"] === "https") return true;
  const url = URL.parse(publicUrl);
  return url?.protocol === "https:" && url.host === host;
}

/** Fault `insecure-address` that says what to do, where signing in could not last. */
export function demandCookie(request: FastifyRequest, publicUrl: string): void {
  if (mayCarryCookie(request, publicUrl)) return;
  throw new Fault("insecure-address", { host: request.headers.host ?? "", publicUrl });
}

/** What WebAuthn calls the relying party. */
export type PasskeySite = { readonly id: string; readonly origin: string };

/**
 * The relying party at the address that was asked: `localhost`, or the public address over https. An IP address cannot
 * be one (WebAuthn, 5.1.2: the id is a domain), so on 127.0.0.1 people are sent to localhost.
 */
export function passkeySite(request: FastifyRequest, publicUrl: string): PasskeySite | undefined {
  const { host = "" } = request.headers;
  if (hostName(host) === "localhost") return { id: "localhost", origin: `http://${host}` };
  const url = URL.parse(publicUrl);
  if (url?.protocol !== "https:" || url.host !== host || isIP(bare(url.hostname)) !== 0) return undefined;
  return { id: url.hostname, origin: url.origin };
}

/** As the web UI is told: whether passkeys can be used here, or where else. */
export function passkeyPlace(request: FastifyRequest, publicUrl: string): PasskeyPlace {
  if (passkeySite(request, publicUrl) !== undefined) return { can: true };
  const { host = "" } = request.headers;
  const url = URL.parse(publicUrl);
  if (isLoopback(hostName(host))) return { can: false, open: `http://localhost${portPart(host)}` };
  const reaches = url?.protocol === "https:" && isIP(bare(url.hostname)) === 0;
  return { can: false, open: reaches ? url.origin : null };
}

function isLoopback(name: string): boolean {
  return name === "localhost" || name.endsWith(".localhost") || name === "::1" || /^127(\.\d{1,3}){3}$/.test(name);
}

function hostName(host: string): string {
  return bare(URL.parse(`http://${host}`)?.hostname ?? "");
}

function portPart(host: string): string {
  const port = URL.parse(`http://${host}`)?.port ?? "";
  return port === "" ? "" : `:${port}`;
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}

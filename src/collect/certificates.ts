import { X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";
import type { SettingsReader } from "./settings.ts";

/** What a client shows of itself, PEM. */
export type ClientCertificate = { readonly cert: string; readonly key: string };

/**
 * `ca`: PEM instead of the authorities that Node trusts. Node takes anything, and then trusts nobody: what is no
 * certificate is refused here.
 */
export function readAuthority(settings: SettingsReader): { readonly ca?: string } {
  const ca = settings.secret("ca")?.reveal();
  if (ca === undefined) return {};
  try {
    void new X509Certificate(ca);
  } catch {
    throw settings.refuse("ca", "certificates in PEM");
  }
  return { ca };
}

/** `client`: `{ cert, key }`, for servers that ask who is there. */
export function readClient(settings: SettingsReader): { readonly client?: ClientCertificate } {
  const members = settings.members("client", ["cert", "key"]);
  if (members === undefined) return {};
  const [cert, key] = [members.secret("cert")?.reveal(), members.secret("key")?.reveal()];
  if (cert === undefined || key === undefined) throw settings.refuse("client", "both 'cert' and 'key'");
  try {
    createSecureContext({ cert, key });
  } catch {
    throw settings.refuse("client", "a certificate and its key in PEM, without a passphrase");
  }
  return { client: { cert, key } };
}

import { isIP } from "node:net";
import { connect } from "node:tls";
import { earliestEnd } from "../../net/certificate-end.ts";
import type { Instant } from "../../time/instant.ts";
import { certificateReason, reasonOf } from "../error-reason.ts";
import type { SettingsReader } from "../settings.ts";
import { addressOf, familyOf, written } from "./address.ts";
import type { Answer } from "./answer.ts";
import { connected } from "./connected.ts";

export const TLS_SETTINGS = ["host", "port", "family", "servername", "ca", "insecure"] as const;

/** Whether a client would take the server's certificate, and how long that one and those above it are valid. */
export function openTls(settings: SettingsReader): (signal: AbortSignal, at: Instant) => Promise<Answer> {
  const address = addressOf(settings, 443);
  const family = familyOf(settings);
  const servername = settings.textOr("servername", isIP(address.host) === 0 ? address.host : undefined);
  const ca = settings.secret("ca")?.reveal();
  const insecure = settings.flag("insecure", false);
  return async (signal, at) => {
    const began = performance.now();
    const socket = connect({
      ...address,
      ...(family === undefined ? {} : { family }),
      ...(servername === undefined ? {} : { servername }),
      ...(ca === undefined ? {} : { ca }),
      // What is wrong with the certificate is what is asked: a refused handshake would not tell how long it is valid.
      rejectUnauthorized: false,
    });
    try {
      await connected(socket, "secureConnect", signal);
      const seconds = (performance.now() - began) / 1_000;
      const ends = earliestEnd(socket.getPeerCertificate(true));
      const expiry = ends === undefined ? {} : { expirySeconds: (ends - at) / 1_000 };
      if (insecure || socket.authorized) return { up: true, seconds, ...expiry };
      const because = certificateReason(socket.authorizationError, written(address));
      return { up: false, seconds, ...expiry, because };
    } catch (error) {
      return { up: false, because: reasonOf(error, written(address)) };
    } finally {
      socket.destroy();
    }
  };
}

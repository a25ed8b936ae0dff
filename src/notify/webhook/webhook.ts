import { createHmac } from "node:crypto";
import { Fault } from "../../fault/fault.ts";
import { checkedFetch, NotConnected, RefusedAddress } from "../../net/checked-fetch.ts";
import { type Network, readNetwork } from "../../net/networks.ts";
import { readSecret, type Secret } from "../../secret/secret.ts";
import { toIso } from "../../time/instant.ts";
import type { Channel, Outcome } from "../channel.ts";
import { outcomeOfError, outcomeOfStatus } from "../http-outcome.ts";
import { readSettings } from "../settings.ts";
import { wordsOf } from "../words.ts";

export type WebhookSettings = {
  readonly secret: Secret | undefined;
  /** Networks that may be called although they are private: `10.0.0.0/8`. Public addresses always may. */
  readonly allow: readonly Network[];
};

/**
 * A signed POST to the address of a person's contact (Standard Webhooks 1.0.0: `webhook-id`, `webhook-timestamp`,
 * `webhook-signature: v1,<base64>` over `id.timestamp.body`). Redirects are failures.
 */
export const webhookChannel: Channel<WebhookSettings, string> = {
  kind: "webhook",
  speaksTo: "people",
  parse(raw) {
    const settings = readSettings("webhook", raw, ["secret", "allow"]);
    const secret = settings.raw("secret");
    return Object.freeze({
      secret: secret === undefined || secret === null ? undefined : readSecret(secret, "channels.webhook.secret"),
      allow: settings.texts("allow").map((text) => {
        const network = readNetwork(text);
        if (network === undefined) {
          const expected = "a network such as 10.0.0.0/8 or fd00::/8";
          throw new Fault("config-invalid", { path: "channels.webhook.allow", got: text, expected });
        }
        return network;
      }),
    });
  },
  render(page) {
    const { headline, lines, because } = wordsOf(page);
    return JSON.stringify({
      type: `page.${page.occasion}`,
      timestamp: toIso(page.at),
      data: {
        delivery: page.delivery,
        incident: { ...page.incident, openedAt: toIso(page.incident.openedAt) },
        urgency: page.urgency,
        drill: page.drill,
        mayBeDuplicate: page.mayBeDuplicate,
        headline,
        lines,
        because: { ...page.because, words: because },
        description: page.description.toWellFormed(),
        respondBy: page.respondBy === undefined ? null : toIso(page.respondBy),
        acknowledgeUrl: page.acknowledgeUrl ?? null,
        links: page.links,
        bundled: page.bundled,
      },
    });
  },
  async send(body, address, settings, { key, timeout, clock }): Promise<Outcome> {
    if (address.kind !== "person") return { is: "refused", because: "a webhook is addressed to a person's URL" };
    const at = clock.now();
    // A header takes ASCII alone, and the ids of people may be Korean.
    const id = key.replace(/[^\x21-\x7e]/gu, encodeURIComponent);
    const timestamp = String(Math.floor(at / 1_000));
    const headers: Record<string, string> = {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": timestamp,
    };
    if (settings.secret !== undefined) {
      headers["webhook-signature"] = signature(settings.secret, id, timestamp, body);
    }
    try {
      const response = await checkedFetch(address.address, { body, headers, timeout, allow: settings.allow });
      return outcomeOfStatus(response.status, { receipt: key, retryAfter: response.retryAfter, at, words: "" });
    } catch (error) {
      if (error instanceof NotConnected) return { is: "later", because: error.message };
      if (error instanceof RefusedAddress) return { is: "refused", because: error.message };
      return outcomeOfError(error);
    }
  },
};

/** `v1,` and the base64 of HMAC-SHA256; a `whsec_` secret is base64 of the key's bytes. */
export function signature(secret: Secret, id: string, timestamp: string, body: string): string {
  const text = secret.reveal();
  const key = text.startsWith("whsec_") ? Buffer.from(text.slice(6), "base64") : Buffer.from(text);
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}

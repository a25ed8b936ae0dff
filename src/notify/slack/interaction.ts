import { createHmac, timingSafeEqual } from "node:crypto";
import type { Secret } from "../../secret/secret.ts";
import type { Instant } from "../../time/instant.ts";
import { ACKNOWLEDGE_ACTION, RESOLVE_ACTION } from "./render-message.ts";

/** A button that somebody pressed. */
export type Interaction = {
  readonly action: "acknowledge" | "resolve";
  readonly incident: number;
  readonly delivery: string;
  readonly slackUser: string;
  readonly userName: string;
};

/** Slack's own bound against replays. */
const AGE_SECONDS_MAX = 300;

/** Whether Slack sent this raw body: `v0=` HMAC-SHA256 over `v0:timestamp:body`, not older than five minutes. */
export function isFromSlack(
  secret: Secret,
  request: { readonly timestamp: string | undefined; readonly signature: string | undefined; readonly body: string },
  at: Instant,
): boolean {
  const { timestamp = "", signature = "", body } = request;
  if (!/^\d+$/.test(timestamp) || Math.abs(at / 1_000 - Number(timestamp)) > AGE_SECONDS_MAX) return false;
  const expected = Buffer.from(
    `v0=${createHmac("sha256", secret.reveal()).update(`v0:${timestamp}:${body}`).digest("hex")}`,
  );
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The press in a `block_actions` payload; undefined for anything else. */
export function readInteraction(payload: unknown): Interaction | undefined {
  if (typeof payload !== "object" || payload === null) return undefined;
  const { type, user, actions } = payload as {
    type?: unknown;
    user?: { id?: unknown; name?: unknown; username?: unknown };
    actions?: unknown;
  };
  if (type !== "block_actions" || !Array.isArray(actions) || typeof user?.id !== "string") return undefined;
  const first = actions[0] as { action_id?: unknown; value?: unknown } | undefined;
  const action =
    first?.action_id === ACKNOWLEDGE_ACTION
      ? "acknowledge"
      : first?.action_id === RESOLVE_ACTION
        ? "resolve"
        : undefined;
  if (action === undefined || typeof first?.value !== "string") return undefined;
  try {
    const { incident, delivery } = JSON.parse(first.value) as { incident?: unknown; delivery?: unknown };
    if (typeof incident !== "number" || typeof delivery !== "string") return undefined;
    const userName = [user.name, user.username].find((name) => typeof name === "string") ?? user.id;
    return { action, incident, delivery, slackUser: user.id, userName };
  } catch {
    return undefined;
  }
}

import { readSecret, type Secret } from "../../secret/secret.ts";
import type { Channel, Outcome } from "../channel.ts";
import { outcomeOfError, retryAfterMs } from "../http-outcome.ts";
import { readSettings } from "../settings.ts";
import { renderMessage, type SlackMessage } from "./render-message.ts";

export type SlackSettings = {
  readonly token: Secret;
  readonly room: string;
  readonly apiUrl: string;
  /** Verifies what Slack posts to `/slack/interactions`. */
  readonly signingSecret: Secret | undefined;
  /** `xapp-…`: Socket Mode, for hosts that nothing can reach from outside. */
  readonly appToken: Secret | undefined;
};

/** `chat.postMessage`: one room, a thread per incident, buttons to acknowledge and resolve. */
export const slackChannel: Channel<SlackSettings, SlackMessage> = {
  kind: "slack",
  speaksTo: "rooms",
  parse: parseSlack,
  render: renderMessage,
  async send(body, _address, settings, { key, thread, timeout, clock }): Promise<Outcome> {
    const message = {
      channel: settings.room,
      ...body,
      unfurl_links: false,
      metadata: { event_type: "bongsu_page", event_payload: { delivery: key } },
      ...(thread === undefined ? {} : { thread_ts: thread, reply_broadcast: body.broadcast }),
    };
    const { broadcast: _, ...payload } = message;
    try {
      const response = await fetch(new URL("chat.postMessage", settings.apiUrl), {
        method: "POST",
        headers: {
          authorization: `Bearer ${settings.token.reveal()}`,
          "content-type": "application/json; charset=utf-8",
        },
        body: JSON.stringify(payload),
        redirect: "error",
        signal: AbortSignal.timeout(timeout),
      });
      const after = retryAfterMs(response.headers.get("retry-after"), clock.now());
      const patience = after === undefined ? {} : { after };
      if (response.status === 429) return { is: "later", because: "ratelimited", ...patience };
      if (response.status >= 500) return { is: "later", because: `HTTP ${response.status}`, ...patience };
      if (response.status !== 200) return { is: "refused", because: `HTTP ${response.status}` };
      const answer = (await response.json()) as { ok?: boolean; ts?: string; error?: string };
      if (answer.ok === true) return { is: "accepted", receipt: answer.ts ?? key, thread: thread ?? answer.ts ?? key };
      const because = answer.error ?? "no error named";
      return PASSING_ERRORS.has(because) ? { is: "later", because, ...patience } : { is: "refused", because };
    } catch (error) {
      return outcomeOfError(error);
    }
  },
};

/** Errors of the Web API that go away by themselves; every other is a matter of settings. */
const PASSING_ERRORS = new Set([
  "ratelimited",
  "rate_limited",
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
  "team_added_to_org",
]);

export function parseSlack(raw: Readonly<Record<string, unknown>>): SlackSettings {
  const settings = readSettings("slack", raw, ["token", "room", "api_url", "signing_secret", "app_token"]);
  const optional = (name: string): Secret | undefined => {
    const value = settings.raw(name);
    return value === undefined || value === null ? undefined : readSecret(value, `channels.slack.${name}`);
  };
  return Object.freeze({
    token: readSecret(settings.raw("token"), "channels.slack.token"),
    room: settings.text("room"),
    apiUrl: settings.textOr("api_url", "https://slack.com/api/").replace(/\/?$/, "/"),
    signingSecret: optional("signing_secret"),
    appToken: optional("app_token"),
  });
}

import type { ChannelKind } from "../policy/policy.ts";
import type { Channel } from "./channel.ts";
import { consoleChannel } from "./console/console.ts";
import { emailChannel } from "./email/email.ts";
import { slackChannel } from "./slack/slack.ts";
import { webhookChannel } from "./webhook/webhook.ts";

/** Every channel there is a driver for: one line each. */
export const channels: ReadonlyMap<ChannelKind, Channel> = new Map(
  [consoleChannel, emailChannel, slackChannel, webhookChannel].map((channel) => [channel.kind, channel as Channel]),
);

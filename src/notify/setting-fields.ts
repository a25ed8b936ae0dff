import type { ChannelKind } from "../policy/policy.ts";

/** One setting of a channel, for a form: what `parse` of the channel reads under that name. */
export type SettingField = {
  readonly name: string;
  /** `secret` is written and never given back. */
  readonly type: "text" | "number" | "flag" | "texts" | "secret";
  readonly required: boolean;
  readonly otherwise?: string | number | boolean;
};

/** The settings of each channel there is a driver for, in the order in which a form asks them. */
export const SETTING_FIELDS: Readonly<Partial<Record<ChannelKind, readonly SettingField[]>>> = {
  console: [],
  email: [
    { name: "host", type: "text", required: true },
    { name: "port", type: "number", required: false, otherwise: 587 },
    { name: "secure", type: "flag", required: false, otherwise: false },
    { name: "starttls", type: "flag", required: false, otherwise: true },
    { name: "verify", type: "flag", required: false, otherwise: true },
    { name: "user", type: "text", required: false },
    { name: "password", type: "secret", required: false },
    { name: "from", type: "text", required: true },
  ],
  slack: [
    { name: "token", type: "secret", required: true },
    { name: "room", type: "text", required: true },
    { name: "app_token", type: "secret", required: false },
    { name: "signing_secret", type: "secret", required: false },
    { name: "api_url", type: "text", required: false, otherwise: "https://slack.com/api/" },
  ],
  webhook: [
    { name: "secret", type: "secret", required: false },
    { name: "allow", type: "texts", required: false },
  ],
};

import { CHANNEL_KINDS, type ChannelKind } from "../policy/policy.ts";
import { DAY_MS, type Millis } from "../time/instant.ts";

/** How contacts are kept proven. */
export type ReachSettings = {
  /** Whether each contact gets a quiet test page once a week. */
  readonly silentTests: boolean;
  /** Through which channels. Phone and text messages cost sleep and money: only where somebody says so. */
  readonly channels: readonly ChannelKind[];
  /** Whom nothing has proven for so long is warned of. */
  readonly provenWithinDays: number;
};

export const DEFAULT_REACH_SETTINGS: ReachSettings = {
  silentTests: true,
  channels: ["email", "webhook"],
  provenWithinDays: 30,
};

export const PROVEN_WITHIN_DAYS_MAX = 365;
/** The name under which they are stored. */
export const REACH_SETTING = "reachability";

/** What is stored, or the defaults for whatever is not there or cannot be read. */
export function reachSettingsOf(stored: unknown): ReachSettings {
  const given = typeof stored === "object" && stored !== null ? (stored as Partial<ReachSettings>) : {};
  const { silentTests, channels, provenWithinDays } = given;
  return {
    silentTests: typeof silentTests === "boolean" ? silentTests : DEFAULT_REACH_SETTINGS.silentTests,
    channels: Array.isArray(channels)
      ? CHANNEL_KINDS.filter((kind) => channels.includes(kind))
      : DEFAULT_REACH_SETTINGS.channels,
    provenWithinDays:
      typeof provenWithinDays === "number" &&
      Number.isInteger(provenWithinDays) &&
      provenWithinDays >= 1 &&
      provenWithinDays <= PROVEN_WITHIN_DAYS_MAX
        ? provenWithinDays
        : DEFAULT_REACH_SETTINGS.provenWithinDays,
  };
}

export function provenWithin({ provenWithinDays }: ReachSettings): Millis {
  return provenWithinDays * DAY_MS;
}

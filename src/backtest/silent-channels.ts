import type { Drivers } from "../escalation/means.ts";
import type { Channel } from "../notify/channel.ts";
import type { ChannelKind } from "../policy/policy.ts";

/**
 * Channels that send nothing to anybody and say that they did: of the kinds, and to rooms or people, as the real ones, so
 * that the plan is the same. The only channels that a replay has.
 */
export function silentChannels(drivers: Drivers, onSend: () => void): ReadonlyMap<ChannelKind, Channel> {
  return new Map(
    [...drivers].map(([kind, speaksTo]): [ChannelKind, Channel] => [
      kind,
      {
        kind,
        speaksTo,
        parse: (raw) => raw,
        render: () => undefined,
        async send() {
          onSend();
          return { is: "accepted", receipt: "replayed" };
        },
      },
    ]),
  );
}

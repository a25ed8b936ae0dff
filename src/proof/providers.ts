import type { ChannelKind } from "../policy/policy.ts";
import type { ChannelSettings } from "../roster/roster.ts";

/** Who carries channels: two channels of one provider fall silent together. */
export type Provider = { readonly name: string; readonly channels: readonly ChannelKind[] };

/** Settings in which channels name the machine that they hand their messages to. */
const ADDRESSES = ["url", "server", "host", "endpoint", "base_url"];

/** The providers of the channels that are set up, each with what it carries. */
export function providersOf(channels: readonly ChannelSettings[]): readonly Provider[] {
  const carried = new Map<string, ChannelKind[]>();
  for (const channel of channels) {
    const name = providerOf(channel);
    carried.set(name, [...(carried.get(name) ?? []), channel.kind]);
  }
  return [...carried].map(([name, kinds]) => ({ name, channels: [...new Set(kinds)] }));
}

/** As the settings say (`provider`), else the host that they name, else the channel itself. */
function providerOf({ kind, settings }: ChannelSettings): string {
  if (typeof settings.provider === "string" && settings.provider.trim() !== "") return settings.provider.trim();
  for (const name of ADDRESSES) {
    const value = settings[name];
    if (typeof value === "string" && value !== "") return hostIn(value);
  }
  return kind;
}

function hostIn(address: string): string {
  const host = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/]*@)?(\[[^\]]+\]|[^:/?#]+)/iu.exec(address.trim())?.[1];
  return (host ?? address).toLowerCase();
}

import type { ShownReach } from "../../../../src/http/wire/incident.ts";
import type { DeliveryState } from "./delivery-states.ts";

export type ReachGroup = {
  readonly key: string;
  readonly first: ShownReach;
  readonly names: readonly string[];
  readonly state: DeliveryState | undefined;
};

/** Messages that went the same way and fared alike are one line, with everybody whom they were for. */
export function groupedReaches(
  reach: readonly ShownReach[],
  states: ReadonlyMap<string, DeliveryState> | undefined,
): readonly ReachGroup[] {
  const groups = new Map<string, { first: ShownReach; names: string[]; state: DeliveryState | undefined }>();
  for (const one of reach) {
    const state = one.delivery === null ? undefined : states?.get(one.delivery);
    const key = [one.channel, one.mention, one.urgency, one.insteadOf, one.room, state?.is, state?.because].join("|");
    const names = one.who.map(({ name }) => name);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { first: one, names, state });
    else known.names.push(...names);
  }
  return [...groups].map(([key, group]) => ({ key, ...group }));
}

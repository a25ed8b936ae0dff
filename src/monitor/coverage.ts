import type { MonitoredItem, Policy } from "../policy/policy.ts";
import type { Instant } from "../time/instant.ts";
import type { Monitor, MonitorId } from "./monitor.ts";
import { type Quantity, quantityNamed } from "./quantity.ts";

/** What a monitor has been seen to watch lately. */
export type Seen = { readonly series: number; readonly lastAt: Instant | undefined };

/** An item that the document says is watched, and what watches it. */
export type CoveredItem = {
  readonly item: MonitoredItem;
  /** Undefined: nobody knows what the item means. */
  readonly quantity: Quantity | undefined;
  /** Switched on, and about it. */
  readonly monitors: readonly Monitor[];
  /** About it and switched off, where none is on: what somebody has to undo. */
  readonly off: readonly Monitor[];
  /** Series that brought something lately, of all of them. None: it is watched in name only. */
  readonly series: number;
  readonly lastAt: Instant | undefined;
};

/** Each item of the document held against the monitors and what they see. Pure. */
export function coverageOf(
  policy: Policy,
  monitors: readonly Monitor[],
  seen: (monitor: MonitorId) => Seen,
): readonly CoveredItem[] {
  return policy.monitoring.map((item) => {
    const quantity = quantityNamed(item.name, item.area);
    const all = monitors.filter((one) => one.quantity !== undefined && one.quantity === quantity?.kind);
    const about = all.filter(({ enabled }) => enabled);
    const sights = about.map(({ id }) => seen(id));
    return {
      item,
      quantity,
      monitors: about,
      off: about.length > 0 ? [] : all,
      series: sights.reduce((sum, { series }) => sum + series, 0),
      lastAt: sights.reduce<Instant | undefined>(
        (latest, { lastAt }) => (lastAt === undefined ? latest : Math.max(latest ?? 0, lastAt)),
        undefined,
      ),
    };
  });
}

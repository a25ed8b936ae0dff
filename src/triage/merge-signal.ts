import type { Instant } from "../time/instant.ts";
import type { Alert, AlertId } from "./alert.ts";
import { withChange } from "./flapping.ts";
import type { Signal } from "./signal.ts";

/**
 * What a signal does to its alert. `repeat`: known and still firing. `held`: its source says that it is over, but it
 * flaps and is held open. `ignored`: it ends what was never begun.
 */
export type Merge = "new" | "fired-again" | "repeat" | "spoke-again" | "resolved" | "held" | "acknowledged" | "ignored";

/** The alert after the signal, and what that was. The earliest start is kept; the source's newest words win. */
export function mergeSignal(
  known: Alert | undefined,
  signal: Signal,
  facts: { readonly id: AlertId; readonly service: string; readonly at: Instant },
): { readonly is: Merge; readonly alert: Alert | undefined } {
  const { at } = facts;
  if (known === undefined) {
    return signal.action === "fire" ? { is: "new", alert: begun(signal, facts) } : { is: "ignored", alert: undefined };
  }
  const open = known.status !== "resolved";
  if (signal.action === "acknowledge") return { is: open ? "acknowledged" : "ignored", alert: known };
  if (signal.action === "resolve") {
    if (!open || known.flapping?.over === true) return { is: "ignored", alert: known };
    const changed = withChange(known, at, true);
    // What is muted holds no incident open, so there is nothing to hold.
    if (changed.flapping !== undefined && known.incident !== undefined && known.suppressed === undefined) {
      const { expiresAt: _, ...held } = known;
      return { is: "held", alert: { ...held, ...changed, status: "firing", updatedAt: at } };
    }
    const { flapping: _, ...rest } = known;
    const { changes = [] } = changed;
    return { is: "resolved", alert: { ...rest, changes, status: "resolved", resolvedAt: at, updatedAt: at } };
  }
  if (!open) {
    const { incident } = known;
    const again = { ...begun(signal, facts), ...withChange(known, at, false), count: known.count + 1 };
    return { is: "fired-again", alert: incident === undefined ? again : { ...again, incident } };
  }
  const { expiresAt: _, ...rest } = known;
  const renewed: Alert = {
    ...rest,
    ...(known.flapping?.over === true ? withChange(known, at, false) : {}),
    ...said(signal),
    status: "firing",
    startsAt: Math.min(known.startsAt, signal.startsAt),
    updatedAt: at,
    count: known.count + 1,
  };
  return { is: known.status === "silent" ? "spoke-again" : "repeat", alert: renewed };
}

function begun(signal: Signal, { id, service, at }: { id: AlertId; service: string; at: Instant }): Alert {
  return {
    id,
    source: signal.source,
    integration: signal.integration,
    key: signal.key,
    status: "firing",
    service,
    labels: signal.labels,
    startsAt: signal.startsAt,
    updatedAt: at,
    count: 1,
    ...said(signal),
  };
}

function said(signal: Signal): Pick<Alert, "title" | "annotations" | "links"> & Partial<Alert> {
  return {
    title: signal.title,
    annotations: signal.annotations,
    links: signal.links,
    ...(signal.severity === undefined ? {} : { severity: signal.severity }),
    ...(signal.description === undefined ? {} : { description: signal.description }),
    ...(signal.expiresAt === undefined ? {} : { expiresAt: signal.expiresAt }),
  };
}

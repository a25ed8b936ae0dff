import { asId } from "../../id/id.ts";
import type { Delivery, Queries } from "../../store/store.ts";
import { type Instant, MINUTE_MS } from "../../time/instant.ts";
import { change } from "../change.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Ports } from "../ports.ts";

/** Puts a page into the bundle that leaves for its target through its channel at `until`. */
export async function holdInBundle(
  queries: Queries,
  delivery: Delivery,
  until: Instant,
  facts: { readonly ports: Ports; readonly knowledge: Knowledge; readonly at: Instant },
): Promise<boolean> {
  const incident = delivery.incident === undefined ? undefined : await queries.incident(delivery.incident);
  if (incident === undefined) return false;
  const target = delivery.person === "" ? "room" : delivery.person;
  // One bundle a minute for a target and channel: what is held meanwhile finds the same row.
  const id = asId<"delivery">(`bundle/${target}/${delivery.channel}/${Math.ceil(until / MINUTE_MS)}`);
  const known = await queries.delivery(id);
  if (known !== undefined && known.state !== "queued") return false;
  const { into: _, ...page } = delivery;
  const bundle: Delivery = {
    ...page,
    id,
    kind: "bundle",
    createdAt: facts.at,
    dueAt: until,
    giveUpAt: until + BUNDLE_PATIENCE_MS,
  };
  await queries.insertDeliveries([bundle]);
  if (!(await queries.updateDelivery({ ...delivery, state: "bundled", into: id }, delivery.epoch))) return false;
  await change(
    queries,
    { id: incident.id, state: incident },
    [{ do: "record", event: { type: "delivery-bundled", delivery: delivery.id, into: id } }],
    { ...facts, by: { kind: "bongsu" } },
  );
  return true;
}

const BUNDLE_PATIENCE_MS = 10 * MINUTE_MS;

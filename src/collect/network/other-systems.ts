import type { Interface } from "./read-interfaces.ts";

/** By `systeminformation`, where there is no `/proc`. */
export async function readElsewhere(): Promise<ReadonlyMap<string, Interface>> {
  const { networkInterfaces, networkStats } = await import("systeminformation");
  const [interfaces, stats] = await Promise.all([networkInterfaces(), networkStats("*")]);
  const traffic = new Map(
    stats.map((one) => [
      one.iface,
      {
        receivedBytes: one.rx_bytes,
        sentBytes: one.tx_bytes,
        errors: one.rx_errors + one.tx_errors,
        drops: one.rx_dropped + one.tx_dropped,
      },
    ]),
  );
  const list = Array.isArray(interfaces) ? interfaces : [interfaces];
  return new Map(list.map(({ iface, operstate }) => [iface, { up: operstate === "up", traffic: traffic.get(iface) }]));
}

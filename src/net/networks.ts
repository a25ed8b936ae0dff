import { BlockList, isIP } from "node:net";

export type Network = { readonly net: string; readonly prefix: number; readonly family: "ipv4" | "ipv6" };

export type Address = { readonly address: string; readonly family: number };

/** A network as `allow` names it; undefined: it is none. */
export function readNetwork(text: string): Network | undefined {
  const [net = "", prefix, ...rest] = text.split("/");
  const family = isIP(net);
  const bits = family === 6 ? 128 : 32;
  const length = prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  if (family === 0 || rest.length > 0 || !(length <= bits)) return undefined;
  return { net, prefix: length, family: family === 6 ? "ipv6" : "ipv4" };
}

/** An IPv4 address inside an IPv6 one (`::ffff:10.0.0.1`) is the IPv4 address. */
export function isWithin({ address, family }: Address, networks: readonly Network[]): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return isWithin({ address: mapped, family: 4 }, networks);
  const list = new BlockList();
  for (const { net, prefix, family: kind } of networks) list.addSubnet(net, prefix, kind);
  return list.check(address, family === 6 ? "ipv6" : "ipv4");
}

const network = (net: string, prefix: number): Network => ({ net, prefix, family: isIP(net) === 6 ? "ipv6" : "ipv4" });

/** Networks that nothing from outside is meant to call unless the settings allow them (RFC 6890 and its IPv6 counterparts). */
export const PRIVATE: readonly Network[] = [
  network("0.0.0.0", 8),
  network("10.0.0.0", 8),
  network("100.64.0.0", 10),
  network("127.0.0.0", 8),
  network("169.254.0.0", 16),
  network("172.16.0.0", 12),
  network("192.0.0.0", 24),
  network("192.168.0.0", 16),
  network("198.18.0.0", 15),
  network("224.0.0.0", 3),
  network("::", 96),
  network("64:ff9b::", 96),
  network("64:ff9b:1::", 48),
  network("2002::", 16),
  network("fc00::", 7),
  network("fe80::", 10),
  network("fec0::", 10),
  network("ff00::", 8),
];

/**
 * Where machines of a cloud keep their credentials, and what is only reached on the same wire. Watching private networks
 * is what monitoring is for; these it asks only where the settings name them.
 */
export const METADATA: readonly Network[] = [
  network("169.254.0.0", 16),
  network("100.100.100.200", 32),
  network("fd00:ec2::254", 128),
  network("fd20:ce::254", 128),
  network("fe80::", 10),
  // 169.254/16 inside NAT64 and 6to4.
  network("64:ff9b::a9fe:0", 112),
  network("2002:a9fe::", 32),
];

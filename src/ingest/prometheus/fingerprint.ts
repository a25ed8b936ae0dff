/**
 * Alertmanager's fingerprint of a label set: FNV-1a of 64 bits over each name, 0xff, value, 0xff in order of the
 * names (bytes of UTF-8), as 16 hex digits. In two halves of 32 bits: JavaScript's own 64-bit integers cost ten times
 * as much, and this runs for every alert of every request.
 */
const OFFSET_HIGH = 0xcbf29ce4;
const OFFSET_LOW = 0x84222325;
/** The prime is 0x100000001b3: 2^40 + 0x1b3. */
const PRIME_LOW = 0x1b3;

const encoder = new TextEncoder();
const scratch = new Uint8Array(65_536);

const ABOVE_BMP = /[\ud800-\udfff]/;

/** JavaScript orders texts by units of UTF-16, which is another order than that of bytes where there are surrogates. */
function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

export function fingerprint(labels: Readonly<Record<string, string>>): string {
  const names = Object.keys(labels).sort();
  if (names.some((name) => ABOVE_BMP.test(name))) names.sort(byBytes);
  let high = OFFSET_HIGH;
  let low = OFFSET_LOW;
  const eat = (byte: number): void => {
    low = (low ^ byte) >>> 0;
    // (high, low) × prime modulo 2^64: low × 0x1b3 carries into high, low also arrives there shifted by eight bits.
    const lowest = (low & 0xffff) * PRIME_LOW;
    const middle = (low >>> 16) * PRIME_LOW + (lowest >>> 16);
    const carried = Math.floor(middle / 0x10000);
    high = (Math.imul(high, PRIME_LOW) + carried + (low << 8)) >>> 0;
    low = (((middle & 0xffff) << 16) | (lowest & 0xffff)) >>> 0;
  };
  const eatText = (text: string): void => {
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code > 0x7f) return eatBytes(text.slice(index));
      eat(code);
    }
  };
  const eatBytes = (text: string): void => {
    const { written } = encoder.encodeInto(text, scratch);
    for (let index = 0; index < written; index++) eat(scratch[index] ?? 0);
  };
  for (const name of names) {
    eatText(name);
    eat(0xff);
    eatText(labels[name] ?? "");
    eat(0xff);
  }
  return high.toString(16).padStart(8, "0") + low.toString(16).padStart(8, "0");
}

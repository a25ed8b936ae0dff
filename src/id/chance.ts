/** Where chance comes from: an argument, so that a seed reproduces a run. */
export type Chance = {
  /** A number in [0, 1). */
  fraction(): number;
  /** `count` bytes; unpredictable from the system's source, reproducible from a seed. */
  bytes(count: number): Uint8Array;
};

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** A random text of `length` characters of Crockford's base 32, five bits each. */
export function randomText(chance: Chance, length: number): string {
  let text = "";
  for (const byte of chance.bytes(length)) text += ALPHABET[byte & 31];
  return text;
}

/** A chance that a 32-bit seed determines (the generator known as mulberry32). Not for secrets. */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    fraction,
    bytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(fraction() * 256)),
  };
}

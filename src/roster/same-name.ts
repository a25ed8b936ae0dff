/** Names are compared as people mean them: composed Hangul, without regard to case and spacing. */
export function sameName(one: string, other: string): boolean {
  return one === other || nameKey(one) === nameKey(other);
}

/** The same few names are compared again and again; whoever asks for more than these pays for it anew. */
const KEYS_MAX = 10_000;
const keys = new Map<string, string>();

export function nameKey(name: string): string {
  const known = keys.get(name);
  if (known !== undefined) return known;
  const key = name.normalize("NFC").replace(/\s+/gu, "").toLowerCase();
  if (keys.size >= KEYS_MAX) keys.clear();
  keys.set(name, key);
  return key;
}

/** Names are compared as people mean them: composed Hangul, without regard to case and spacing. */
export function sameName(one: string, other: string): boolean {
  return nameKey(one) === nameKey(other);
}

export function nameKey(name: string): string {
  return name.normalize("NFC").replace(/\s+/gu, "").toLowerCase();
}

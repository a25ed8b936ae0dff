/** Small readers of untrusted JSON: each gives a value of the wanted form or undefined, and never throws. */

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text without what no store keeps, cut to a length; undefined for anything else and for nothing. */
export function textOf(value: unknown, lengthMax: number): string | undefined {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string" || value === "") return undefined;
  const cut = value.length > lengthMax ? value.slice(0, lengthMax) : value;
  return cut.isWellFormed() && !cut.includes("\0") ? cut : cut.toWellFormed().replaceAll("\0", "\uFFFD");
}

/** Name and value pairs, all texts; empty ones are left out. */
export function textsOf(value: unknown, lengthMax: number): Record<string, string> {
  const texts: Record<string, string> = {};
  if (!isRecord(value)) return texts;
  for (const [name, one] of Object.entries(value)) {
    const text = textOf(one, lengthMax);
    if (text !== undefined && name !== "__proto__") texts[name] = text;
  }
  return texts;
}

/** Only links to the web are kept: people will press them. */
export function linkOf(href: unknown, text: string): readonly { readonly href: string; readonly text: string }[] {
  return typeof href === "string" && href.length <= 2_000 && /^https?:\/\//i.test(href) ? [{ href, text }] : [];
}

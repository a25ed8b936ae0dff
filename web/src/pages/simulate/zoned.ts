/** How far a zone is ahead of UTC at an instant, in ms. */
function offsetAt(at: number, zone: string): number {
  return Date.parse(`${localText(at, zone)}Z`) - Math.floor(at / 60_000) * 60_000;
}

/** What clocks in a zone show, in the form of an input for date and time: `2026-12-25T03:00`. */
export function localText(at: number, zone: string): string {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  return format.format(at).replace(" ", "T");
}

/** The instant at which clocks in a zone show that; undefined where the text is no date and time. */
export function instantOf(local: string, zone: string): number | undefined {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  // The offset may change between the two; the second look is right but for the hour that a change of clocks skips.
  const near = asUtc - offsetAt(asUtc, zone);
  return asUtc - offsetAt(near, zone);
}

/** The next time that clocks in a zone show this hour. */
export function nextHour(hour: number, now: number, zone: string): number {
  const day = 86_400_000;
  for (const later of [0, 1, 2]) {
    const date = localText(now + later * day, zone).slice(0, 10);
    const at = instantOf(`${date}T${String(hour).padStart(2, "0")}:00`, zone);
    if (at !== undefined && at > now) return at;
  }
  return now;
}

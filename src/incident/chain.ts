import type { Recorded } from "./event.ts";
import type { IncidentId } from "./incident.ts";

/** What the first event of an incident is chained to. */
export const CHAIN_START = "0".repeat(64);

/** The text whose SHA-256 is an event's hash: who, what and when, over the hash of the event before it. */
export function chainText(incident: IncidentId, previous: string, recorded: Omit<Recorded, "hash">): string {
  return `${previous}\n${incident}\n${recorded.seq}\n${recorded.at}\n${canonical(recorded.by)}\n${canonical(recorded.event)}`;
}

/** JSON with sorted keys and without absent members, so that the same value always gives the same text. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}

/** Where a chain does not hold: the first sequence number whose hash, place or predecessor is wrong. */
export function firstBreak(
  incident: IncidentId,
  events: readonly Recorded[],
  sha256: (text: string) => string,
): { readonly seq: number; readonly because: "gap" | "hash" } | undefined {
  let previous = CHAIN_START;
  for (const [index, recorded] of events.entries()) {
    if (recorded.seq !== index + 1) return { seq: index + 1, because: "gap" };
    if (sha256(chainText(incident, previous, recorded)) !== recorded.hash)
      return { seq: recorded.seq, because: "hash" };
    previous = recorded.hash;
  }
  return undefined;
}

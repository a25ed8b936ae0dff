import type { Actor, IncidentEvent } from "./event.ts";
import { searchable } from "./grams.ts";

/** What a store holds of one incident's words: lines, each once. */
const LINES_LENGTH_MAX = 30_000;

/** The words by which an event is found later; none where it has none. */
export function wordsOf(
  { event, by }: { readonly event: IncidentEvent; readonly by: Actor },
  nameOf: (person: string) => string,
): readonly string[] {
  switch (event.type) {
    case "opened":
      return [`INC-${event.number}`, event.title, event.service];
    case "alerts-joined":
      return event.sample.map(({ title }) => title);
    case "noted":
      return [event.text];
    case "acknowledged":
      if (by.kind === "person") return [nameOf(by.person)];
      return by.kind === "token" ? [by.name] : [];
    default:
      return [];
  }
}

/**
 * The text with those words in it. Adding the same ones again changes nothing, so events can be read twice; the first
 * ones stay where a storm of titles would be too long.
 */
export function withWords(text: string, words: readonly string[]): string {
  const lines = new Set(text === "" ? [] : text.split("\n"));
  let length = text.length;
  for (const line of words.flatMap((word) => searchable(word).split("\n"))) {
    if (line === "" || lines.has(line) || length + line.length > LINES_LENGTH_MAX) continue;
    lines.add(line);
    length += line.length + 1;
  }
  return [...lines].join("\n");
}

import type { Person, PersonId } from "../roster/roster.ts";

/**
 * Whom a note speaks to: `@` and a person's name or id, written anywhere. The longest name that fits wins, so that
 * `@김민수정` never tells 김민수 where there is a 김민수정. An address such as `ops@김민수` is no mention.
 */
export function mentionsIn(text: string, people: Iterable<Person>): readonly PersonId[] {
  const names = [...people]
    .flatMap(({ id, name }) => [
      { id, word: name.normalize("NFC") },
      { id, word: String(id).normalize("NFC") },
    ])
    .filter(({ word }) => word !== "")
    .sort((one, other) => other.word.length - one.word.length);
  const found = new Set<PersonId>();
  const note = text.normalize("NFC").toLowerCase();
  for (let at = note.indexOf("@"); at >= 0; at = note.indexOf("@", at + 1)) {
    if (at > 0 && /[\p{L}\p{N}._-]/u.test(note[at - 1] ?? "")) continue;
    const named = names.find(({ word }) => note.startsWith(word.toLowerCase(), at + 1));
    if (named !== undefined) found.add(named.id);
  }
  return [...found];
}

/**
 * Full-text search by pairs of characters, so that a Korean word of two syllables is found inside a longer one
 * (`결제` in `결제서버`), which neither store's own search does. A pair (gram) only narrows down: whoever asks holds
 * each word against the text itself afterwards.
 */
const TEXT_LENGTH_MAX = 30_000;
const WORDS_MAX = 10;
const WORD_LENGTH_MAX = 100;
/** More pairs of one word narrow nothing further down. */
const GRAMS_PER_WORD_MAX = 5;

/** A text as it is searched: composed (NFC), lower case, single spaces and line ends, no control characters. */
export function searchable(text: string): string {
  return text
    .slice(0, TEXT_LENGTH_MAX)
    .toWellFormed()
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\S\n]+|[\p{Cc}&&[^\n]]+/gv, " ")
    .replace(/ ?\n[ \n]*/gu, "\n")
    .trim();
}

/** Every gram of a searchable text: each pair within a word, and each word's last character alone. */
export function gramsOf(text: string): ReadonlySet<string> {
  const grams = new Set<string>();
  for (const word of text.split(/\s+/u)) {
    const characters = Array.from(word);
    for (const [place, character] of characters.entries()) grams.add(character + (characters[place + 1] ?? ""));
  }
  grams.delete("");
  return grams;
}

/** One word of a question: the text has it only if it has all the pairs, or one that begins with the single character. */
export type SearchWord = {
  readonly word: string;
  readonly grams: readonly string[];
  /** For a word of one character: grams in [from, before). */
  readonly range?: { readonly from: string; readonly before: string };
};

/** The words of a question, every one of which has to occur. */
export function searchWords(question: string): readonly SearchWord[] {
  const words = [...new Set(searchable(question).split(/\s+/u))].filter((word) => word !== "");
  return words.slice(0, WORDS_MAX).map((long) => {
    const characters = Array.from(long).slice(0, WORD_LENGTH_MAX);
    const word = characters.join("");
    const [only = ""] = characters;
    if (characters.length === 1) return { word, grams: [], range: { from: only, before: after(only) } };
    const pairs = characters.slice(0, -1).map((character, place) => character + (characters[place + 1] ?? ""));
    return { word, grams: [...new Set(pairs)].slice(0, GRAMS_PER_WORD_MAX) };
  });
}

/** The character after this one, in the order in which both stores compare. */
function after(character: string): string {
  const next = (character.codePointAt(0) ?? 0) + 1;
  return String.fromCodePoint(next >= 0xd800 && next < 0xe000 ? 0xe000 : Math.min(next, 0x10ffff));
}

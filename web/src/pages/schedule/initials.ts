/**
 * What fits into a narrow bar: of a Korean name the given name (`김하나` is 하나), of others the first letters of two of
 * its words.
 */
export function initialsOf(name: string): string {
  const whole = name.trim().normalize("NFC");
  if (/^[가-힣]+$/.test(whole)) return whole.length >= 3 ? whole.slice(1, 3) : whole;
  const words = whole.split(/\s+/).filter((word) => word !== "");
  if (words.length === 1)
    return letters(words[0] ?? "")
      .slice(0, 2)
      .join("");
  return words
    .slice(0, 2)
    .map((word) => letters(word)[0] ?? "")
    .join("");
}

/** As people count them: a letter with its accent is one. */
function letters(word: string): readonly string[] {
  return [...new Intl.Segmenter().segment(word)].map(({ segment }) => segment);
}

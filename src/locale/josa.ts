/**
 * Korean particles: which form follows a word depends on whether its last syllable ends in a consonant (받침).
 * Where the last character does not tell (a code, a foreign word), both forms are written: `은(는)`.
 */
export type Josa = "은/는" | "이/가" | "을/를" | "과/와" | "으로/로";

const HANGUL_FIRST = 0xac00;
const HANGUL_LAST = 0xd7a3;
const FINALS = 28;
const FINAL_RIEUL = 8;
/** The final consonant (as its index; 0 is none) with which a digit is read in Korean: 영 일 이 삼 사 오 육 칠 팔 구. */
const DIGIT_FINALS = [21, 8, 0, 16, 0, 0, 1, 8, 8, 0];

/** The word with its particle: `withJosa("운영팀", "이/가")` is `운영팀이`. */
export function withJosa(word: string, josa: Josa): string {
  const [afterConsonant = "", afterVowel = ""] = josa.split("/");
  const final = finalOf(word);
  if (final === undefined) return `${word}${afterConsonant}(${afterVowel})`;
  const open = final === 0 || (josa === "으로/로" && final === FINAL_RIEUL);
  return word + (open ? afterVowel : afterConsonant);
}

function finalOf(word: string): number | undefined {
  const last = word
    .normalize("NFC")
    .replace(/[)"'”’\]]+$/u, "")
    .at(-1);
  if (last === undefined) return undefined;
  const code = last.codePointAt(0) ?? 0;
  if (code >= HANGUL_FIRST && code <= HANGUL_LAST) return (code - HANGUL_FIRST) % FINALS;
  if (/\d/.test(last)) return DIGIT_FINALS[Number(last)];
  return undefined;
}

/**
 * Korean particles: which form follows a word depends on whether its last syllable ends in a consonant (받침).
 * Where neither the last character nor the word tells (a code, a foreign word), both forms are written: `은(는)`, `(으)로`.
 */
export type Josa = "은/는" | "이/가" | "을/를" | "과/와" | "으로/로";

const HANGUL_FIRST = 0xac00;
const HANGUL_LAST = 0xd7a3;
const FINALS = 28;
const FINAL_RIEUL = 8;
/** The final consonant (as its index; 0 is none) with which a digit is read in Korean: 영 일 이 삼 사 오 육 칠 팔 구. */
const DIGIT_FINALS = [21, 8, 0, 16, 0, 0, 1, 8, 8, 0];

/** Foreign words that documents and Bongsu itself use, as they are read: 크리티컬, 메이저, 마이너, 슬랙, 이메일, 에스엠에스, … */
const WORD_FINALS: ReadonlyMap<string, number> = new Map([
  ["critical", FINAL_RIEUL],
  ["major", 0],
  ["minor", 0],
  ["slack", 1],
  ["email", FINAL_RIEUL],
  ["sms", 0],
  ["bongsu", 0],
  ["cpu", 0],
  ["gpu", 0],
  ["api", 0],
  ["mariadb", 0],
]);

/** The word with its particle: `withJosa("운영팀", "이/가")` is `운영팀이`. */
export function withJosa(word: string, josa: Josa): string {
  const [afterConsonant = "", afterVowel = ""] = josa.split("/");
  const final = finalOf(word);
  if (final === undefined) return word + (josa === "으로/로" ? "(으)로" : `${afterConsonant}(${afterVowel})`);
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
  return WORD_FINALS.get(/[a-z]+$/iu.exec(word)?.[0].toLowerCase() ?? "");
}

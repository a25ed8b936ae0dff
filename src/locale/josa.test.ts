import assert from "node:assert/strict";
import { test } from "node:test";
import { type Josa, withJosa } from "./josa.ts";

const ROWS: readonly (readonly [word: string, josa: Josa, whole: string])[] = [
  ["운영팀", "은/는", "운영팀은"],
  ["담당자", "은/는", "담당자는"],
  ["운영팀", "이/가", "운영팀이"],
  ["담당자", "이/가", "담당자가"],
  ["등급", "을/를", "등급을"],
  ["장애", "을/를", "장애를"],
  ["전화", "과/와", "전화와"],
  ["메일", "과/와", "메일과"],
  ["전화", "으로/로", "전화로"],
  ["웹훅", "으로/로", "웹훅으로"],
  ["메일", "으로/로", "메일로"],
  ["물", "은/는", "물은"],
  ["L1", "은/는", "L1은"],
  ["L2", "은/는", "L2는"],
  ["L3", "은/는", "L3은"],
  ["INC-10", "을/를", "INC-10을"],
  ["L1", "으로/로", "L1로"],
  ["L3", "으로/로", "L3으로"],
  ["L7", "으로/로", "L7로"],
  ["L6", "으로/로", "L6으로"],
  ["Critical", "으로/로", "Critical로"],
  ["Major", "으로/로", "Major로"],
  ["Slack", "으로/로", "Slack으로"],
  ["Email", "을/를", "Email을"],
  ["결제(운영)", "이/가", "결제(운영)이"],
  ["'결제'", "은/는", "'결제'는"],
  ["“운영팀”", "을/를", "“운영팀”을"],
  ["[결제]", "이/가", "[결제]가"],
];
for (const [word, josa, whole] of ROWS) {
  test(`${word} with ${josa} is ${whole}`, () => {
    assert.equal(withJosa(word, josa), whole);
  });
}

test("every digit has the particle by which it is read", () => {
  const read = "영일이삼사오육칠팔구";
  for (const [digit, syllable] of read.split("").entries()) {
    for (const josa of ["은/는", "이/가", "을/를", "과/와", "으로/로"] as const) {
      const particle = withJosa(syllable, josa).slice(syllable.length);
      assert.equal(withJosa(String(digit), josa), `${digit}${particle}`);
    }
  }
});

test("where the last letter does not tell, both forms are written", () => {
  for (const word of ["PagerDuty", "Grafana", "", "🔥", "()", "ㅋ"])
    assert.equal(withJosa(word, "은/는"), `${word}은(는)`);
  assert.equal(withJosa("PagerDuty", "으로/로"), "PagerDuty(으)로");
});

test("a word in decomposed letters has the particle of the word", () => {
  assert.equal(withJosa("운영팀".normalize("NFD"), "이/가").normalize("NFC"), "운영팀이");
});

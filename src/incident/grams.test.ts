import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { gramsOf, searchable, searchWords } from "./grams.ts";
import { withWords } from "./searchable-text.ts";

/** As both stores answer: the grams narrow down, the text decides. */
function finds(text: string, question: string): boolean {
  const body = searchable(text);
  const grams = gramsOf(body);
  return searchWords(question).every(
    ({ word, grams: wanted, range }) =>
      wanted.every((gram) => grams.has(gram)) &&
      (range === undefined || [...grams].some((gram) => gram >= range.from && gram < range.before)) &&
      body.includes(word),
  );
}

describe("the search by pairs of characters", () => {
  test("finds a word of two syllables inside a longer one", () => {
    assert.ok(finds("결제서버 응답 지연", "결제"));
    assert.ok(finds("결제서버 응답 지연", "서버 지연"));
    assert.ok(!finds("결제서버 응답 지연", "결서"));
    assert.ok(!finds("결제서버 응답 지연", "결제 주문"));
  });

  test("finds a single syllable wherever it stands, also at the very end of a word", () => {
    for (const syllable of ["결", "제", "버", "연"]) assert.ok(finds("결제서버 지연", syllable), syllable);
    assert.ok(!finds("결제서버 지연", "문"));
  });

  test("does not mind case, and finds numbers, hosts and INC-7", () => {
    const text = "INC-7\nAPI db-01.Example.com 5xx";
    for (const question of ["api", "DB-01", "example.COM", "inc-7", "7", "5XX", "b-0"])
      assert.ok(finds(text, question), question);
  });

  test("finds what was typed decomposed (NFD), as macOS does", () => {
    assert.ok(finds("결제".normalize("NFD"), "결제"));
    assert.ok(finds("결제", "결제".normalize("NFD")));
  });

  test("takes emoji and broken surrogates for characters like others", () => {
    assert.ok(finds("배포 🔥🔥 실패", "🔥"));
    assert.ok(finds("배포 👩‍🚒 실패", "👩‍🚒"));
    assert.ok(finds("a\ud800b", "b"));
    assert.equal(searchWords("\u{10ffff}").length, 1);
  });

  test("a very long text and a very long question stay bounded", () => {
    const long = "가나다라마바사아자차".repeat(100_000);
    assert.ok(searchable(long).length <= 30_000);
    assert.ok(gramsOf(searchable(long)).size <= 30_000);
    const words = searchWords(`${long} ${Array.from({ length: 100 }, (_, n) => `w${n}`).join(" ")}`);
    assert.ok(words.length <= 10);
    assert.ok(words.every(({ word, grams }) => word.length <= 200 && grams.length <= 5));
    assert.ok(finds(long, long.slice(0, 500)));
  });

  test("an empty question asks for nothing", () => {
    assert.deepEqual(searchWords(" \u0000\t\n "), []);
  });

  test("the same words once more change nothing, and a text ends somewhere", () => {
    const once = withWords("", ["INC-7", "결제 지연\n두 번째 줄"]);
    assert.equal(once, "inc-7\n결제 지연\n두 번째 줄");
    assert.equal(withWords(once, ["결제  지연", "inc-7", "두 번째 줄"]), once);
    const storm = Array.from({ length: 10_000 }, (_, n) => `경보 ${n}`).reduce(
      (text, title) => withWords(text, [title]),
      once,
    );
    assert.ok(storm.length <= 30_000);
    assert.ok(storm.startsWith(once));
  });
});

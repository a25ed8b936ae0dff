import assert from "node:assert/strict";
import { test } from "node:test";
import { passwordProblem } from "./password-rules.ts";

const of = (password: string, login = "kim@example.com"): string | undefined =>
  passwordProblem(password, { login, isCommon: (text) => text === "qwertyuiop" });

test("ten characters of any kind are enough, counted as people count them", () => {
  for (const good of ["abcdefghij", "동해물과 백두산이 마", "          a b c", "🔥🌊🌳🌙⭐🍀🎈🎁🎵🎲"])
    assert.equal(of(good), undefined, good);
  assert.equal(of("abcdefghi"), "too-short");
  assert.equal(of("🔥🌊🌳🌙⭐"), "too-short");
  assert.equal(of("ab ".repeat(66) + "abc"), "too-long");
});

test("what everybody uses is refused, however it is written, and so is what hardly varies", () => {
  assert.equal(of("QwertyUiop"), "common");
  assert.equal(of("aaaaaaaaaaaa"), "common");
  assert.equal(of("ababababab"), "common");
});

test("the login is no password, nor its first part, nor repeated", () => {
  assert.equal(of("Kim@Example.com"), "like-login");
  assert.equal(of("kimkimkimkim", "kim"), "like-login");
  assert.equal(of("averylongname", "averylongname@example.com"), "like-login");
});

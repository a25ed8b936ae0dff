import assert from "node:assert/strict";
import { test } from "node:test";
import { questionOf, readFilter, writeFilter } from "./list-filter.ts";

const NOW = Date.UTC(2026, 2, 29, 12, 0, 30);
const question = (search: string, zone = "Asia/Seoul"): string =>
  decodeURIComponent(questionOf(readFilter(new URLSearchParams(search)), NOW, zone));

test("the address of a filter is read back as the filter", () => {
  for (const search of [
    "",
    "q=db+down&state=open&within=7d&grade=Critical%2CMajor",
    "drill=true&within=days&from=2026-03-01",
  ])
    assert.deepEqual(
      Object.fromEntries(new URLSearchParams(writeFilter(readFilter(new URLSearchParams(search))))),
      Object.fromEntries(new URLSearchParams(search)),
    );
});

test("asks the server for what the words of the address mean", () => {
  assert.equal(question("state=open"), "state=triggered,acknowledged");
  assert.equal(question("within=24h"), "from=2026-03-28T12:00:00.000Z");
  assert.equal(
    question("within=days&from=2026-03-01&to=2026-03-01"),
    "from=2026-02-28T15:00:00.000Z&to=2026-03-01T15:00:00.000Z",
  );
  assert.equal(question("from=2026-03-01"), "");
  assert.equal(question("within=days&from=2026-03-29", "Europe/London"), "from=2026-03-29T00:00:00.000Z");
  assert.equal(question("within=days&to=2026-03-29", "Europe/London"), "to=2026-03-29T23:00:00.000Z");
});

test("a syllable of which only the first consonant is typed is not asked for", () => {
  assert.equal(question("q=결ㅈ"), "q=결");
  assert.equal(question("q=ㄱ"), "");
});

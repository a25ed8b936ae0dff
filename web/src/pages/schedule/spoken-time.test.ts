import assert from "node:assert/strict";
import { test } from "node:test";
import { spokenTime } from "./spoken-time.ts";

/** A Thursday. */
const TODAY = "2026-11-26";
const read = (text: string): string => {
  const time = spokenTime(text, TODAY);
  return time === undefined ? "-" : `${time.date} ${time.from}-${time.to}`;
};

test("a day and a part of it are read as people write them", () => {
  const wanted: Readonly<Record<string, string>> = {
    "다음 주 화요일 밤 바꿔줘": "2026-12-01 22-30",
    "다음주 화요일 밤": "2026-12-01 22-30",
    "이번 주 월요일 새벽": "2026-11-23 0-6",
    "다다음 주 일요일 낮": "2026-12-13 9-18",
    "금요일 저녁": "2026-11-27 18-22",
    목요일: "2026-11-26 0-24",
    "수요일 오전": "2026-12-02 6-12",
    "내일 오후": "2026-11-27 12-18",
    모레: "2026-11-28 0-24",
    "12월 3일 밤에 못 서요": "2026-12-03 22-30",
    "1/2 아침": "2027-01-02 6-12",
    "2027-03-01": "2027-03-01 0-24",
    "swap next Tuesday night": "2026-12-01 22-30",
    "3 December morning": "2026-12-03 6-12",
    "Dec 3": "2026-12-03 0-24",
    tonight: "2026-11-26 22-30",
  };
  for (const [text, time] of Object.entries(wanted)) assert.equal(read(text), time, text);
});

test("what names no day, or one that is not there, is not guessed at", () => {
  for (const text of ["", "바꿔줘", "밤에", "2월 30일", "13월 1일", "2026-02-31", "soon"])
    assert.equal(read(text), "-", text);
});

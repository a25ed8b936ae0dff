import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

const ROOT = join(import.meta.dirname, "../../..");

function rota(...args: readonly string[]): {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
} {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, "src/main.ts"), "rota", "--locale", "ko", ...args],
    { cwd: ROOT, encoding: "utf8" },
  );
  return { status, out: stdout, err: stderr };
}

test("the first user's question: 운영자 2명, 24/7, in twelve-hour shifts", () => {
  const { status, out } = rota("--people", "2", "--from", "2026-12-07");
  assert.equal(status, 1);
  assert.equal(
    out,
    `이 조건을 모두 지키는 편성은 없습니다.
솔버(HiGHS)가 해가 없음을 증명했고, 아래 계산으로도 확인됩니다.
  2명으로 24시간 365일은 한 사람에 주 84시간입니다. 상한은 52시간입니다.
  12시간 근무는 주 52시간 안에서 한 사람이 4번까지입니다. 2명이면 8번인데 한 주에 적어도 13자리가 있습니다.

최소 4명입니다. 4명이면 편성이 있고, 3명이면 없습니다(솔버와 계산으로 확인).
  ✓ 주 근무 시간 상한을 풀면 편성할 수 있습니다.
  ✗ 최소 휴식 시간을 풀어도 없습니다.
나머지 조건을 그대로 두면 가장 긴 주가 84시간이어야 합니다.
`,
  );
});

test("a question from a file, with leave by date; the answer as rotations that a roster file takes", () => {
  const file = join(mkdtempSync(join(tmpdir(), "bongsu-rota-")), "question.yaml");
  writeFileSync(
    file,
    `team: L1 지원팀
from: 2026-12-07
weeks: 1
shifts: 1d
people:
  - person: choi
    away: [{ from: 2026-12-07, to: 2026-12-09 }]
  - jung
  - 강여섯
`,
  );
  const { status, out, err } = rota("--question", file, "--roster", "policies/example-roster.yaml", "--yaml");
  assert.equal(status, 0, err);
  assert.match(out, /^교대:\n {2}L1 지원팀 편성 2026-12-07 1일:\n {4}참여자:\n/u);
  const participants = [...out.matchAll(/^ {6}- (\w+)$/gmu)].map(([, name]) => name);
  assert.equal(participants.length, 7);
  // A day's duty ends on the next morning, so the shift of the day before the leave is not theirs either.
  assert.ok(!participants.slice(0, 3).includes("choi"));
  assert.ok(participants.includes("choi"));
});

test("what is wrong is named by its field, all of it, and the exit code says that it was not tried", () => {
  const { status, err } = rota("--people", "2", "--weeks", "99", "--shifts", "7h");
  assert.equal(status, 2);
  assert.match(err, /^shifts: 근무 '7h'/mu);
  assert.match(err, /^weeks: 99: 1부터 12까지의 수/mu);
});

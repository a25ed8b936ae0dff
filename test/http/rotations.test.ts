import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { RotationPut, ShownRoster, ShownRotation } from "../../src/http/wire/roster.ts";
import { type Answer, type House, startHouse } from "../peers/house.ts";

type Refusal = { readonly error: { readonly code: string; readonly facts: Readonly<Record<string, unknown>> } };

const TURNS: RotationPut = {
  name: "야간 교대",
  zone: "Asia/Seoul",
  participants: [["l1"], ["l2", "l3"]],
  turns: [{ unit: "weeks", count: 1 }],
  start: "2026-01-05T09:00",
  priority: 0,
  hours: [],
  holidays: "as-usual",
  shadow: false,
};

describe("rotations over HTTP", () => {
  let house: House;
  let admin: string;
  before(async () => {
    house = await startHouse();
    admin = await house.bongsu.token("admin");
    for (const name of ["야간 팀", "주간 팀"])
      await ask("POST", "/teams", { data: { name, members: [{ person: "l1", role: "운영자" }], rotations: [] } });
  });
  after(() => house?.stop());

  const ask = (method: string, path: string, body: unknown = {}): Promise<Answer> =>
    house.call(`/api/v1/roster${path}`, { method, token: admin, body });
  const roster = async (): Promise<ShownRoster> =>
    (await house.call("/api/v1/roster", { token: admin })).json<ShownRoster>();
  const shown = async (id: string): Promise<ShownRotation | undefined> =>
    (await roster()).rotations.find((one) => one.id === id);
  const rotationsOf = async (team: string): Promise<readonly string[] | undefined> =>
    (await roster()).teams.find(({ name }) => name === team)?.rotations;
  const refusal = (answer: Answer): Refusal["error"] => answer.json<Refusal>().error;
  const pathOf = (id: string): string => `/rotations/${encodeURIComponent(id)}`;
  const make = async (data: RotationPut): Promise<{ readonly id: string; readonly revision: number }> => {
    const made = await ask("POST", "/rotations", { data });
    assert.equal(made.status, 201, made.text);
    return made.json();
  };

  test("one is made, put into teams and taken out of them, in one change", async () => {
    const { id, revision } = await make({ ...TURNS, teams: ["야간 팀"] });
    assert.equal(id, "야간 교대");
    const { managedBy, overrides, participants } = (await shown(id)) as ShownRotation;
    assert.deepEqual(
      { managedBy, overrides, participants },
      { managedBy: null, overrides: 0, participants: TURNS.participants },
    );
    assert.deepEqual(await rotationsOf("야간 팀"), [id]);

    const moved = await ask("PUT", pathOf(id), { data: { ...TURNS, teams: ["주간 팀"] }, revision });
    assert.equal(moved.status, 200, moved.text);
    assert.deepEqual([await rotationsOf("야간 팀"), await rotationsOf("주간 팀")], [[], [id]]);

    const late = await ask("PUT", pathOf(id), { data: TURNS, revision });
    assert.equal(late.status, 409);
    assert.equal(refusal(late).code, "changed-meanwhile");
    const unknown = await ask("PUT", pathOf(id), {
      data: { ...TURNS, teams: ["없는 팀"] },
      revision: (await shown(id))?.revision,
    });
    assert.deepEqual([unknown.status, refusal(unknown).facts.id], [404, "없는 팀"]);
  });

  test("a new name keeps the rotation what it is, and a name is never given twice", async () => {
    const { id, revision } = await make({ ...TURNS, name: "주말 교대" });
    const renamed = await ask("PUT", pathOf(id), { data: { ...TURNS, name: "주말·휴일 교대" }, revision });
    assert.equal(renamed.status, 200, renamed.text);
    assert.equal((await shown(id))?.name, "주말·휴일 교대");
    const twice = await ask("POST", "/rotations", { data: { ...TURNS, name: "주말·휴일  교대" } });
    assert.deepEqual([twice.status, refusal(twice).code], [409, "conflict"]);
    assert.equal((await make({ ...TURNS, name: "주말 교대" })).id, "주말 교대-2");
    assert.equal((await make({ ...TURNS, name: "new" })).id, "new-2");
  });

  test("what the reader of roster files refuses is refused, in its words", async () => {
    const refused: readonly (readonly [Partial<RotationPut>, string])[] = [
      [{ participants: [] }, "missing-field"],
      [{ participants: [["nobody"]] }, "unknown-person"],
      [{ zone: "Asia/Soul" }, "bad-zone"],
      [{ start: "어제" }, "bad-time"],
      [{ start: "+275760-01-01T00:00" }, "bad-time"],
      [{ end: "2025-01-01" }, "bad-interval"],
      [{ turns: [{ unit: "weeks", count: 0 }] }, "bad-turn"],
      [{ turns: [{ unit: "days", count: 1.5 }] }, "bad-turn"],
      [
        {
          turns: [
            { unit: "holidays", count: 1 },
            { unit: "days", count: 1 },
          ],
        },
        "bad-turn",
      ],
      [{ hours: [{ days: [1], from: "25:00", to: "26:00" }] }, "bad-hours"],
      [{ priority: 101 }, "bad-number"],
    ];
    for (const [change, code] of refused) {
      const answer = await ask("POST", "/rotations", { data: { ...TURNS, name: "거절", ...change } });
      assert.equal(answer.status, 422, `${code}: ${answer.text}`);
      assert.equal(refusal(answer).code, "roster-refused");
      const { diagnostics } = refusal(answer).facts as { diagnostics: readonly { code: string }[] };
      assert.deepEqual(
        diagnostics.map((one) => one.code),
        [code],
        answer.text,
      );
    }
    const shapeless = await ask("POST", "/rotations", { data: { ...TURNS, name: "거절", turns: ["1주"] } });
    assert.deepEqual([shapeless.status, refusal(shapeless).facts.field], [400, "turns"]);
    assert.equal(
      (await roster()).rotations.some(({ name }) => name === "거절"),
      false,
    );
  });

  test("turns in which a team that has to be there around the clock would have nobody are asked about, even new ones", async () => {
    // The policy's teams are a file's here; as if a person had made them.
    house.tamper("update roster_item set managed_by = null where kind = 'team' and id = 'L1 지원팀'");
    const data = {
      ...TURNS,
      name: "평일 교대",
      hours: [{ days: [1, 2, 3, 4, 5], from: "09:00", to: "18:00" }],
      teams: ["L1 지원팀"],
    };
    const asked = await ask("POST", "/rotations", { data });
    assert.deepEqual([asked.status, refusal(asked).code], [409, "needs-confirmation"], asked.text);
    const { findings, affected } = refusal(asked).facts as {
      findings: readonly { code: string }[];
      affected: readonly string[];
    };
    assert.ok(findings.length > 0);
    assert.deepEqual([...affected].sort(), ["Jamie Fixer", "이접수", "최구조"]);
    assert.equal((await ask("POST", "/rotations", { data, confirm: true })).status, 201);
    assert.deepEqual(await rotationsOf("L1 지원팀"), ["평일 교대"]);
  });

  test("one that goes takes its overrides with it and leaves its teams", async () => {
    const { id, revision } = await make({ ...TURNS, name: "없앨 교대", teams: ["야간 팀", "주간 팀"] });
    const row = JSON.stringify({ id: "o-1", rotation: id, person: "boss", start: 0, end: 86_400_000 });
    house.tamper(
      "insert into roster_item (kind, id, data, managed_by, revision, updated_at) values ('override', 'o-1', ?, null, ?, 0)",
      row,
      revision,
    );
    assert.equal((await shown(id))?.overrides, 1);
    const gone = await ask("DELETE", pathOf(id), { revision, confirm: true });
    assert.equal(gone.status, 200, gone.text);
    assert.equal(await shown(id), undefined);
    assert.deepEqual([await rotationsOf("야간 팀"), (await rotationsOf("주간 팀"))?.includes(id)], [[], false]);
    assert.equal(house.tamper("delete from roster_item where kind = 'override' and id = 'o-1'"), 0);
  });

  test("a file's rotation and a file's team stay as they are, and the refusal names the file", async () => {
    const data = { ...TURNS, name: "남의 팀 교대", teams: ["L2 지원팀"] };
    const answer = await ask("POST", "/rotations", { data });
    assert.deepEqual([answer.status, refusal(answer).code], [409, "managed-by-file"]);
    assert.deepEqual(refusal(answer).facts, { kind: "team", id: "L2 지원팀", file: "roster.yaml" });
    const { id, revision } = await make({ ...TURNS, name: "파일 교대" });
    house.tamper("update roster_item set managed_by = 'night.yaml' where kind = 'rotation' and id = ?", id);
    const fixed = await ask("PUT", pathOf(id), { data: TURNS, revision });
    assert.deepEqual(refusal(fixed).facts, { kind: "rotation", id, file: "night.yaml" });
  });
});

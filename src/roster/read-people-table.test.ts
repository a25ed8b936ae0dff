import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { planPeople } from "./plan-people.ts";
import { readPeopleTable } from "./read-people-table.ts";

const levels = (text: string): string[] =>
  readPeopleTable(text).rows.flatMap(({ problems }) => problems.map(({ level }) => level));

describe("a table of people", () => {
  test("is read with commas, tabs or semicolons, and with the header in either language", () => {
    for (const text of [
      "이름,팀,직함,전화,메일\n김하나,L1,운영팀장,010-1234-5678,kim@example.com",
      "Name\tTeam\tTitle\tPhone\tE-mail\n김하나\tL1\t운영팀장\t010 1234 5678\tkim@example.com\n",
      "\uFEFF이 름;팀;직책;휴대전화;이메일\r\n김하나;L1;운영팀장;+82-10-1234-5678;kim@example.com",
      "김하나, L1, 운영팀장, 01012345678, kim@example.com",
    ]) {
      const { rows, problems } = readPeopleTable(text);
      assert.deepEqual(problems, [], text);
      assert.equal(rows.length, 1, text);
      const { name, team, titles, contacts } = rows[0] ?? {};
      assert.deepEqual({ name, team, titles }, { name: "김하나", team: "L1", titles: ["운영팀장"] }, text);
      assert.deepEqual(
        [...(contacts ?? [])].sort((one, other) => one.channel.localeCompare(other.channel)),
        [
          { channel: "email", address: "kim@example.com" },
          { channel: "phone", address: "+821012345678" },
        ],
        text,
      );
    }
  });

  test("says which numbers reach nobody, and which may not", () => {
    assert.deepEqual(levels("이름,전화\n가,1588-1234\n나,112\n다,02-12\n라,011-234-5678\n마,010-1234-5678"), [
      "error",
      "error",
      "error",
      "warning",
    ]);
  });

  test("says what it could not read, and where", () => {
    const { rows, problems } = readPeopleTable("이름,생일,메일\n김,1월,no mail\n\n,2월,a@b.kr");
    assert.equal(problems.length, 1);
    assert.deepEqual(
      rows.map(({ line, problems: found }) => [line, found.map(({ level }) => level)]),
      [
        [2, ["error"]],
        [4, ["error"]],
      ],
    );
  });

  test("nothing is nobody", () => {
    assert.deepEqual(readPeopleTable(" \n\n"), { rows: [], problems: [] });
  });
});

describe("applying it", () => {
  const teams = ["L1 지원팀"];
  const first = planPeople(
    readPeopleTable(
      "이름,팀,역할,전화,메일\n김하나,L1지원팀,운영자,010-1234-5678,kim@example.com\n이두리,L9,,,lee@example.com",
    ),
    [],
    { teams, locale: "ko" },
  );

  test("makes people and puts them in the policy's team of that name", () => {
    assert.deepEqual(
      first.rows.map(({ becomes, person }) => [becomes, person?.id]),
      [
        ["create", "kim"],
        ["create", "lee"],
      ],
    );
    const team = first.edit.put.find(({ kind, id }) => kind === "team" && id === "L1 지원팀");
    assert.deepEqual(team?.data, { name: "L1 지원팀", members: [{ person: "kim", role: "운영자" }], rotations: [] });
    assert.deepEqual(first.newTeams, ["L9"]);
  });

  test("twice changes nothing the second time, and an empty cell takes nothing away", () => {
    const again = planPeople(readPeopleTable("이름,전화,메일\n김하나,,kim@example.com"), first.edit.put, {
      teams,
      locale: "ko",
    });
    assert.deepEqual(
      again.rows.map(({ becomes }) => becomes),
      ["same"],
    );
    assert.deepEqual(again.edit.put, []);
  });

  test("leaves alone what a file manages, and says which", () => {
    const stored = first.edit.put.map((fact) => ({ ...fact, managedBy: "roster.yaml" }));
    const { rows, edit } = planPeople(readPeopleTable("이름,전화,메일\n김하나,010-9999-9999,kim@example.com"), stored, {
      teams,
      locale: "ko",
    });
    assert.equal(rows[0]?.becomes, "skip");
    assert.match(rows[0]?.problems[0]?.message.ko ?? "", /roster\.yaml/);
    assert.deepEqual(edit.put, []);
  });

  test("one person twice in a table is told", () => {
    const { rows } = planPeople(readPeopleTable("이름,메일\n김,a@b.kr\n김,a@b.kr"), [], { teams, locale: "ko" });
    assert.deepEqual(
      rows.map(({ becomes }) => becomes),
      ["create", "skip"],
    );
  });
});

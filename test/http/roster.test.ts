import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { PeopleTableAnswer, ShownRoster } from "../../src/http/wire/roster.ts";
import { type Answer, type House, startHouse } from "../peers/house.ts";

type Refusal = { readonly error: { readonly code: string; readonly facts: Readonly<Record<string, unknown>> } };

describe("the roster over HTTP", () => {
  let house: House;
  let admin: string;
  let reader: string;
  before(async () => {
    house = await startHouse();
    admin = await house.bongsu.token("admin");
    reader = await house.bongsu.token("read");
  });
  after(() => house?.stop());

  const ask = (method: string, path: string, body?: unknown): Promise<Answer> =>
    house.call(`/api/v1/roster${path}`, { method, token: admin, ...(body === undefined ? {} : { body }) });
  const roster = async (token = admin): Promise<ShownRoster> =>
    (await house.call("/api/v1/roster", { token })).json<ShownRoster>();
  const codeOf = (answer: Answer): string => answer.json<Refusal>().error.code;

  test("says of each item which file manages it, and refuses to change it", async () => {
    const { people, teams, example } = await roster();
    assert.ok(people.every(({ managedBy }) => managedBy === "roster.yaml"));
    assert.equal(example, null);
    assert.equal(teams.length, 3);
    const boss = people.find(({ id }) => id === "boss");
    const answer = await ask("PUT", "/people/boss", { data: { ...boss }, revision: boss?.revision });
    assert.equal(answer.status, 409);
    assert.equal(codeOf(answer), "managed-by-file");
    assert.equal(answer.json<Refusal>().error.facts.file, "roster.yaml");
  });

  test("shows contacts masked to those who may not read them", async () => {
    const { people, contactsShown } = await roster(reader);
    assert.equal(contactsShown, false);
    assert.deepEqual(people.find(({ id }) => id === "boss")?.contacts, [
      { channel: "email", address: "b•••@example.com" },
      { channel: "slack", address: "U0••••SS" },
    ]);
    assert.equal((await roster()).people.find(({ id }) => id === "boss")?.contacts[0]?.address, "boss@example.com");
  });

  test("a new person is stored as the reader reads them, and two who change them do not overwrite each other", async () => {
    const data = { name: "한신규", titles: ["운영 담당"], contacts: [{ channel: "phone", address: "010 1234 5678" }] };
    const made = await ask("POST", "/people", { data });
    assert.equal(made.status, 201, made.text);
    const { id, revision } = made.json<{ id: string; revision: number }>();
    assert.equal(id, "한신규");
    const path = `/people/${encodeURIComponent(id)}`;
    const person = (await roster()).people.find((one) => one.id === id);
    assert.deepEqual(person?.contacts, [{ channel: "phone", address: "+821012345678" }]);
    assert.equal(person?.managedBy, null);

    assert.equal((await ask("PUT", path, { data: { ...data, locale: "en" }, revision })).status, 200);
    const late = await ask("PUT", path, { data: { ...data, name: "다른 이름" }, revision });
    assert.equal(late.status, 409);
    assert.equal(codeOf(late), "changed-meanwhile");
    assert.equal((await roster()).people.find((one) => one.id === id)?.locale, "en");
  });

  test("what the reader of roster files refuses is refused, in the reader's words", async () => {
    const data = { name: "번호 없음", contacts: [{ channel: "sms", address: "112" }] };
    const answer = await ask("POST", "/people", { data });
    assert.equal(answer.status, 422);
    const { error } = answer.json<Refusal>();
    assert.equal(error.code, "roster-refused");
    const [diagnostic] = error.facts.diagnostics as { code: string; message: string; found: string }[];
    assert.deepEqual([diagnostic?.code, diagnostic?.found], ["bad-phone", "112"]);
    const ghost = await ask("POST", "/groups", { data: { name: "유령", members: ["nobody"] } });
    assert.equal(codeOf(ghost), "roster-refused");
  });

  test("a change after which the policy reaches somebody less asks first, and names whom it concerns", async () => {
    const contacts = [
      { channel: "email", address: "ops@example.com" },
      { channel: "slack", address: "U0000OPS1" },
    ];
    const person = { name: "박운영", titles: ["운영팀장"], contacts };
    const { id, revision } = (await ask("POST", "/people", { data: person })).json<{ id: string; revision: number }>();
    assert.equal(id, "ops");
    const team = { name: "새 팀", members: [{ person: id, role: "운영자" }] };
    assert.equal((await ask("POST", "/teams", { data: team })).status, 201);

    const change = { data: { ...person, contacts: [] }, revision };
    const asked = await ask("PUT", `/people/${id}`, change);
    assert.equal(asked.status, 409, asked.text);
    const { code, facts } = asked.json<Refusal>().error;
    assert.equal(code, "needs-confirmation");
    assert.ok((facts.findings as { message: string; mend: string }[]).every(({ message }) => message !== ""));
    assert.deepEqual(facts.affected, ["박운영"]);
    assert.equal((await roster()).people.find((one) => one.id === id)?.contacts.length, 2);
    assert.equal((await ask("PUT", `/people/${id}`, { ...change, confirm: true })).status, 200);

    const seen = (await roster()).people.find((one) => one.id === id)?.revision;
    assert.equal((await ask("DELETE", `/people/${id}`, { revision: seen, confirm: true })).status, 200);
    const after = await roster();
    assert.ok(!after.people.some((one) => one.id === id));
    assert.deepEqual(after.teams.find(({ name }) => name === "새 팀")?.members, []);
  });

  test("services are made, changed and removed", async () => {
    const data = { name: "검색", match: { service: "search" }, dependsOn: [] };
    const made = await ask("POST", "/services", { data });
    assert.equal(made.status, 201, made.text);
    assert.equal(codeOf(await ask("POST", "/services", { data: { ...data, name: "검 색" } })), "conflict");
    const { revision } = made.json<{ revision: number }>();
    const changed = await ask("PUT", `/services/${encodeURIComponent("검색")}`, {
      data: { ...data, grade: "Minor" },
      revision,
    });
    assert.equal(changed.status, 200, changed.text);
    const shown = (await roster()).services.find(({ name }) => name === "검색");
    assert.equal(shown?.grade, "Minor");
    const path = `/services/${encodeURIComponent("검색")}`;
    assert.equal((await ask("DELETE", path, { revision: shown?.revision })).status, 200);
    assert.ok(!(await roster()).services.some(({ name }) => name === "검색"));
  });

  test("a pasted table is shown before it is applied, and applying it twice changes nothing", async () => {
    const text =
      "이름,팀,역할,전화,메일\n오새벽,새 팀,운영자,010-2222-3333,oh@example.com\n고장난,새 팀,,1588-0000,\n이접수,,,010-1,l1@example.com";
    const preview = (await ask("POST", "/people/read", { text })).json<PeopleTableAnswer>();
    assert.deepEqual(
      preview.rows.map(({ becomes }) => becomes),
      ["create", "skip", "skip"],
    );
    assert.ok(!(await roster()).people.some(({ name }) => name === "오새벽"));
    assert.equal((await ask("POST", "/people/import", { text })).json<PeopleTableAnswer>().created, 1);
    const again = (await ask("POST", "/people/import", { text })).json<PeopleTableAnswer>();
    assert.deepEqual([again.created, again.changed, again.same], [0, 0, 1]);
    const { teams } = await roster();
    assert.deepEqual(teams.find(({ name }) => name === "새 팀")?.members, [{ person: "oh", role: "운영자" }]);
  });

  test("each change is in the audit log, without anybody's number", async () => {
    const answer = await house.call("/api/v1/audit?topic=roster&limit=3", { token: admin });
    const { rows, next } = answer.json<{ rows: { action: string; by: string }[]; next: number | null }>();
    assert.equal(rows.length, 3);
    assert.ok(next !== null);
    assert.ok(rows.every(({ action }) => action === "roster.changed"));
    assert.doesNotMatch(answer.text, /\+8210|@example/);
    const older = await house.call(`/api/v1/audit?topic=roster&before=${next}`, { token: admin });
    assert.ok(older.json<{ rows: unknown[] }>().rows.length > 0);
    assert.equal(
      (await house.call("/api/v1/audit?by=nobody-of-that-name", { token: admin })).json<{ next: null }>().next,
      null,
    );
  });
});

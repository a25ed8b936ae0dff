import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import type {
  ActivatedPolicy,
  CheckedPolicy,
  DocumentBlock,
  MendedPolicy,
  PolicyDocument,
  PolicyDraft,
  PolicyVersions,
  SourceLine,
} from "../../src/http/wire/policy.ts";
import { type Answer, type House, startHouse } from "../peers/house.ts";

const EXAMPLE = readFileSync("policies/example-policy.ko.md", "utf8");

type Refusal = { readonly error: { readonly code: string; readonly facts: Readonly<Record<string, unknown>> } };

describe("the policy over HTTP", () => {
  let house: House;
  let admin: string;
  let read: string;
  before(async () => {
    house = await startHouse();
    admin = await house.bongsu.token("admin");
    read = await house.bongsu.token("read");
  });
  after(() => house?.stop());

  const get = async <T>(path: string, headers: Record<string, string> = {}): Promise<T> => {
    const answer = await house.call(path, { token: read, headers });
    assert.equal(answer.status, 200, answer.text);
    return answer.json<T>();
  };
  const post = (path: string, body: unknown, token = admin, method = "POST"): Promise<Answer> =>
    house.call(path, { method, token, body });
  const refused = async (answer: Promise<Answer>, status: number, code: string): Promise<Refusal["error"]> => {
    const given = await answer;
    assert.equal(given.status, status, given.text);
    const { error } = given.json<Refusal>();
    assert.equal(error.code, code);
    return error;
  };
  const codesOf = (facts: Refusal["error"]["facts"]): readonly string[] => facts.codes as readonly string[];

  test("the document in force is data, each of its program's lines with its clause, bindings and findings", async () => {
    const shown = await get<PolicyDocument>("/api/v1/policy");
    assert.equal(shown.title, "시험 정책");
    assert.equal(shown.current, true);
    assert.deepEqual(
      shown.blocks.map(({ is }) => is),
      ["heading", "program"],
    );
    const lines = linesOf(shown.blocks);
    const source = shown.text.split("\n");
    for (const { line, text } of lines) assert.equal(text, source[line - 1]);
    const duty = clause(lines, "teams/L2 지원팀");
    assert.match(duty.bindings[0]?.text ?? "", /Jamie Fixer/);
    assert.equal(duty.bindings[0]?.tone, "good");
    const phone = clause(lines, "notifications/Critical/channels/전화");
    assert.equal(phone.bindings[0]?.tone, "bad");
    assert.ok(phone.findings.every((id) => shown.findings.some((finding) => finding.id === id)));
    assert.ok(phone.findings.length > 0);
    const within = clause(lines, "grades/Minor/respond-within");
    assert.ok(within.defaults.length > 0);
  });

  test("sentences are in the language that is asked for", async () => {
    const english = await get<PolicyDocument>("/api/v1/policy", { "accept-language": "en" });
    for (const { message, why } of english.findings) assert.doesNotMatch(message + why, /[가-힣]{6}/u);
    assert.match(clause(linesOf(english.blocks), "teams/L2 지원팀").bindings[0]?.text ?? "", /On duty now/);
  });

  test("a document is checked without being kept", async () => {
    const answer = await post("/api/v1/policies/check", { text: EXAMPLE, file: "새 정책.md" }, read);
    assert.equal(answer.status, 200, answer.text);
    const checked = answer.json<CheckedPolicy>();
    assert.equal(checked.readable, true);
    assert.ok(checked.findings.some(({ level, code }) => level === "error" && code === "too-few-people"));
    assert.ok(checked.findings.some(({ choices, level }) => choices !== null && level === "warning"));
    const broken = await post("/api/v1/policies/check", { text: EXAMPLE.replace("담당: L3 지원팀", "담당: L9") }, read);
    assert.equal(broken.json<CheckedPolicy>().readable, false);
    const diagnostic = broken.json<CheckedPolicy>().diagnostics.find(({ level }) => level === "error");
    assert.deepEqual([diagnostic?.code, diagnostic?.found, diagnostic?.line], ["unknown-team", "L9", 14]);
    assert.equal((await get<PolicyVersions>("/api/v1/policies")).policies.length, 1);
  });

  test("answers to findings are written into the text, and what is left is about people", async () => {
    const answer = await post("/api/v1/policies/check", { text: EXAMPLE }, read);
    const codes = answer.json<CheckedPolicy>().findings.map(({ code }) => code);
    const mended = (await post("/api/v1/policies/mend", { text: EXAMPLE, codes }, read)).json<MendedPolicy>();
    assert.deepEqual(mended.refused, []);
    assert.ok(mended.applied.length > 8);
    assert.ok(mended.findings.filter(({ level }) => level !== "info").every(({ choices }) => choices === null));
    const one = { finding: mended.applied[0]?.finding };
    const single = await post("/api/v1/policies/mend", { text: EXAMPLE, answers: [one] }, read);
    assert.equal(single.json<MendedPolicy>().applied.length, 1);
  });

  test("what cannot be read is not put in force, and the refusal tells the line", async () => {
    const error = await refused(post("/api/v1/policies", { text: "# 빈 문서" }), 422, "policy-refused");
    assert.ok((error.facts.diagnostics as readonly { line: number; message: string }[])[0]?.message);
    assert.equal((await get<PolicyVersions>("/api/v1/policies")).policies.length, 1);
  });

  test("what does not reach somebody it names comes into force only when each error is accepted by name", async () => {
    const before = await get<PolicyDocument>("/api/v1/policy");
    const error = await refused(post("/api/v1/policies", { text: EXAMPLE, file: "example.md" }), 409, "findings-open");
    const codes = codesOf(error.facts);
    assert.ok(codes.includes("too-few-people") && codes.includes("around-the-clock-without-shift"));
    const partly = { text: EXAMPLE, file: "example.md", accept: codes.slice(1) };
    const left = await refused(post("/api/v1/policies", partly), 409, "findings-open");
    assert.deepEqual(codesOf(left.facts), codes.slice(0, 1));

    const answer = await post("/api/v1/policies", { ...partly, accept: codes });
    assert.equal(answer.status, 201, answer.text);
    const activated = answer.json<ActivatedPolicy>();
    assert.deepEqual([...activated.accepted].sort(), [...codes].sort());
    assert.equal((await get<PolicyDocument>("/api/v1/policy")).id, activated.id);
    const again = await post("/api/v1/policies", { ...partly, accept: codes });
    assert.deepEqual([again.status, again.json<ActivatedPolicy>().unchanged], [200, true]);

    const path = `/api/v1/policies/${before.id}/activate`;
    const back = codesOf((await refused(post(path, {}), 409, "findings-open")).facts);
    assert.equal((await post(path, { accept: back })).status, 200);
    const { policies } = await get<PolicyVersions>("/api/v1/policies");
    assert.deepEqual(
      policies.map(({ id, current }) => [id, current]),
      [
        [before.id, true],
        [activated.id, false],
      ],
    );
  });

  test("each version says how many open incidents keep it", async () => {
    const opened = await post("/api/v1/incidents", { title: "고정", grade: "Minor" });
    assert.equal(opened.status, 201);
    const current = async (): Promise<number | undefined> =>
      (await get<PolicyVersions>("/api/v1/policies")).policies.find((one) => one.current)?.openIncidents;
    assert.equal(await current(), 1);
    const { number } = opened.json<{ number: number }>();
    await post(`/api/v1/incidents/${number}/resolve`, {});
    assert.equal(await current(), 0);
  });

  test("of two who write the draft the second is told of the first and overwrites nothing", async () => {
    const draft = "/api/v1/policies/draft";
    const none = await get<PolicyDraft>(draft);
    assert.equal(none.text, null);
    const mine = { text: "하나", revision: none.revision };
    const first = (await post(draft, mine, admin, "PUT")).json<PolicyDraft>();
    assert.equal(first.revision, none.revision + 1);
    const error = await refused(post(draft, { ...mine, text: "둘" }, admin, "PUT"), 409, "conflict");
    assert.deepEqual([error.facts.because, error.facts.revision], ["draft-changed", first.revision]);
    assert.equal((await get<PolicyDraft>(draft)).text, "하나");
    const same = await Promise.all(
      ["셋", "넷", "다섯"].map((text) => post(draft, { text, revision: first.revision }, admin, "PUT")),
    );
    assert.deepEqual(
      same.map(({ status }) => status).sort((one, other) => one - other),
      [200, 409, 409],
    );
    const { revision } = await get<PolicyDraft>(draft);
    await refused(house.call(`${draft}?revision=${revision - 1}`, { token: admin, method: "DELETE" }), 409, "conflict");
    const gone = await house.call(`${draft}?revision=${revision}`, { token: admin, method: "DELETE" });
    assert.deepEqual([gone.status, gone.json<PolicyDraft>().text], [200, null]);
    assert.equal(gone.json<PolicyDraft>().revision, revision + 1);
  });

  test("a draft that came into force is a draft no longer", async () => {
    const draft = "/api/v1/policies/draft";
    const { revision } = await get<PolicyDraft>(draft);
    const text = EXAMPLE.replace("2시간 이내", "3시간 이내");
    assert.equal((await post(draft, { text, revision }, admin, "PUT")).status, 200);
    const codes = codesOf((await refused(post("/api/v1/policies", { text }), 409, "findings-open")).facts);
    assert.equal((await post("/api/v1/policies", { text, accept: codes })).status, 201);
    const after = await get<PolicyDraft>(draft);
    assert.deepEqual([after.text, after.revision > revision + 1], [null, true]);
  });

  test("what is no document, no name and no list is refused by the name of its field", async () => {
    const bad: readonly (readonly [Record<string, unknown>, string])[] = [
      [{}, "text"],
      [{ text: 7 }, "text"],
      [{ text: "\0" }, "text"],
      [{ text: "x", file: "../../etc/passwd" }, "file"],
      [{ text: "x", codes: "all" }, "codes"],
      [{ text: "x", answers: [{ finding: 3 }] }, "answers"],
    ];
    for (const [body, field] of bad) {
      const error = await refused(post("/api/v1/policies/mend", body, read), 400, "bad-request");
      assert.equal(error.facts.field, field);
    }
    await refused(post("/api/v1/policies/check", { text: "가".repeat(200_000) }, read), 413, "too-large");
    await refused(post("/api/v1/policies/check", { text: "가".repeat(2_001) }, read), 413, "too-large");
    for (const deep of ["> ".repeat(60), `${" ".repeat(300)}- x`])
      await refused(post("/api/v1/policies/check", { text: deep }, read), 400, "bad-request");
    await refused(post("/api/v1/policies/nothing/activate", {}), 404, "not-found");
    await refused(house.call("/api/v1/policies/nothing", { token: read }), 404, "not-found");
  });
});

function linesOf(blocks: readonly DocumentBlock[]): readonly SourceLine[] {
  return blocks.flatMap((block) => (block.is === "program" ? block.lines : []));
}

function clause(lines: readonly SourceLine[], id: string): SourceLine["clauses"][number] {
  const found = lines.flatMap(({ clauses }) => clauses).find((one) => one.id === id);
  assert.ok(found, id);
  return found;
}

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { describe, test } from "node:test";
import { policyFrom, rosterFrom, sha256, T0 } from "../../test/fixtures/core.ts";
import type { Drivers } from "../escalation/means.ts";
import { simulate } from "../escalation/simulate.ts";
import { policyIdOf } from "../policy/policy-id.ts";
import { readPolicy } from "../policy/read-policy.ts";
import type { Roster } from "../roster/roster.ts";
import { type Certificate, certificateOf, isSealed, localDays } from "./certificate.ts";
import { certificateText } from "./certificate-text.ts";
import { horizonOf, proveReach } from "./prove-reach.ts";

const ZONE = "Asia/Seoul";
const FOLDER = "test/fixtures/certificates";
const DRIVERS: Drivers = new Map([
  ["email", "people"],
  ["slack", "rooms"],
  ["console", "people"],
  ["sms", "people"],
]);
const EXAMPLE = readFileSync("policies/example-policy.ko.md", "utf8");
const EXAMPLE_ROSTER = readFileSync("policies/example-roster.yaml", "utf8");
const CHANNELS = "채널:\n  console: {}";

/** Each with what is true of it, so that a golden that is written anew by mistake is noticed. */
const CASES: readonly (readonly [name: string, roster: string, holds: boolean])[] = [
  ["example", EXAMPLE_ROSTER.replace(CHANNELS, `${CHANNELS}\n  email: { host: mail.example.com }`), true],
  ["gap", EXAMPLE_ROSTER.replace("교대 주기: 8시간", '교대 주기: 1일\n    근무 시간: ["월-금 09:00-18:00"]'), false],
  [
    "single-point-of-failure",
    EXAMPLE_ROSTER.replace(
      CHANNELS,
      "채널:\n  email: { host: gate.example.com }\n  sms: { url: https://gate.example.com/sms }",
    ).replace("참여자: [choi, jung, kang]", "참여자: [choi]"),
    true,
  ],
];

function certificateFor(text: string): { readonly certificate: Certificate; readonly roster: Roster } {
  const id = policyIdOf(EXAMPLE, sha256);
  const { policy } = readPolicy({ file: "example-policy.ko.md", text: EXAMPLE, id });
  assert.ok(policy);
  const roster = rosterFrom(text);
  const facts = { policy, roster, drivers: DRIVERS };
  const proof = proveReach({ ...facts, from: T0, until: horizonOf(T0, ZONE), withDeaths: true });
  const sealing = { zone: ZONE, revision: 7, computedAt: T0, contacts: "not-considered", sha256 } as const;
  return { certificate: certificateOf(proof, { ...facts, ...sealing }), roster };
}

for (const [name, text, holds] of CASES) {
  describe(`the certificate of ${name}`, () => {
    const { certificate } = certificateFor(text);

    test("is the one that was read in review, in both languages and as JSON", () => {
      for (const [file, written] of [
        [`${name}.ko.txt`, certificateText(certificate, "ko")],
        [`${name}.en.txt`, certificateText(certificate, "en")],
        [`${name}.json`, JSON.stringify(certificate, null, 2)],
      ] as const) {
        const path = `${FOLDER}/${file}`;
        if (process.env.BONGSU_TEST_UPDATE === "1") writeFileSync(path, `${written}\n`);
        assert.equal(`${written}\n`, readFileSync(path, "utf8"), file);
      }
      assert.equal(certificate.holds, holds);
    });

    test("is sealed: whoever changes a word of it breaks the seal", () => {
      const read = JSON.parse(JSON.stringify(certificate)) as Certificate;
      assert.ok(isSealed(read, sha256));
      assert.ok(!isSealed({ ...read, holds: !read.holds }, sha256));
    });

    test("has a letter for each local day, and its verdicts make up the whole time", () => {
      const whole = { start: T0, end: horizonOf(T0, ZONE) };
      for (const { days, totalMs } of certificate.grades) {
        assert.equal(days.length, localDays(whole, ZONE).length);
        assert.equal(
          Object.values(totalMs).reduce((sum, ms) => sum + ms, 0),
          whole.end - whole.start,
        );
      }
    });
  });
}

test("the same facts give the same certificate; another roster has another fingerprint", () => {
  const [[, text]] = CASES as [(typeof CASES)[number]];
  const [one, other] = [certificateFor(text), certificateFor(text)];
  assert.equal(one.certificate.sha256, other.certificate.sha256);
  const changed = certificateFor(text.replace("010-0000-0001", "010-0000-0099")).certificate;
  assert.notEqual(changed.roster.sha256, one.certificate.roster.sha256);
});

test("the plan depends on the service through its grade alone: every service of the roster has the same plan", () => {
  const policy = policyFrom(EXAMPLE, "policy.md");
  const roster = rosterFrom(EXAMPLE_ROSTER);
  for (const { name: grade } of policy.grades) {
    const plans = [undefined, ...roster.services.map(({ name }) => name), "a service that nobody has named"].map(
      (service) =>
        simulate(
          { grade, at: T0, ...(service === undefined ? {} : { service }) },
          { policy, roster, drivers: DRIVERS },
        ),
    );
    for (const plan of plans) assert.deepEqual(plan, plans[0]);
  }
});

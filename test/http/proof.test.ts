import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { LastProof } from "../../src/http/wire/proof.ts";
import { type Certificate, isSealed } from "../../src/proof/certificate.ts";
import { MINUTE_MS } from "../../src/time/instant.ts";
import { POLICY_TEXT, ROSTER_TEXT, T0 } from "../fixtures/core.ts";
import { type Served, startServed } from "../world/served.ts";
import { sha256 } from "../world/world.ts";

/** carol and dave have their halves on weekdays only. */
const ROSTER = ROSTER_TEXT.replace(
  "start: 2026-01-05T09:00, zone",
  "start: 2026-01-05T09:00, hours: [mon-fri 00:00-24:00], zone",
);

describe("the proof of reach over HTTP", () => {
  let served: Served;
  before(async () => {
    served = await startServed({
      policy: `\`\`\`yaml\n${POLICY_TEXT}\`\`\`\n`,
      roster: ROSTER,
      start: T0,
      settings: { proves: true },
    });
  });
  after(() => served.stop());

  test("is what was proved last, in words: when it is not so, who was asked for in vain, what mends it", async () => {
    const ask = await served.as("read");
    await served.world.advance(MINUTE_MS);
    const { body } = await ask<LastProof>("GET", "/api/v1/proof");
    const { proof } = body;
    assert.ok(proof?.current && !proof.holds);
    const minor = proof.grades.find(({ grade }) => grade === "Minor");
    const trouble = minor?.troubles.find(({ verdict }) => verdict === "fallen-through");
    assert.equal(trouble?.when, "every Sat 00:00–Mon 00:00 (52 times)");
    assert.match(trouble?.example ?? "", /For example Sat 7 Mar 2026 00:00: operator on duty: nobody on duty/u);
    assert.match(trouble?.mend ?? "", /hours: \["mon-fri 00:00-24:00", "sat,sun 00:00-24:00"\]/u);
    assert.match(minor?.days.slice(0, 14) ?? "", /^[us]{5}ff[us]{5}ff$/u);
    assert.deepEqual(
      proof.teams.map(({ team }) => team),
      ["L1"],
    );
    assert.ok(proof.deaths.some(({ is, who, grade }) => is === "person" && who === "carol" && grade === "Minor"));
  });

  test("the certificate is to be had sealed as JSON, or to be read", async () => {
    const ask = await served.as("read");
    const { body } = await ask<Certificate>("GET", "/api/v1/proof/certificate");
    assert.ok(isSealed(body, sha256));
    assert.equal((await ask("GET", "/api/v1/proof/certificate?format=text")).status, 200);
    assert.equal((await ask("GET", "/api/v1/proof/certificate?format=pdf")).code, "bad-request");
  });

  test("a change that leaves more time without anybody asks first; one that leaves less does not", async () => {
    const admin = await served.as("admin");
    const withHours = async (hours: readonly object[]) => {
      const [item] = (await served.world.store.rosterItems()).filter(({ kind }) => kind === "rotation");
      const revision = await served.world.store.rosterRevision();
      const body = { data: { ...(item?.data as object), hours }, revision };
      return admin<{ error?: { facts: { findings: readonly { code: string; message: string }[] } } }>(
        "PUT",
        "/api/v1/roster/rotations/halves",
        body,
      );
    };
    const weekdays = { days: [1, 2, 3, 4, 5], from: "00:00", to: "00:00" };
    const refused = await withHours([{ ...weekdays, from: "09:00", to: "18:00" }]);
    assert.equal(refused.code, "needs-confirmation");
    const gap = refused.body.error?.facts.findings.find(({ code }) => code === "gap-in-duty");
    assert.match(gap?.message ?? "", /every Fri 18:00–Mon 09:00/u);
    assert.equal((await withHours([weekdays, { days: [6], from: "00:00", to: "00:00" }])).status, 200);
  });

  test("says that it is of another roster until the new one is proved", async () => {
    const ask = await served.as("read");
    const at = served.world.clock.now();
    const [item] = (await served.world.store.rosterItems()).filter(({ kind }) => kind === "rotation");
    assert.ok(item);
    const { hours: _, ...rest } = item.data as Record<string, unknown>;
    await served.world.store.changeRoster([{ ...item, data: { ...rest, hours: [] }, updatedAt: at }], [], at);
    assert.equal((await ask<LastProof>("GET", "/api/v1/proof")).body.proof?.current, false);
    await served.world.advance(3 * MINUTE_MS);
    const { proof } = (await ask<LastProof>("GET", "/api/v1/proof")).body;
    assert.ok(proof?.current && proof.holds);
  });
});

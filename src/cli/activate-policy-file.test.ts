import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { POLICY_TEXT } from "../../test/fixtures/core.ts";
import { openStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import { activatePolicyFile, type FileTaken } from "./activate-policy-file.ts";
import { policyIdOf } from "./read-files.ts";

const OTHER = POLICY_TEXT.replace("within 2 hours", "within 3 hours");
const EDITED = POLICY_TEXT.replace("within 2 hours", "within 1 hour");

type Setting = {
  readonly store: Store;
  readonly start: (text: string, at: number) => Promise<FileTaken>;
  readonly web: (text: string, at: number) => Promise<void>;
};

async function setUp(context: TestContext): Promise<Setting> {
  const folder = mkdtempSync(join(tmpdir(), "bongsu-policy-"));
  const store = await openStore(":memory:");
  context.after(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, "policy.yaml");
  return {
    store,
    start(text, at) {
      writeFileSync(file, text);
      return activatePolicyFile(store, file, at);
    },
    web: (text, at) => store.putPolicy({ id: policyIdOf(text), file: "web.yaml", text, activatedAt: at, by: "kim" }),
  };
}

describe("the policy file at a start", () => {
  test("is put in force when nothing is, and audited once", async (context) => {
    const { store, start } = await setUp(context);
    assert.deepEqual(await start(POLICY_TEXT, 10), { is: "activated", id: policyIdOf(POLICY_TEXT) });
    assert.deepEqual(await start(POLICY_TEXT, 20), { is: "in-force", id: policyIdOf(POLICY_TEXT) });
    const audit = await store.audit(10);
    assert.deepEqual(
      audit.map(({ action, by }) => `${action} ${by}`),
      ["policy.activated bongsu start"],
    );
  });

  test("does not undo what was activated elsewhere, however often Bongsu is started", async (context) => {
    const { store, start, web } = await setUp(context);
    await start(POLICY_TEXT, 10);
    await web(OTHER, 20);
    for (const at of [30, 40]) {
      const taken = await start(POLICY_TEXT, at);
      assert.deepEqual(taken, { is: "kept", id: policyIdOf(OTHER), by: "kim", activatedAt: 20 });
    }
    assert.equal((await store.currentPolicy())?.id, policyIdOf(OTHER));
  });

  test("is put in force again once its text changed, whatever is in force", async (context) => {
    const { store, start, web } = await setUp(context);
    await start(POLICY_TEXT, 10);
    await web(OTHER, 20);
    assert.equal((await start(EDITED, 30)).is, "activated");
    assert.equal((await store.currentPolicy())?.id, policyIdOf(EDITED));
    assert.equal((await start(POLICY_TEXT, 40)).is, "activated");
    assert.equal((await store.currentPolicy())?.id, policyIdOf(POLICY_TEXT));
  });

  test("that says what is in force already counts as read, so that going back elsewhere stays", async (context) => {
    const { start, web } = await setUp(context);
    await start(POLICY_TEXT, 10);
    await web(OTHER, 20);
    assert.equal((await start(OTHER, 30)).is, "in-force");
    await web(POLICY_TEXT, 40);
    assert.equal((await start(OTHER, 50)).is, "kept");
  });

  test("takes the place of what is in force where an earlier release did not remember what it read", async (context) => {
    const { start, web } = await setUp(context);
    await web(OTHER, 20);
    assert.equal((await start(POLICY_TEXT, 30)).is, "activated");
  });

  test("with errors is refused, and is taken once it is mended", async (context) => {
    const { store, start } = await setUp(context);
    const broken = POLICY_TEXT.replace("owner: L3", "owner: L9");
    const first = await start(broken, 5);
    assert.ok(first.is === "refused" && !first.inForce && first.diagnostics.length > 0);
    await start(POLICY_TEXT, 10);
    const second = await start(broken, 20);
    assert.ok(second.is === "refused" && second.inForce);
    assert.equal((await store.currentPolicy())?.id, policyIdOf(POLICY_TEXT));
    assert.equal((await start(EDITED, 30)).is, "activated");
  });

  test("is activated after what is in force even when the clock was set back", async (context) => {
    const { store, start } = await setUp(context);
    await start(POLICY_TEXT, 1_000);
    await start(EDITED, 10);
    assert.equal((await store.currentPolicy())?.id, policyIdOf(EDITED));
  });
});

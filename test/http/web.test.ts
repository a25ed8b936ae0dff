import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { type House, startHouse } from "../peers/house.ts";

describe("the web UI as it is served", () => {
  let house: House;
  const browser = { accept: "text/html,application/xhtml+xml" };
  before(async () => {
    house = await startHouse();
  });
  after(() => house?.stop());

  test("every address that is a page brings the one page, under a policy that allows nothing inline", async () => {
    for (const path of ["/", "/incidents/1", "/policy", "/no/such/page"]) {
      const page = await house.call(path, { headers: browser });
      assert.equal(page.status, 200);
      assert.match(page.text, /<div id="root">/);
      const policy = page.headers.get("content-security-policy") ?? "";
      assert.match(policy, /default-src 'none'/);
      assert.doesNotMatch(policy, /unsafe|\*/);
      assert.equal(page.headers.get("x-content-type-options"), "nosniff");
      assert.equal(page.headers.get("cache-control"), "no-cache");
      assert.doesNotMatch(page.text, /<script(?![^>]*\bsrc=)|<style|\son\w+=/);
    }
  });

  test("an address of the API that is not there stays an error in JSON, for browsers too", async () => {
    const answer = await house.call("/api/v1/nothing", { headers: browser });
    assert.equal(answer.status, 404);
    assert.equal(answer.json<{ error: { code: string } }>().error.code, "not-found");
  });

  test("its files come compressed, and for a year under their hashed names", async () => {
    const script = readdirSync("web/dist/assets").find((name) => /^index-.*\.js$/.test(name));
    const file = await house.call(`/assets/${script}`, { headers: { "accept-encoding": "br" } });
    assert.equal(file.status, 200);
    assert.match(file.headers.get("content-type") ?? "", /javascript/);
    assert.equal(file.headers.get("content-encoding"), "br");
    assert.match(file.headers.get("cache-control") ?? "", /max-age=31536000, immutable/);
  });

  test("what is installed as an app is there", async () => {
    const manifest = await house.call("/manifest.webmanifest");
    for (const { src } of manifest.json<{ icons: { src: string }[] }>().icons)
      assert.equal((await house.call(src)).status, 200);
    assert.equal((await house.call("/sw.js")).status, 200);
  });

  test("no address leads out of the folder", async () => {
    for (const path of ["/assets/../index.html", "/assets/..%2f..%2f..%2fpackage.json", "/assets/%2e%2e/.built"])
      assert.notEqual((await house.call(path)).status, 200);
  });
});

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { describe, test } from "node:test";
import { otherBytesMax, startBytes } from "../../bench/web-size.ts";

const notBuilt = existsSync("web/dist/.vite/manifest.json") ? false : "the web UI is not built";

describe("the script that a browser has to fetch", { skip: notBuilt }, () => {
  test("until the first page is there is at most 120 KB, compressed", () => {
    const size = startBytes();
    assert.ok(size <= 120_000, `${size} bytes`);
  });

  test("for any other page is at most 60 KB more", () => {
    const { name, bytes } = otherBytesMax();
    assert.ok(bytes <= 60_000, `${name}: ${bytes} bytes`);
  });
});

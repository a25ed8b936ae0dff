import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { FOLDER, play } from "./scenario.ts";

/** `BONGSU_TEST_UPDATE=1 npm test -- scenarios` writes the golden timelines anew; the change is read in review. */
for (const file of globSync(join(FOLDER, "*.scenario")).sort()) {
  const name = basename(file, ".scenario");
  test(`scenario ${name}`, async () => {
    const golden = file.replace(/\.scenario$/, ".golden.txt");
    const told = `${await play(readFileSync(file, "utf8"))}\n`;
    if (process.env.BONGSU_TEST_UPDATE === "1") writeFileSync(golden, told);
    assert.doesNotMatch(told, /VIOLATED/);
    assert.equal(told, existsSync(golden) ? readFileSync(golden, "utf8") : "");
  });
}

import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import type { Collected } from "../../src/collect/collector.ts";
import { processCollector } from "../../src/collect/process/process.ts";
import { CollectorInside, endAllInside, withoutNamespaces } from "../peers/namespaces.ts";
import { startSystemd, withoutSystemd } from "../peers/systemd.ts";
import { until } from "../peers/until.ts";
import { told } from "./told.ts";

const folder = mkdtempSync(join(tmpdir(), "bongsu-units-"));
after(() => {
  endAllInside();
  rmSync(folder, { recursive: true, force: true });
});

/** Answers as systemd 252 does: the manager's own properties without a unit, else a paragraph for each. */
function systemctl(failed: string, units: string, code = 0): string {
  const file = join(folder, "systemctl");
  writeFileSync(
    file,
    `#!/bin/sh\ncase "$*" in *NFailedUnits*) echo "${failed}";; *) cat <<'END'\n${units}\nEND\n;; esac\nexit ${code}\n`,
  );
  chmodSync(file, 0o755);
  return file;
}

async function ask(settings: Record<string, unknown>): Promise<Collected> {
  const { signal } = new AbortController();
  return processCollector.open(settings).collect({ host: "h", target: "t", at: 0, signal });
}

const units = ({ samples }: Collected) =>
  samples
    .filter(({ metric }) => metric.startsWith("unit"))
    .map(({ metric, labels, value }) => [metric, labels.unit ?? "", value]);

describe("systemd units", () => {
  test("each is active or not by the name it was asked by, and failed ones are counted", async () => {
    const shown =
      "Id=nginx.service\nLoadState=loaded\nActiveState=active\nSubState=running\n\n" +
      "Id=backup.timer\nLoadState=loaded\nActiveState=failed\nSubState=failed";
    const answer = await ask({ units: ["nginx", "backup.timer"], systemctl: systemctl("NFailedUnits=2", shown) });
    assert.equal(answer.failed, undefined);
    assert.deepEqual(units(answer), [
      ["units_failed", "", 2],
      ["unit_active", "nginx.service", 1],
      ["unit_active", "backup.timer", 0],
    ]);
  });

  test("one that systemd does not know is not active, and that is told", async () => {
    const shown = "Id=gone.service\nLoadState=not-found\nActiveState=inactive\nSubState=dead";
    const answer = await ask({ units: ["gone"], systemctl: systemctl("NFailedUnits=0", shown) });
    assert.deepEqual(units(answer).at(-1), ["unit_active", "gone.service", 0]);
    assert.equal(told(answer.failed), "gone.service: a unit that systemd does not know");
  });

  test("an answer that does not fit what was asked is no state of any unit", async () => {
    const shown = "Id=nginx.service\nLoadState=loaded\nActiveState=active\nSubState=running";
    const answer = await ask({ units: ["nginx", "api"], systemctl: systemctl("NFailedUnits=0", shown) });
    assert.deepEqual(units(answer), [["units_failed", "", 0]]);
    assert.match(told(answer.failed), /does not tell what it was asked for/u);
  });
});

describe("a real systemd", { skip: withoutSystemd() ?? false }, () => {
  const service = (...lines: readonly string[]): string =>
    `[Unit]\nDefaultDependencies=no\n[Service]\n${lines.join("\n")}\n`;

  test("units that run, failed, begin, come again and again, are masked or unknown are told as they are", async () => {
    const own = mkdtempSync(join(folder, "systemd-"));
    const systemd = await startSystemd(own, {
      "bongsu.target": "[Unit]\nDescription=what it begins with\n",
      "api.service": service("ExecStart=/bin/sleep 600"),
      "backup.service": service("ExecStart=/bin/false"),
      "slow.service": service("Type=notify", "ExecStart=/bin/sleep 600"),
      "loop.service": service("ExecStart=/bin/false", "Restart=always", "RestartSec=600"),
      "broken.service": "[Service]\nExecStart=no/absolute/path\n",
    });
    try {
      systemd.control("start", "api");
      systemd.control("start", "--no-block", "backup", "slow", "loop");
      systemd.control("mask", "--runtime", "masked");
      const wanted = ["api", "backup", "slow", "loop", "masked", "broken", "gone"];
      const settings = { units: wanted, systemctl: systemd.systemctl };
      let answer = await ask(settings);
      const active = () => Object.fromEntries(units(answer).map(([, unit, value]) => [unit, value]));
      await until("systemd has seen what fails fail", async () => {
        answer = await ask(settings);
        return active()[""] === 1;
      });
      assert.deepEqual(active(), {
        "": 1,
        ...Object.fromEntries(wanted.map((name) => [`${name}.service`, name === "api" ? 1 : 0])),
      });
      assert.deepEqual(answer.failed, [{ code: "unit-unknown", of: "gone.service" }]);
      assert.deepEqual(answer.notes, [
        { code: "unit-not-loaded", of: "masked.service", state: "masked" },
        { code: "unit-not-loaded", of: "broken.service", state: "bad-setting" },
      ]);
      systemd.control("stop", "api");
      answer = await ask(settings);
      assert.equal(active()["api.service"], 0);
      systemd.control("reset-failed", "backup");
      answer = await ask(settings);
      assert.equal(active()[""], 0);
    } finally {
      await systemd.stop();
    }
  });
});

test("where other users' processes are hidden none is told to be missing", {
  skip: withoutNamespaces() ?? false,
}, async () => {
  // A /proc of its own: an option given to the one that is there would hold for the whole machine.
  const script =
    'mount --make-rprivate / && mount -t proc -o hidepid=2 proc /proc && exec setpriv --reuid 65534 --regid 65534 --clear-groups "$@"';
  const inside = new CollectorInside(["unshare", "-m", "sh", "-c", script, "sh"], "process", { processes: ["nginx"] });
  const answer = await inside.collect().catch((error: unknown) => error as Error);
  // Where the checkout may not be read by nobody's user, there is nothing to ask.
  if (!(answer instanceof Error)) {
    assert.deepEqual(answer.samples, []);
    assert.match(told(answer.failed), /hidepid/u);
  }
  await inside.stop();
});

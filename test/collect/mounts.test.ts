import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Collected } from "../../src/collect/collector.ts";
import { CollectorInside, endAllInside, withoutNamespaces } from "../peers/namespaces.ts";

const folder = mkdtempSync(join(tmpdir(), "bongsu-mounts-"));
after(() => {
  endAllInside();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the collector where this script has mounted what it likes. */
function inside(script: string, settings: Readonly<Record<string, unknown>>): CollectorInside {
  const begin = `set -e; mount --make-rprivate /; mount -t tmpfs tmpfs ${folder}; cd ${folder}; ${script}; cd /; exec "$@"`;
  return new CollectorInside(["unshare", "-m", "bash", "-c", begin, "bash"], "host", settings);
}

const measured = ({ samples }: Collected): readonly string[] =>
  samples.flatMap(({ metric, labels: { mount = "" } }) =>
    metric === "host_disk_used_ratio" && mount.startsWith(`${folder}/`) ? [mount.slice(folder.length + 1)] : [],
  );

test("of a hundred mounts each file system is measured once, and none that is read-only or a container's", {
  skip: withoutNamespaces() ?? false,
}, async () => {
  const host = inside(
    `for nth in $(seq 100); do mkdir m$nth; mount -t tmpfs -o size=1m tmpfs m$nth; done
     mkdir bound again image lower upper work merged
     mount --bind m1 bound; mount --bind m1 again
     mount -t tmpfs -o ro,size=1m tmpfs image
     mount -t tmpfs tmpfs upper; mkdir upper/u upper/w
     mount -t overlay -o lowerdir=lower,upperdir=upper/u,workdir=upper/w overlay merged || mkdir -p merged`,
    {},
  );
  const collected = await host.collect();
  assert.equal(collected.failed, undefined);
  const names = measured(collected);
  assert.deepEqual([...names].sort(), [...Array.from({ length: 100 }, (_, nth) => `m${nth + 1}`), "upper"].sort());
  await host.stop();
});

const noFuse = existsSync("/dev/fuse") ? undefined : "no /dev/fuse here";

test("file systems that hang are told, and the others are measured all the same, time after time", {
  skip: withoutNamespaces() ?? noFuse ?? false,
}, async () => {
  // A file system in a program's hands, and that program is the collector itself, which never answers.
  const hang = [3, 4, 5].map(
    (fd) =>
      `mkdir hung${fd}; exec ${fd}<>/dev/fuse; mount -i -t fuse -o fd=${fd},rootmode=40000,user_id=0,group_id=0 none hung${fd}`,
  );
  const host = inside(
    `for nth in $(seq 5); do mkdir m$nth; mount -t tmpfs -o size=1m tmpfs m$nth; done; ${hang.join("; ")}`,
    { remote: true },
  );
  const said = ["mount-hangs", "mount-hangs", "mount-not-asked"];
  const failed = said.map((code, nth) => ({ code, of: `${folder}/hung${nth + 3}` }));
  for (let nth = 0; nth < 3; nth += 1) {
    const collected = await host.collect();
    assert.deepEqual(measured(collected), ["m1", "m2", "m3", "m4", "m5"]);
    assert.deepEqual(collected.failed, failed);
  }
  await host.stop();
});

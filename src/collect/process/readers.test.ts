import assert from "node:assert/strict";
import { test } from "node:test";
import { describe } from "./process-table.ts";
import { readMemoryOf, readStat } from "./read-stat.ts";
import { readUnitStates } from "./read-unit-states.ts";
import { readWatched } from "./watched.ts";

const STAT =
  "4711 (my) (prog) S 1 4711 4711 0 -1 4194304 102 0 0 0 250 50 0 0 20 0 1 0 1311760 2998272 391 18446744073709551615 1 1";

test("a process's name may have brackets in it", () => {
  assert.deepEqual(readStat(STAT), {
    comm: "my) (prog",
    state: "S",
    isKernelThread: false,
    cpuTicks: 300,
    startTicks: 1_311_760,
  });
});

test("a kernel thread is known by its flag", () => {
  assert.equal(readStat("2 (kthreadd) S 0 0 0 0 -1 2129984 0 0 0 0 0 0 0 0 20 0 1 0 5 0 0 1")?.isKernelThread, true);
});

test("a process that ended while it was read is none", () => {
  assert.equal(readStat(""), undefined);
  assert.equal(readStat("12 (cut"), undefined);
});

test("a process's memory is its own and what it may share", () => {
  const status =
    "Name:\tx\nVmRSS:\t    1764 kB\nRssAnon:\t     112 kB\nRssFile:\t    1652 kB\nRssShmem:\t       8 kB\n";
  assert.deepEqual(readMemoryOf(status), { own: 112 * 1_024, shared: 1_660 * 1_024 });
  assert.deepEqual(readMemoryOf("VmRSS:\t  10 kB\n"), { own: 10_240, shared: 0 });
  assert.equal(readMemoryOf("Name:\tkthreadd\n"), undefined);
});

test("a process goes by its kernel name and by the file it was started by", () => {
  assert.deepEqual(describe("node-MainThread", "/usr/bin/node\0server.js\0--port\x007119\0"), {
    names: ["node-MainThread", "node"],
    command: "/usr/bin/node server.js --port 7119",
  });
  assert.deepEqual(describe("bash", "-bash\0").names, ["bash", "bash"]);
  assert.deepEqual(describe("kworker/0:1", "").names, ["kworker/0:1"]);
});

test("processes are watched by name, by program or by a pattern in the command line", () => {
  const watched = readWatched(
    [
      "mariadbd",
      { name: "web", program: "node" },
      { name: "결제 API", command: "-jar \\S*pay\\.jar" },
      { name: "java pay", program: "java", command: "pay" },
    ],
    "settings.processes",
  );
  const fit = (comm: string, cmdline: string): readonly string[] =>
    watched.filter(({ fits }) => fits(describe(comm, cmdline))).map(({ name }) => name);
  assert.deepEqual(fit("mariadbd", "/usr/sbin/mariadbd\0"), ["mariadbd"]);
  assert.deepEqual(fit("node-MainThread", "node\0app.js\0"), ["web"]);
  assert.deepEqual(fit("java", "java\0-jar\0/srv/pay.jar\0"), ["결제 API", "java pay"]);
  assert.deepEqual(fit("vi", "vi\0pay.jar\0"), []);
});

test("a long program name fits although the kernel cuts it", () => {
  const [watched] = readWatched(["prometheus-node-exporter"], "settings.processes");
  assert.ok(watched?.fits(describe("prometheus-node", "/usr/bin/prometheus-node-exporter\0--x\0")));
});

test("what cannot be read of the settings is told with its path", () => {
  for (const [raw, said] of [
    ["nginx", /settings\.processes/u],
    [[1], /settings\.processes\[0\]/u],
    [[{ program: "x" }], /settings\.processes\[0\]\.name/u],
    [[{ name: "x", command: "(" }], /settings\.processes\[0\]\.command.*RE2/u],
    [[{ name: "x", match: "y" }], /settings\.processes\[0\]\.match.*one of name, program, command/u],
    [["x", "x"], /x twice/u],
  ] as const) {
    assert.throws(() => readWatched(raw, "settings.processes"), said);
  }
});

// As systemd 252 answers `systemctl show --property=Id,LoadState,ActiveState,SubState -- …`.
const SHOWN = `Id=nginx.service
LoadState=loaded
ActiveState=active
SubState=running

Id=backup.service
LoadState=loaded
ActiveState=failed
SubState=failed

Id=gone.service
LoadState=not-found
ActiveState=inactive
SubState=dead

Id=api.service
LoadState=loaded
ActiveState=activating
SubState=auto-restart

Id=proxy.service
LoadState=loaded
ActiveState=reloading
SubState=reload
`;

test("a unit is active or not, and one that systemd does not know is told apart", () => {
  assert.deepEqual(readUnitStates(SHOWN), [
    { isActive: true, load: "loaded" },
    { isActive: false, load: "loaded" },
    { isActive: false, load: "not-found" },
    { isActive: false, load: "loaded" },
    { isActive: true, load: "loaded" },
  ]);
  assert.deepEqual(readUnitStates(""), []);
});

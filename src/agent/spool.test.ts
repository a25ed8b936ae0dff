import assert from "node:assert/strict";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import fc from "fast-check";
import { openSpool, type Spool } from "./spool.ts";

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "bongsu-spool-"));
  folders.push(made);
  return made;
}

function opened(path: string, bytesMax = 1_000_000) {
  const told: { because: string; records: number; samples: number }[] = [];
  return { spool: openSpool({ folder: path, bytesMax, onLost: (lost) => void told.push(lost) }), told };
}

const record = (n: number, size = 20): Uint8Array => Buffer.from(`r${n}`.padEnd(size, "."));
const names = (records: readonly Uint8Array[] = []): string[] =>
  records.map((one) => Buffer.from(one).toString().replace(/\.+$/, ""));
/** Everything that waits, in the order in which it is given out. */
function drain(spool: Spool, bytesMax = 100): string[] {
  const all: string[] = [];
  for (let taken = spool.next(bytesMax); taken !== undefined; taken = spool.next(bytesMax)) {
    all.push(...names(taken.records));
    taken.done();
    taken.release();
  }
  return all;
}

describe("the spool", () => {
  test("gives out in order, and again until it is told that it arrived", () => {
    const path = folder();
    const { spool } = opened(path);
    for (let n = 0; n < 5; n++) spool.append(record(n), 10);
    assert.deepEqual(names(spool.next(45)?.records), ["r0", "r1"]);
    const taken = spool.next(45);
    assert.deepEqual([names(taken?.records), taken?.samples], [["r0", "r1"], 20]);
    taken?.done();
    assert.deepEqual(spool.waiting, { records: 3, samples: 30 });
    assert.deepEqual(names(spool.next(1)?.records), ["r2"]);
    // As after a kill: nobody closed it.
    const again = opened(path).spool;
    assert.deepEqual(drain(again), ["r2", "r3", "r4"]);
    assert.equal(again.bytes, 0);
    assert.deepEqual(drain(opened(path).spool), []);
  });

  test("what was torn off at its end is cut, and what comes next stands where it should", () => {
    const path = folder();
    const { spool } = opened(path);
    spool.append(record(0), 1);
    spool.append(record(1), 1);
    const [file = ""] = readdirSync(path).filter((name) => name.endsWith(".spool"));
    const whole = readFileSync(join(path, file));
    for (let cut = whole.length - 1; cut > whole.length - 40; cut--) {
      writeFileSync(join(path, file), whole.subarray(0, cut));
      const { spool: torn, told } = opened(path);
      // Its header, where that was written, says how much it was.
      const samples = whole.length - cut <= 20 ? 1 : 0;
      assert.deepEqual(told, [{ because: "torn", records: 1, samples }]);
      assert.deepEqual(names(torn.next(1_000)?.records), ["r0"]);
      torn.close();
    }
    const { spool: mended } = opened(path);
    mended.append(record(2), 1);
    assert.deepEqual(drain(opened(path).spool), ["r0", "r2"]);
  });

  test("what the disk has damaged is told in numbers, once, and everything around it is given out", () => {
    const path = folder();
    const { spool } = opened(path, 16 * 300);
    for (let n = 0; n < 20; n++) spool.append(record(n), n + 1);
    const files = readdirSync(path).filter((name) => name.endsWith(".spool"));
    assert.ok(files.length > 2);
    const damage = (file: string, from: number, to: number): void => {
      const bytes = readFileSync(join(path, file));
      for (let place = from; place < to; place++) bytes[place] = (bytes[place] ?? 0) ^ 255;
      writeFileSync(join(path, file), bytes);
    };
    // Within the second record; the third and fourth with their headers; the end of the second file.
    damage(files[0] ?? "", 65, 66);
    damage(files[0] ?? "", 85, 150);
    const last = readFileSync(join(path, files[1] ?? "")).length;
    damage(files[1] ?? "", last - 70, last);
    const { spool: left, told } = opened(path, 16 * 300);
    assert.ok(told.every(({ because }) => because === "damaged"));
    const again = opened(path, 16 * 300);
    assert.deepEqual(again.told, []);
    assert.equal(again.spool.lost.samples, left.lost.samples);
    const given = drain(again.spool).map((name) => Number(name.slice(1)));
    const gone = Array.from({ length: 20 }, (_, n) => n).filter((n) => !given.includes(n));
    assert.ok(gone.length >= 4 && gone.length <= 6, gone.join());
    assert.equal(
      left.lost.samples,
      gone.reduce((sum, n) => sum + n + 1, 0),
    );
  });

  test("what the disk damages while it waits is not sent as something else", () => {
    const path = folder();
    const { spool, told } = opened(path);
    for (let n = 0; n < 3; n++) spool.append(record(n), 5);
    const [file = ""] = readdirSync(path).filter((name) => name.endsWith(".spool"));
    const bytes = readFileSync(join(path, file));
    bytes[65] = (bytes[65] ?? 0) ^ 1;
    writeFileSync(join(path, file), bytes);
    assert.deepEqual(drain(spool), ["r0", "r2"]);
    assert.deepEqual(told, [{ because: "damaged", records: 1, samples: 5 }]);
  });

  test("a disk that takes nothing does not stop it: what is new waits in memory, within bounds, and goes there later", () => {
    const path = folder();
    const { spool, told } = opened(path, 16 * 64);
    for (let n = 0; n < 4; n++) spool.append(record(n), 1);
    // As where the folder was made somebody else's: no file can be made in it.
    rmSync(path, { recursive: true });
    for (let n = 4; n < 8; n++) spool.append(record(n), 1);
    assert.match(spool.trouble ?? "", /ENOENT/);
    assert.equal(spool.waiting.records, 8);
    const looked = spool.next(1_000);
    assert.deepEqual(names(looked?.records), ["r4", "r5", "r6", "r7"]);
    looked?.release();
    const big = Buffer.alloc(1024 * 1024, 1);
    for (let n = 0; n < 6; n++) spool.append(big, 100);
    const lost = told.reduce((sum, { samples }) => sum + samples, 0);
    assert.ok(told.every(({ because }) => because === "disk") && lost >= 200, JSON.stringify(told));
    assert.ok(spool.bytes < 5 * 1024 * 1024);
    mkdirSync(path);
    spool.append(record(9), 1);
    assert.equal(spool.trouble, undefined);
    assert.ok(readdirSync(path).some((name) => name.endsWith(".spool")));
  });

  test("where it is full the oldest goes, and that is counted, also over a restart", () => {
    const path = folder();
    const { spool, told } = opened(path, 2_000);
    for (let n = 0; n < 200; n++) spool.append(record(n, 40), 3);
    const lost = told.reduce((all, { samples }) => all + samples, 0);
    assert.ok(told.length > 1 && told.every(({ because }) => because === "full"));
    assert.equal(spool.lost.samples, lost);
    assert.equal(spool.waiting.samples + lost, 600);
    assert.ok(spool.bytes <= 2_000 + 200);
    const again = opened(path, 2_000).spool;
    assert.equal(again.lost.samples, lost);
    const left = drain(again);
    assert.equal(left.at(-1), "r199");
    assert.equal(left.length, 200 - lost / 3);
  });

  test("what is under way makes no room for others, for it may arrive: nothing is both lost and there", () => {
    const { spool } = opened(folder(), 1_000);
    for (let n = 0; n < 4; n++) spool.append(record(n, 50), 1);
    const arriving = spool.next(100);
    for (let n = 4; n < 40; n++) spool.append(record(n, 50), 1);
    assert.equal(spool.lost.samples, 0);
    const count = arriving?.records.length ?? 0;
    arriving?.done();
    arriving?.release();
    assert.ok(spool.bytes <= 1_000 + 100);
    assert.equal(count + spool.lost.records + spool.waiting.records, 40);
    // What nobody took is thrown away like anything else once nobody is asked any more.
    const refused = spool.next(100);
    for (let n = 40; n < 80; n++) spool.append(record(n, 50), 1);
    refused?.release();
    assert.ok(spool.bytes <= 1_000 + 100);
    const { lost, waiting } = spool;
    assert.equal(count + lost.records + waiting.records, 80);
    const waits = waiting.records;
    assert.equal(drain(spool).length, waits);
  });

  test("a folder with other files in it, and a state that is none, do not stop it", () => {
    const path = folder();
    const { spool } = opened(path);
    spool.append(record(0), 1);
    writeFileSync(join(path, "sent.json"), "{");
    writeFileSync(join(path, "notes.txt"), "x");
    writeFileSync(join(path, "000000000000.spool"), "");
    assert.deepEqual(drain(opened(path).spool), ["r0"]);
  });

  test("whatever is appended, sent and killed in whatever order, nothing is lost and nothing is out of order", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("append", "send", "kill", "tear"), { maxLength: 60 }), (steps) => {
        const path = folder();
        let { spool } = opened(path, 1_600);
        let made = 0;
        let torn = false;
        const arrived: number[] = [];
        for (const step of steps) {
          if (step === "append") spool.append(record(made++, 24), 1);
          else if (step === "send") {
            const taken = spool.next(60);
            for (const name of names(taken?.records)) arrived.push(Number(name.slice(1)));
            taken?.done();
            taken?.release();
          } else {
            if (step === "tear") {
              // The process ended within a write.
              const last = readdirSync(path)
                .filter((name) => name.endsWith(".spool"))
                .sort()
                .at(-1);
              if (last !== undefined) appendFileSync(join(path, last), Buffer.alloc(7, 3));
              torn = true;
            }
            ({ spool } = opened(path, 1_600));
          }
        }
        const lost = spool.lost.records;
        const rest = drain(spool, 60).map((name) => Number(name.slice(1)));
        const all = [...new Set([...arrived, ...rest])];
        assert.deepEqual(
          all,
          [...all].sort((one, other) => one - other),
        );
        assert.ok(all.length + lost >= made, `${all.length} + ${lost} of ${made} ${torn}`);
        spool.close();
        rmSync(path, { recursive: true });
        folders.splice(folders.indexOf(path), 1);
      }),
      { numRuns: 150 },
    );
  });

  test("a record that the disk does not take leaves nothing behind", () => {
    const path = folder();
    const { spool } = opened(path);
    assert.throws(() => spool.append(new Uint8Array(17 * 1024 * 1024), 1), /a record of/);
    spool.append(record(1), 1);
    assert.deepEqual(drain(spool), ["r1"]);
    truncateSync(join(path, "sent.json"), 0);
    assert.deepEqual(drain(opened(path).spool), ["r1"]);
  });
});

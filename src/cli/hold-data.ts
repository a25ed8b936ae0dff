import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Fault } from "../fault/fault.ts";
import { randomText } from "../id/chance.ts";
import { systemChance } from "../id/system-chance.ts";

/**
 * Makes a data folder this process' own until it ends, however it ends: the lock is the operating system's, held
 * through an SQLite file. Two servers over one folder would take each other's leases for their own.
 */
export function holdData(folder: string): () => void {
  let lock: DatabaseSync;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    lock = new DatabaseSync(join(folder, "lock"), { timeout: 0 });
  } catch (error) {
    throw new Fault("data-not-writable", { data: folder }, error);
  }
  try {
    lock.exec("pragma locking_mode = exclusive; begin exclusive");
  } catch (error) {
    lock.close();
    throw new Fault("already-running", { data: folder }, error);
  }
  return () => lock.close();
}

/** The name under which this installation takes leases: the same after a restart, so that it takes its own back at once. */
export function nodeName(folder: string): string {
  const file = join(folder, "node");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  const name = `node-${randomText(systemChance, 8)}`;
  writeFileSync(file, `${name}\n`);
  return name;
}

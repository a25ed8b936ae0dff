import { statfs } from "node:fs/promises";
import type { CollectReason } from "../../monitor/collect-reason.ts";
import type { Millis } from "../../time/instant.ts";
import type { Collected, CollectFacts, Collecting, Collector } from "../collector.ts";
import { reasonOf } from "../error-reason.ts";
import { within } from "../within.ts";
import { connect, Lost, Refused, type Row, type Session, TOO_MANY_CONNECTIONS } from "./connection.ts";
import type { Question } from "./questions.ts";
import * as questions from "./questions.ts";
import { type Disk, readDisks, readFileSystem } from "./read-disk.ts";
import { readReplication, replicationProblems } from "./read-replication.ts";
import { galeraProblem, type Named, type Reading, readNamed, readStatus, textOf } from "./read-status.ts";
import { type MariadbSettings, readMariadbSettings } from "./settings.ts";

/** How large it is costs a look at every table's file. */
const SIZE_EVERY_MS = 600_000;

/**
 * Asks a MariaDB or MySQL over one connection that is kept. What it has no right to ask, or what the server does not
 * have, is a note; the rest is measured all the same.
 */
export const mariadbCollector: Collector = {
  kind: "mariadb",
  local: false,
  open: (raw) => new Server(readMariadbSettings(raw)),
};

/** What was read last: rates are told from two readings. */
type Before = { readonly at: Millis; readonly status: Named; readonly statements?: Statements };
type Statements = { readonly count: number; readonly seconds: number };

class Server implements Collecting {
  readonly #settings: MariadbSettings;
  #session: Session | undefined;
  #before: Before | undefined;
  #size: { readonly at: Millis; readonly bytes: number } | undefined;

  constructor(settings: MariadbSettings) {
    this.#settings = settings;
  }

  async collect({ target, signal }: CollectFacts): Promise<Collected> {
    const look = new Look(signal);
    try {
      const session = await this.#reach(look);
      if (session !== undefined) await this.#read(session, look);
    } catch (error) {
      this.#session?.drop();
      this.#session = undefined;
      // A server that refuses our user is there; whether it is well we cannot tell, and do not claim.
      if (!(error instanceof Refused)) look.set("database_up", 0);
      look.failed ??= error instanceof Refused || error instanceof Lost ? error.reason : reasonOf(error);
    }
    return look.collected(target);
  }

  async close(): Promise<void> {
    this.#session?.drop();
    this.#session = undefined;
  }

  /** A session that answers; undefined: it does not, and the look says so. */
  async #reach(look: Look): Promise<Session | undefined> {
    const kept = this.#session;
    try {
      const session = kept ?? (await connect(this.#settings, this.#settings.port, look.signal));
      this.#session = session;
      await look.ping(session);
      return session;
    } catch (error) {
      if (error instanceof Refused && error.errno === TOO_MANY_CONNECTIONS) return this.#reachSaturated(error, look);
      // The server was started anew, or ended an idle connection: that is no news.
      const isStale = kept !== undefined && error instanceof Lost && !error.isLate;
      if (!isStale) throw error;
      this.#session = undefined;
      return this.#reach(look);
    }
  }

  /** Nobody gets in: it is not up for whoever wants to, and all of its connections are taken. */
  async #reachSaturated(refusal: Refused, look: Look): Promise<Session | undefined> {
    const { extraPort, socket } = this.#settings;
    look.set("database_up", 0);
    look.set("database_connections_used_ratio", 1);
    look.failed = refusal.reason;
    if (extraPort === undefined || socket !== undefined) return undefined;
    const session = await connect(this.#settings, extraPort, look.signal);
    try {
      await this.#read(session, look);
    } finally {
      session.drop();
    }
    return undefined;
  }

  async #read(session: Session, look: Look): Promise<void> {
    const at = performance.now();
    const variables = readNamed(await session.ask(questions.VARIABLES, look.signal));
    const isMariadb = /mariadb/iu.test(variables.get("version") ?? "");
    const status = new Map(readNamed(await session.ask(questions.STATUS, look.signal)));
    if (!status.has("innodb_deadlocks")) {
      const [row] = (await look.ask(session, questions.DEADLOCKS)) ?? [];
      if (row !== undefined) status.set("innodb_deadlocks", textOf(row.deadlocks));
    }
    const before = this.#before;
    const since = before === undefined ? undefined : { status: before.status, seconds: (at - before.at) / 1_000 };
    look.take(readStatus(status, variables, since));
    look.note(galeraProblem(status, variables));

    const statements = await this.#statements(session, variables, look);
    look.take(meanQuery(statements, before?.statements));
    this.#before = { at, status, ...(statements === undefined ? {} : { statements }) };

    const replicas = await look.ask(session, questions.replication(isMariadb));
    if (replicas !== undefined) {
      look.take(readReplication(replicas, this.#settings.isReplica));
      for (const problem of replicationProblems(replicas, this.#settings.isReplica)) look.note(problem);
    }
    await this.#measureWaits(session, isMariadb, look);
    await this.#measureDisk(session, { isMariadb, directory: variables.get("datadir") ?? "" }, look);
    await this.#measureSize(session, isMariadb, at, look);
  }

  /** Whoever may not look at InnoDB's transactions sees no process but its own, and would take that for all. */
  async #measureWaits(session: Session, isMariadb: boolean, look: Look): Promise<void> {
    const [transactions] = (await look.ask(session, questions.TRANSACTIONS)) ?? [];
    if (transactions === undefined) return;
    look.set("database_longest_transaction_seconds", Number(transactions.oldest));
    const [processes] = (await look.ask(session, questions.processes(isMariadb))) ?? [];
    if (processes !== undefined) look.set("database_longest_query_seconds", Number(processes.longest));
    look.set("database_lock_waits", Number(transactions.waits) + Number(processes?.waiting ?? 0));
  }

  async #statements(session: Session, variables: Named, look: Look): Promise<Statements | undefined> {
    if (variables.get("performance_schema") !== "ON") {
      look.note({ code: "performance-schema-off" });
      return undefined;
    }
    const [row] = (await look.ask(session, questions.STATEMENTS)) ?? [];
    return row === undefined ? undefined : { count: Number(row.statements), seconds: Number(row.seconds) };
  }

  async #measureDisk(
    session: Session,
    { isMariadb, directory }: { readonly isMariadb: boolean; readonly directory: string },
    look: Look,
  ): Promise<void> {
    const { dataDirectory: given, socket, timeout } = this.#settings;
    // A socket is on the machine that the data is on.
    const here = given ?? (socket === undefined ? undefined : directory);
    if (here !== undefined) {
      const found = await within(statfs(here), timeout, look.signal).catch((error: unknown) => error as Error);
      if (found === "late") look.note({ code: "mount-hangs", of: here });
      else if (found instanceof Error) look.note({ ...reasonOf(found), of: here });
      else look.takeDisk(readFileSystem(found));
      return;
    }
    const rows = isMariadb ? await look.ask(session, questions.DISKS) : [];
    if (rows === undefined) return;
    const disk = readDisks(rows, directory);
    if (disk !== undefined) look.takeDisk(disk);
    // Without the right it is empty.
    else look.note(isMariadb ? rightMissing(questions.DISKS) : { code: "disk-unknown" });
  }

  async #measureSize(session: Session, isMariadb: boolean, at: Millis, look: Look): Promise<void> {
    if (this.#size === undefined || at - this.#size.at >= SIZE_EVERY_MS) {
      const [row] = (await look.ask(session, questions.size(isMariadb))) ?? [];
      if (row !== undefined) this.#size = { at, bytes: Number(row.bytes) };
    }
    if (this.#size !== undefined) look.set("database_size_bytes", this.#size.bytes);
  }
}

function meanQuery(now: Statements | undefined, before: Statements | undefined): readonly Reading[] {
  if (now === undefined || before === undefined) return [];
  const [count, seconds] = [now.count - before.count, now.seconds - before.seconds];
  return count <= 0 || seconds < 0 ? [] : [{ metric: "database_query_seconds", value: seconds / count }];
}

/** MariaDB's plugin is not there. */
const UNKNOWN_TABLE = 1109;

function rightMissing({ metric, grant }: Question): CollectReason {
  return { code: "right-missing", metric, grant };
}

/** One collection: what it has found so far. The first value of a metric stands. */
class Look {
  readonly signal: AbortSignal;
  failed: CollectReason | undefined;
  readonly #readings: Reading[] = [];
  readonly #notes: CollectReason[] = [];

  constructor(signal: AbortSignal) {
    this.signal = signal;
  }

  async ping(session: Session): Promise<void> {
    const began = performance.now();
    try {
      await session.ask("select 1", this.signal);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // A node that its cluster has left behind answers, and does nothing for anybody.
      this.set("database_up", 0);
      this.failed = error.reason;
      return;
    }
    this.set("database_up", 1);
    this.set("database_ping_seconds", (performance.now() - began) / 1_000);
  }

  /** Rows; undefined where the server says no, which is noted. */
  async ask(session: Session, question: Question): Promise<readonly Row[] | undefined> {
    try {
      return await session.ask(question.text, this.signal);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.isForRight) this.note(rightMissing(question));
      else if (error.errno === UNKNOWN_TABLE && question === questions.DISKS) this.note({ code: "disk-unknown" });
      else this.note({ code: "not-measured", metric: question.metric, detail: error.message });
      return undefined;
    }
  }

  set(metric: string, value: number): void {
    this.take([{ metric, value }]);
  }

  take(readings: readonly Reading[]): void {
    for (const reading of readings) {
      const { metric, channel, value } = reading;
      const isKnown = this.#readings.some((one) => one.metric === metric && one.channel === channel);
      if (!isKnown && Number.isFinite(value)) this.#readings.push(reading);
    }
  }

  takeDisk(disk: Disk | undefined): void {
    if (disk === undefined) return;
    this.set("database_disk_used_ratio", disk.usedRatio);
    this.set("database_disk_free_bytes", disk.freeBytes);
  }

  note(reason: CollectReason | undefined): void {
    if (reason !== undefined) this.#notes.push(reason);
  }

  collected(target: string): Collected {
    return {
      samples: this.#readings.map(({ metric, value, channel }) => ({
        metric,
        value,
        labels: channel === undefined ? { target } : { target, channel },
      })),
      ...(this.failed === undefined ? {} : { failed: [this.failed] }),
      ...(this.#notes.length === 0 ? {} : { notes: this.#notes }),
    };
  }
}

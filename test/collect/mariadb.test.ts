import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type Connection, createConnection } from "mysql2/promise";
import type { Collected, Collecting } from "../../src/collect/collector.ts";
import { mariadbCollector } from "../../src/collect/mariadb/mariadb.ts";
import { freePort } from "../peers/free-port.ts";
import {
  installMariadb,
  MARIADBD,
  type Mariadb,
  startMariadb,
  withoutMariadb,
  withoutNamespaces,
} from "../peers/mariadb.ts";
import { OPENSSL, type SelfSigned, selfSigned } from "../peers/self-signed.ts";
import { until } from "../peers/until.ts";
import { missingPeer } from "../runner/debian.ts";
import { told } from "./told.ts";

const MAX_CONNECTIONS = 12;
const WATCH = { user: "bongsu_watch", password: "a-long-password" };
/** Within max_allowed_packet. */
const FILE_BYTES = 8_000_000;
const GALERA = "/usr/lib/galera/libgalera_smm.so";
const RSYNC = "/usr/bin/rsync";

/** The statements of the documentation: what it promises to suffice has to. */
function documentedGrants(): readonly string[] {
  const page = readFileSync(new URL("../../docs/collectors-applications.md", import.meta.url), "utf8");
  const block = /```sql\n(.*?)```/su.exec(page)?.[1] ?? "";
  return block
    .replace(/^--.*$/gmu, "")
    .split(";")
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
}

function collect(watching: Collecting): Promise<Collected> {
  return watching.collect({ host: "here", target: "db", at: Date.now(), signal: AbortSignal.timeout(20_000) });
}

function value({ samples }: Collected, metric: string): number | undefined {
  return samples.find((sample) => sample.metric === metric && sample.labels.target === "db")?.value;
}

async function run(server: Mariadb, statements: readonly string[]): Promise<void> {
  const root = await server.root();
  for (const statement of statements) await root.query(statement);
  await root.end();
}

describe("a private MariaDB is watched", { skip: withoutMariadb ?? false }, () => {
  let folder: string;
  let server: Mariadb;
  let replica: Mariadb;
  let extraPort: number;
  let watching: Collecting;
  let holder: Connection;
  const noTls = missingPeer(OPENSSL);
  const none: SelfSigned = { cert: "", key: "" };
  const pair = noTls === undefined ? selfSigned("localhost", 30) : none;
  const elsewhere = noTls === undefined ? selfSigned("elsewhere.example", 30) : none;
  const noDisk = withoutMariadb === undefined ? withoutNamespaces() : undefined;
  const open = (more: Record<string, unknown> = {}): Collecting =>
    mariadbCollector.open({ port: server.port, ...WATCH, timeout: "2s", ...more });

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "bongsu-mariadb-from-"));
    const from = join(folder, "data");
    installMariadb(from);
    extraPort = await freePort();
    const pem = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text, { mode: 0o600 });
      return join(folder, name);
    };
    const certified = (name: string, { cert, key }: SelfSigned): readonly string[] =>
      noTls === undefined ? [`--ssl-cert=${pem(`${name}.cert`, cert)}`, `--ssl-key=${pem(`${name}.key`, key)}`] : [];
    const usual = ["--plugin-load-add=disks.so", "--innodb-buffer-pool-size=16M", "--innodb-log-file-size=8M"];
    const starting = startMariadb({
      from,
      args: [...usual, ...certified("elsewhere", elsewhere), "--server-id=2", "--read-only"],
      ...(noDisk === undefined ? { tmpfsMegabytes: 96 } : {}),
    });
    server = await startMariadb({
      from,
      args: [
        ...usual,
        ...certified("localhost", pair),
        `--max-connections=${MAX_CONNECTIONS}`,
        `--extra-port=${extraPort}`,
        "--performance-schema=on",
        "--log-bin",
        "--server-id=1",
      ],
    });
    replica = await starting;
    const grants = documentedGrants();
    assert.equal(grants.length, 5);
    for (const each of [server, replica]) await run(each, ["set session sql_log_bin = 0", ...grants]);
    await run(server, [
      "create database shop",
      "create table shop.orders (id int primary key, note varchar(20))",
      "insert into shop.orders values (1, 'a'), (2, 'b'), (3, 'c')",
    ]);
    holder = await server.root();
    watching = open();
  });
  after(async () => {
    await watching?.close();
    holder?.destroy();
    for (const each of [server, replica]) await each?.stop();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  test("everything is measured with the rights that the documentation names", async () => {
    await collect(watching);
    await holder.query("select sum(id) from shop.orders");
    const collected = await collect(watching);
    assert.equal(collected.failed, undefined);
    assert.deepEqual(collected.notes, undefined);
    assert.equal(value(collected, "database_up"), 1);
    assert.deepEqual(
      collected.samples.map(({ metric }) => metric).filter((metric) => metric.includes("replication")),
      [],
    );
    for (const metric of [
      "database_ping_seconds",
      "database_uptime_seconds",
      "database_read_only",
      "database_queries_per_second",
      "database_query_seconds",
      "database_slow_queries_per_second",
      "database_longest_query_seconds",
      "database_longest_transaction_seconds",
      "database_lock_waits",
      "database_deadlocks_per_second",
      "database_connections",
      "database_connections_used_ratio",
      "database_connections_refused_per_second",
      "database_size_bytes",
      "database_disk_used_ratio",
      "database_disk_free_bytes",
    ])
      assert.ok((value(collected, metric) ?? -1) >= 0, metric);
    assert.ok((value(collected, "database_queries_per_second") ?? 0) > 0);
    assert.ok((value(collected, "database_size_bytes") ?? 0) > 1_000_000);
    assert.ok((value(collected, "database_disk_used_ratio") ?? 0) < 1);
  });

  test("a right that is missing costs what it is for, and is said", async () => {
    await run(server, ["create user poor@'127.0.0.1' identified by 'p'"]);
    const poor = open({ user: "poor", password: "p" });
    const collected = await collect(poor);
    await poor.close();
    assert.equal(value(collected, "database_up"), 1);
    assert.equal(collected.failed, undefined);
    assert.equal(value(collected, "database_lock_waits"), undefined);
    assert.ok((value(collected, "database_connections") ?? 0) > 0);
    // Without the right the server shows us our own process, which tells nothing of the others.
    assert.equal(value(collected, "database_longest_query_seconds"), undefined);
    assert.match(
      told(collected.notes),
      /no right to measure transactions that wait for a lock: GRANT PROCESS ON \*\.\*/u,
    );
    assert.match(told(collected.notes), /no right to measure replication running: GRANT SLAVE MONITOR ON \*\.\*/u);
    assert.match(told(collected.notes), /GRANT FILE ON \*\.\*/u);
  });

  test("by the socket the data's disk is measured without a right", async () => {
    const local = mariadbCollector.open({ socket: server.socket, user: "root" });
    const collected = await collect(local);
    await local.close();
    assert.ok((value(collected, "database_disk_used_ratio") ?? 0) > 0);
  });

  test("a refused password says nothing of the database", async () => {
    const wrong = open({ password: "wrong" });
    const collected = await collect(wrong);
    assert.deepEqual(collected.samples, []);
    assert.match(told(collected.failed), /^the login is refused: .*\(Access denied/u);
    assert.doesNotMatch(told(collected.failed), /wrong/u);
  });

  test("over TLS it is asked only where the certificate is known and for its name", {
    skip: noTls ?? false,
  }, async () => {
    const asked = async (more: Record<string, unknown>): Promise<Collected> => {
      const secure = open({ host: "localhost", ...more });
      const collected = await collect(secure);
      await secure.close();
      return collected;
    };
    assert.equal(value(await asked({ tls: { ca: pair.cert } }), "database_up"), 1);
    const unknown = await asked({ tls: true });
    assert.match(told(unknown.failed), /^the TLS handshake failed \(.*self.signed/u);
    const misnamed = await asked({ port: replica.port, tls: { ca: elsewhere.cert } });
    assert.match(told(misnamed.failed), /^the TLS handshake failed \(.*altnames/u);
    assert.equal(value(await asked({ port: replica.port, tls: { insecure: true } }), "database_up"), 1);
    assert.throws(() => open({ tls: { ca: "no certificate" } }), /settings\.tls\.ca/u);
  });

  test("a connection that the server ended is opened anew without a word", async () => {
    const [rows] = await holder.query("select id from information_schema.processlist where user = 'bongsu_watch'");
    for (const { id } of rows as { id: number }[]) await holder.query(`kill ${id}`);
    const collected = await collect(watching);
    assert.equal(collected.failed, undefined);
    assert.equal(value(collected, "database_up"), 1);
  });

  test("a long query is seen while it runs", async () => {
    const long = await server.root();
    const ended = long.query("select sleep(600)").catch(() => {});
    const seconds = await until("the long query", async () => {
      const longest = value(await collect(watching), "database_longest_query_seconds");
      return longest !== undefined && longest > 0.3 ? longest : false;
    });
    assert.ok(seconds < 60);
    await holder.query(`kill ${long.threadId}`);
    await ended;
    long.destroy();
    await until("its end", async () => value(await collect(watching), "database_longest_query_seconds") === 0);
  });

  test("a transaction that somebody left open is told by its age, though nothing runs in it", async () => {
    const idle = await server.root();
    // Whoever asks InnoDB for its transactions again within 100 ms is given the ones from before.
    const asked = async () => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      return collect(watching);
    };
    try {
      await idle.query("begin");
      await idle.query("update shop.orders set note = 'open' where id = 3");
      await until("it is a second old", async () => {
        const collected = await asked();
        assert.ok((value(collected, "database_longest_query_seconds") ?? 60) < 60);
        return (value(collected, "database_longest_transaction_seconds") ?? 0) >= 1;
      });
    } finally {
      // What it holds would hold the next test.
      await idle.end();
    }
    await until("it is gone", async () => value(await asked(), "database_longest_transaction_seconds") === 0);
  });

  test("who waits for a row or for a table is counted until it is let go", async () => {
    await holder.query("begin");
    await holder.query("update shop.orders set note = 'held' where id = 1");
    const waiters = await Promise.all([server.root(), server.root(), server.root()]);
    const waiting = [
      waiters[0]?.query("update shop.orders set note = 'x' where id = 1"),
      waiters[1]?.query("delete from shop.orders where id = 1"),
      waiters[2]?.query("alter table shop.orders add column more int"),
    ];
    // Whoever asks InnoDB for its transactions again within 100 ms is given the ones from before.
    const waits = async (): Promise<number | undefined> => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      return value(await collect(watching), "database_lock_waits");
    };
    await until("three wait", async () => (await waits()) === 3);
    await holder.query("rollback");
    await Promise.all(waiting);
    // The whole server is held, as a backup holds it.
    await holder.query("flush tables with read lock");
    const written = waiters[0]?.query("insert into shop.orders (id, note) values (4, 'x')");
    await until("one waits", async () => (await waits()) === 1);
    await holder.query("unlock tables");
    await written;
    await until("nobody waits", async () => (await waits()) === 0);
    for (const waiter of waiters) await waiter.end();
  });

  test("deadlocks and slow queries are told per second", async () => {
    await holder.query("replace into shop.orders (id, note) values (1, 'a')");
    const other = await server.root();
    await holder.query("set session long_query_time = 0");
    await collect(watching);
    await holder.query("begin");
    await other.query("begin");
    await holder.query("update shop.orders set note = 'h' where id = 2");
    await other.query("update shop.orders set note = 'o' where id = 3");
    const crossed = await Promise.allSettled([
      holder.query("update shop.orders set note = 'h' where id = 3"),
      other.query("update shop.orders set note = 'o' where id = 2"),
    ]);
    assert.equal(crossed.filter(({ status }) => status === "rejected").length, 1);
    const collected = await collect(watching);
    assert.ok((value(collected, "database_deadlocks_per_second") ?? 0) > 0);
    assert.ok((value(collected, "database_slow_queries_per_second") ?? 0) > 0);
    await holder.query("rollback");
    await holder.query("set session long_query_time = 10");
    await other.query("rollback");
    await other.end();
  });

  test("when every connection is taken nobody gets in, and that is what is told", async () => {
    const clients: Connection[] = [];
    const { user, password } = { user: "shop", password: "s" };
    await holder.query(`create user ${user}@'127.0.0.1' identified by '${password}'`);
    const refused = await until("the last connection is taken", async () => {
      try {
        clients.push(await createConnection({ host: "127.0.0.1", port: server.port, user, password }));
        return false;
      } catch (error) {
        return error as Error;
      }
    });
    assert.match(refused.message, /Too many connections/u);
    // The connection that was kept sees it from inside.
    const kept = await collect(watching);
    assert.equal(value(kept, "database_up"), 1);
    assert.ok((value(kept, "database_connections_used_ratio") ?? 0) >= 1);
    // One that has no right to the reserved connection stands outside.
    await holder.query("create user plain@'127.0.0.1' identified by 'p'");
    const outside = open({ user: "plain", password: "p" });
    const shut = await collect(outside);
    assert.equal(value(shut, "database_up"), 0);
    assert.equal(value(shut, "database_connections_used_ratio"), 1);
    assert.match(told(shut.failed), /^every connection is taken, nobody gets in \(Too many connections/u);
    // Through the other door it sees the rest too.
    const beside = open({ user: "plain", password: "p", extra_port: extraPort });
    const seen = await collect(beside);
    assert.equal(value(seen, "database_up"), 0);
    assert.equal(value(seen, "database_connections_used_ratio"), 1);
    assert.ok((value(seen, "database_connections") ?? 0) >= MAX_CONNECTIONS);
    // With CONNECTION ADMIN there is a connection more.
    const reserved = open();
    assert.equal(value(await collect(reserved), "database_up"), 1);
    await reserved.close();
    for (const client of clients) await client.end();
    await until("there is room", async () => value(await collect(outside), "database_up") === 1);
    await outside.close();
    await beside.close();
    assert.ok((value(await collect(watching), "database_connections_used_ratio") ?? 1) < 1);
  });

  test("a replica runs, falls behind, and stops, each seen", async () => {
    const watchingReplica = open({ port: replica.port, replica: true });
    const unset = await collect(watchingReplica);
    assert.equal(value(unset, "database_replication_running"), 0);
    assert.equal(value(unset, "database_read_only"), 1);
    await run(server, [
      "set session sql_log_bin = 0",
      "create user repl@'127.0.0.1' identified by 'r'",
      "grant replication slave on *.* to repl@'127.0.0.1'",
    ]);
    await run(replica, [
      `change master to master_host = '127.0.0.1', master_port = ${server.port}, master_user = 'repl', master_password = 'r', master_use_gtid = slave_pos`,
      "start slave",
    ]);
    await until("it runs and is level", async () => {
      const collected = await collect(watchingReplica);
      return (
        value(collected, "database_replication_running") === 1 &&
        value(collected, "database_replication_lag_seconds") === 0
      );
    });
    const blocker = await replica.root();
    await blocker.query("flush tables with read lock");
    await holder.query("insert into shop.orders (id, note) values (9, 'late')");
    await until("it is behind", async () => {
      const collected = await collect(watchingReplica);
      return (value(collected, "database_replication_lag_seconds") ?? 0) >= 1;
    });
    await blocker.query("unlock tables");
    await until("it has caught up", async () => {
      return value(await collect(watchingReplica), "database_replication_lag_seconds") === 0;
    });
    await blocker.query("stop slave sql_thread");
    const stopped = await collect(watchingReplica);
    assert.equal(value(stopped, "database_replication_running"), 0);
    assert.match(told(stopped.notes), /replication does not run \(IO Yes, SQL No\)/u);
    // A row that is there already breaks it; what the statement said stays with the server.
    await blocker.query("set session sql_log_bin = 0");
    await blocker.query("insert into shop.orders (id, note) values (10, 'mine')");
    await blocker.query("start slave sql_thread");
    await holder.query("insert into shop.orders (id, note) values (10, '010-1234-5678')");
    const broken = await until("it breaks", async () => {
      const collected = await collect(watchingReplica);
      return /Duplicate entry/u.test(told(collected.notes)) ? collected : false;
    });
    assert.equal(value(broken, "database_replication_running"), 0);
    assert.equal(value(broken, "database_replication_lag_seconds"), undefined);
    assert.doesNotMatch(told(broken.notes), /1234-5678|insert into/u);
    await blocker.query("delete from shop.orders where id = 10");
    await blocker.query("start slave sql_thread");
    await until("it runs again", async () => {
      return value(await collect(watchingReplica), "database_replication_running") === 1;
    });
    await blocker.end();
    await watchingReplica.close();
  });

  test("a disk that fills up is seen", { skip: noDisk ?? false }, async () => {
    const filling = open({ port: replica.port });
    const early = value(await collect(filling), "database_disk_used_ratio") ?? 1;
    assert.ok(early > 0 && early < 0.7, `${early}`);
    const root = await replica.root();
    const free = value(await collect(filling), "database_disk_free_bytes") ?? 0;
    for (let left = free * 0.9, n = 0; left > FILE_BYTES; left -= FILE_BYTES, n++) {
      await root.query(`select repeat('x', ${FILE_BYTES}) into dumpfile '${replica.data}/fill-${n}'`);
    }
    await root.end();
    const late = await collect(filling);
    assert.ok((value(late, "database_disk_used_ratio") ?? 0) > 0.85, `${value(late, "database_disk_used_ratio")}`);
    assert.ok((value(late, "database_disk_free_bytes") ?? free) < free / 4);
    await filling.close();
  });

  test("a server that is stopped and says nothing keeps nobody waiting", async () => {
    const fresh = open({ timeout: 0.5 });
    const kept = open({ timeout: 0.5 });
    assert.equal(value(await collect(kept), "database_up"), 1);
    server.signal("SIGSTOP");
    await until("every thread of it stands", async () => threadsOf(server.pid).every((state) => state === "T"));
    try {
      for (const each of [kept, fresh]) {
        const collected = await collect(each);
        assert.equal(value(collected, "database_up"), 0);
        assert.equal(told(collected.failed), "no answer within 0.5 s");
      }
    } finally {
      server.signal("SIGCONT");
    }
    await until("it answers again", async () => value(await collect(kept), "database_up") === 1);
    await kept.close();
    await fresh.close();
  });

  test("a server that is killed is down", async () => {
    assert.equal(value(await collect(watching), "database_up"), 1);
    server.signal("SIGKILL");
    const collected = await until("it is down", async () => {
      const one = await collect(watching);
      return value(one, "database_up") === 0 ? one : false;
    });
    assert.match(told(collected.failed), /connection refused|connection ended|connection reset/u);
    assert.equal(collected.samples.length, 1);
  });
});

const noGalera =
  process.env.BONGSU_TEST_LONG === undefined ? "only with BONGSU_TEST_LONG" : missingPeer(MARIADBD, GALERA, RSYNC);

describe("a Galera cluster of three is watched", { skip: noGalera ?? false }, () => {
  test("one that is lost makes it smaller, and the last of them does not take part in anything", async () => {
    const addresses: string[] = [];
    const nodes: Mariadb[] = [];
    try {
      for (const name of ["one", "two", "three"]) {
        const [listens, receives, copies] = [await freePort(), await freePort(), await freePort()];
        const node = await startMariadb({
          asMysql: true,
          args: [
            "--innodb-buffer-pool-size=16M",
            "--wsrep-on=on",
            `--wsrep-provider=${GALERA}`,
            `--wsrep-cluster-address=gcomm://${addresses.join(",")}`,
            `--wsrep-node-name=${name}`,
            "--wsrep-node-address=127.0.0.1",
            "--wsrep-sst-method=rsync",
            `--wsrep-sst-receive-address=127.0.0.1:${copies}`,
            "--binlog-format=row",
            "--innodb-autoinc-lock-mode=2",
            `--wsrep-provider-options=gcache.size=8M;gmcast.listen_addr=tcp://127.0.0.1:${listens};ist.recv_addr=127.0.0.1:${receives}`,
          ],
        });
        nodes.push(node);
        addresses.push(`127.0.0.1:${listens}`);
      }
      const watching = mariadbCollector.open({ port: nodes[0]?.port, user: "root", timeout: "5s" });
      const galera = async (): Promise<readonly (number | undefined)[]> => {
        const collected = await collect(watching);
        return ["ready", "primary", "synced", "cluster_size"].map((name) =>
          value(collected, `database_galera_${name}`),
        );
      };
      const becomes = (wanted: readonly number[]): Promise<unknown> =>
        until(`it is ${wanted.join()}`, async () => (await galera()).join() === wanted.join(), 60_000);
      await becomes([1, 1, 1, 3]);
      nodes[2]?.signal("SIGKILL");
      await becomes([1, 1, 1, 2]);
      nodes[1]?.signal("SIGKILL");
      await becomes([0, 0, 0, 1]);
      assert.match(told((await collect(watching)).notes), /the Galera node is not ready \(non-Primary, Initialized\)/u);
      await watching.close();
    } finally {
      for (const node of nodes) await node.stop();
    }
  });
});

/** The states of a process's threads, as proc(5) has them. */
function threadsOf(pid: number): readonly string[] {
  return readdirSync(`/proc/${pid}/task`).map((thread) => {
    const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).charAt(0);
  });
}

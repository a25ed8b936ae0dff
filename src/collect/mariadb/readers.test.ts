import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Fault } from "../../fault/fault.ts";
import { readDisks, readFileSystem } from "./read-disk.ts";
import { readReplication, replicationProblems } from "./read-replication.ts";
import { galeraProblem, type Named, readStatus } from "./read-status.ts";
import { readMariadbSettings } from "./settings.ts";

const named = (values: Record<string, string>): Named =>
  new Map(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]));

function read(status: Record<string, string>, variables: Record<string, string>, before?: Record<string, string>) {
  const since = before === undefined ? undefined : { status: named(before), seconds: 10 };
  return Object.fromEntries(
    readStatus(named(status), named(variables), since).map(({ metric, value }) => [metric, value]),
  );
}

describe("what the status of a server tells", () => {
  test("counters are told per second, from the second reading on", () => {
    const status = {
      Uptime: "110",
      Questions: "1500",
      Slow_queries: "7",
      Aborted_connects: "4",
      Innodb_deadlocks: "1",
    };
    const before = {
      Uptime: "100",
      Questions: "1000",
      Slow_queries: "2",
      Aborted_connects: "4",
      Innodb_deadlocks: "0",
    };
    assert.equal(read(status, {}).database_queries_per_second, undefined);
    const readings = read(status, {}, before);
    assert.equal(readings.database_queries_per_second, 50);
    assert.equal(readings.database_slow_queries_per_second, 0.5);
    assert.equal(readings.database_connections_refused_per_second, 0);
    assert.equal(readings.database_deadlocks_per_second, 0.1);
  });

  test("a server that began anew has no rates until it is read again", () => {
    const before = { Uptime: "100000", Questions: "10" };
    assert.equal(read({ Uptime: "3", Questions: "500" }, {}, before).database_queries_per_second, undefined);
    // FLUSH STATUS sets a counter back while the server goes on.
    const flushed = { Uptime: "100010", Questions: "5" };
    assert.equal(read(flushed, {}, before).database_queries_per_second, undefined);
  });

  test("connections are held against the limit", () => {
    const readings = read({ Threads_connected: "38" }, { max_connections: "40" });
    assert.equal(readings.database_connections, 38);
    assert.equal(readings.database_connections_used_ratio, 0.95);
    assert.equal(read({ Threads_connected: "38" }, {}).database_connections_used_ratio, undefined);
  });

  test("read only is told however the server says it", () => {
    assert.equal(read({}, { read_only: "OFF" }).database_read_only, 0);
    assert.equal(read({}, { read_only: "ON" }).database_read_only, 1);
    assert.equal(read({}, { read_only: "NO_LOCK_NO_ADMIN" }).database_read_only, 1);
    assert.equal(read({}, { read_only: "OFF", super_read_only: "ON" }).database_read_only, 1);
  });

  test("a node of a Galera cluster tells whether it takes part; another server has none of it", () => {
    const synced = {
      wsrep_ready: "ON",
      wsrep_cluster_status: "Primary",
      wsrep_local_state: "4",
      wsrep_local_state_comment: "Synced",
      wsrep_cluster_size: "3",
    };
    const readings = read(synced, { wsrep_on: "ON" });
    assert.deepEqual(
      [
        readings.database_galera_ready,
        readings.database_galera_primary,
        readings.database_galera_synced,
        readings.database_galera_cluster_size,
      ],
      [1, 1, 1, 3],
    );
    assert.equal(galeraProblem(named(synced), named({ wsrep_on: "ON" })), undefined);
    const split = {
      ...synced,
      wsrep_ready: "OFF",
      wsrep_cluster_status: "non-Primary",
      wsrep_local_state: "0",
      wsrep_local_state_comment: "Initialized",
    };
    assert.equal(read(split, { wsrep_on: "ON" }).database_galera_ready, 0);
    assert.equal(read(split, { wsrep_on: "ON" }).database_galera_primary, 0);
    assert.deepEqual(galeraProblem(named(split), named({ wsrep_on: "ON" })), {
      code: "galera-not-ready",
      status: "non-Primary",
      state: "Initialized",
    });
    assert.equal(read({}, { wsrep_on: "OFF" }).database_galera_ready, undefined);
    assert.equal(galeraProblem(named({}), named({})), undefined);
  });
});

describe("replication, channel by channel", () => {
  const running = { Slave_IO_Running: "Yes", Slave_SQL_Running: "Yes", Seconds_Behind_Master: "3" };

  test("MariaDB's connections and MySQL's channels are read alike", () => {
    const mariadb = readReplication(
      [
        { Connection_name: "", ...running },
        { Connection_name: "east", ...running },
      ],
      false,
    );
    assert.deepEqual(mariadb, [
      { metric: "database_replication_running", value: 1 },
      { metric: "database_replication_lag_seconds", value: 3 },
      { metric: "database_replication_running", value: 1, channel: "east" },
      { metric: "database_replication_lag_seconds", value: 3, channel: "east" },
    ]);
    const mysql = {
      Channel_Name: "east",
      Replica_IO_Running: "Yes",
      Replica_SQL_Running: "Yes",
      Seconds_Behind_Source: 0,
    };
    assert.deepEqual(
      readReplication([mysql], false).map(({ value }) => value),
      [1, 0],
    );
  });

  test("what does not run has no lag, and a reason", () => {
    const broken = {
      Connection_name: "east",
      Slave_IO_Running: "Connecting",
      Slave_SQL_Running: "Yes",
      Seconds_Behind_Master: null,
      Last_IO_Error: "error connecting to master 'repl@db1:3306'",
    };
    assert.deepEqual(readReplication([broken], false), [
      { metric: "database_replication_running", value: 0, channel: "east" },
    ]);
    assert.deepEqual(replicationProblems([broken], false), [
      {
        code: "replication-stopped",
        io: "Connecting",
        sql: "Yes",
        of: "east",
        detail: "error connecting to master 'repl@db1:3306'",
      },
    ]);
    assert.deepEqual(replicationProblems([running], false), []);
  });

  test("a replica that is told to stay behind is late by what is more", () => {
    const delayed = { ...running, Seconds_Behind_Master: "3610", SQL_Delay: "3600" };
    assert.equal(readReplication([delayed], false)[1]?.value, 10);
    assert.equal(readReplication([{ ...delayed, Seconds_Behind_Master: "3500" }], false)[1]?.value, 0);
  });

  test("of an error the statement is left out, which may hold anything", () => {
    const Last_SQL_Error =
      "Error 'Duplicate entry '7' for key 'PRIMARY'' on query. Default database: 'shop'. Query: 'insert into people values (7, '010-1234-5678')'";
    const [problem] = replicationProblems([{ ...running, Slave_SQL_Running: "No", Last_SQL_Error }], false);
    assert.equal(problem?.detail, "Error 'Duplicate entry '7' for key 'PRIMARY'' on query.");
  });

  test("a server that has to be a replica and is none does not replicate; another may be none", () => {
    assert.deepEqual(readReplication([], false), []);
    assert.deepEqual(readReplication([], true), [{ metric: "database_replication_running", value: 0 }]);
    assert.deepEqual(replicationProblems([], true), [{ code: "replication-missing" }]);
  });
});

describe("the disk that holds the data", () => {
  test("is the one of the longest path, and the upper of two at one path", () => {
    const rows = [
      { Path: "/", Used: "10", Available: "90" },
      { Path: "/var/lib/mysql", Used: "1", Available: "99" },
      { Path: "/var/lib/mysql", Used: "75", Available: "25" },
      { Path: "/var/lib/my", Used: "5", Available: "5" },
    ];
    assert.deepEqual(readDisks(rows, "/var/lib/mysql/"), { usedRatio: 0.75, freeBytes: 25 * 1_024 });
    assert.deepEqual(readDisks(rows, "/srv/mysql")?.usedRatio, 0.1);
    assert.equal(readDisks([], "/var/lib/mysql/"), undefined);
  });

  test("what is kept for root is neither used nor free", () => {
    const stat = { bsize: 4_096, blocks: 100, bfree: 40, bavail: 20 };
    assert.deepEqual(readFileSystem(stat), { usedRatio: 0.75, freeBytes: 20 * 4_096 });
    assert.equal(readFileSystem({ ...stat, blocks: 0, bfree: 0, bavail: 0 }), undefined);
  });
});

test("settings are refused with what they should be", () => {
  const refused = (raw: Record<string, unknown>): string => {
    try {
      readMariadbSettings(raw);
      return "taken";
    } catch (error) {
      assert.ok(error instanceof Fault);
      return `${String(error.facts.path)}: ${String(error.facts.expected)}`;
    }
  };
  assert.equal(refused({}), "settings.user: a text");
  assert.match(refused({ user: "watch", socket: "/run/mysqld.sock", host: "db" }), /either 'socket'/);
  assert.match(refused({ user: "watch", port: 70_000 }), /1 to 65535/);
  assert.match(refused({ user: "watch", tls: "yes" }), /settings\.tls/);
  assert.match(refused({ user: "watch", username: "x" }), /one of host, port/);
  assert.equal(refused({ user: "watch", tls: { insecure: true }, extra_port: 3307, timeout: "3s" }), "taken");
});

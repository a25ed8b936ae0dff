import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Connection, createConnection } from "mysql2/promise";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { type HttpPeer, startHttpPeer } from "../peers/http-peer.ts";
import { type Mariadb, startMariadb, withoutMariadb } from "../peers/mariadb.ts";
import { type Collect, collectOf, Watched } from "./watched.ts";

const MAX_CONNECTIONS = 20;

/** Not again before InnoDB tells its transactions anew. */
function slowly(collect: Collect): Collect {
  return async () => {
    await new Promise((resolve) => setTimeout(resolve, 120));
    return collect();
  };
}

describe("what befalls a database raises its incident, and the incident ends with it", {
  skip: withoutMariadb ?? false,
}, () => {
  let server: Mariadb;
  const args = [`--max-connections=${MAX_CONNECTIONS}`, "--innodb-log-file-size=8M", "--innodb-buffer-pool-size=16M"];
  before(async () => {
    server = await startMariadb({ args });
    const root = await server.root();
    await root.query("create database shop");
    await root.query("create table shop.orders (id int primary key, note varchar(20))");
    await root.query("insert into shop.orders values (1, 'a')");
    await root.query("create user shop@'127.0.0.1' identified by 's'");
    await root.query("grant all on shop.* to shop@'127.0.0.1'");
    await root.end();
  });
  after(() => server?.stop());

  const asClient = (): Promise<Connection> =>
    createConnection({ host: "127.0.0.1", port: server.port, user: "shop", password: "s" });

  test("transactions that wait for one that holds on", async () => {
    const collect = slowly(collectOf("mariadb", { port: server.port, user: "root" }, ["database_lock_waits"]));
    const watched = await Watched.begin();
    const holder = await asClient();
    await holder.query("begin");
    await holder.query("update shop.orders set note = 'held' where id = 1");
    const waiters = await Promise.all([asClient(), asClient(), asClient(), asClient()]);
    const waiting = waiters.map((waiter) => waiter.query("update shop.orders set note = 'w' where id = 1"));
    await watched.opens(collect, "Minor", /wait for a lock/u);
    await holder.query("rollback");
    await Promise.all(waiting);
    await watched.clears(collect);
    for (const client of [holder, ...waiters]) await client.end();
  });

  test("connections that are all taken", async () => {
    const collect = collectOf("mariadb", { port: server.port, user: "root" }, ["database_connections_used_ratio"]);
    const watched = await Watched.begin();
    await collect();
    const clients: Connection[] = [];
    for (let refused = false; !refused; ) {
      await asClient().then(
        (client) => clients.push(client),
        () => (refused = true),
      );
    }
    await watched.opens(collect, "Critical", /connections/u);
    for (const client of clients) await client.end();
    await watched.clears(collect);
  });

  test("a server that is stopped, and goes on", async () => {
    const settings = { port: server.port, user: "root", timeout: 0.3 };
    const collect = collectOf("mariadb", settings, ["database_up"]);
    const watched = await Watched.begin();
    assert.equal((await collect()).samples[0]?.value, 1);
    server.signal("SIGSTOP");
    try {
      await watched.opens(collect, "Critical", /database up/u);
    } finally {
      server.signal("SIGCONT");
    }
    await watched.clears(collect);
  });

  test("a server that is killed, and started again", async () => {
    const collect = collectOf("mariadb", { port: server.port, user: "root" }, ["database_up"]);
    const watched = await Watched.begin();
    assert.equal((await collect()).samples[0]?.value, 1);
    server.signal("SIGKILL");
    await watched.opens(collect, "Critical", /database up/u);
    await server.restart();
    await watched.clears(collect);
    assert.equal((await watched.world.store.incidents({})).length, 1);
  });
});

/** An application that counts as applications do, and does as it is told. */
class Shop {
  readonly peer: HttpPeer;
  isSlow = false;
  isBroken = false;
  readonly sessions: Gauge;

  private constructor(peer: HttpPeer, sessions: Gauge) {
    this.peer = peer;
    this.sessions = sessions;
  }

  static async start(): Promise<Shop> {
    const registry = new Registry();
    const registers = [registry];
    const labelNames = ["method", "code"];
    const count = new Counter({ name: "http_requests_total", help: "requests", labelNames, registers });
    const duration = new Histogram({
      name: "http_request_duration_seconds",
      help: "how long they took",
      labelNames,
      registers,
    });
    const sessions = new Gauge({ name: "shop_sessions", help: "people who are in", registers });
    let shop: Shop | undefined;
    const peer = await startHttpPeer(({ path }, response) => {
      if (path === "/metrics") {
        void registry.metrics().then((text) => response.setHeader("content-type", registry.contentType).end(text));
        return;
      }
      const code = shop?.isBroken === true ? 500 : 200;
      count.inc({ method: "GET", code });
      // Told and not waited for: what a test waits for it takes time to run.
      duration.observe({ method: "GET", code }, shop?.isSlow === true ? 4 : 0.02);
      response.writeHead(code).end();
    });
    shop = new Shop(peer, sessions);
    return shop;
  }

  async visit(times: number): Promise<void> {
    for (let n = 0; n < times; n++) await fetch(`${this.peer.url}/`).then((answer) => answer.arrayBuffer());
  }
}

describe("what befalls an application raises its incident, and the incident ends with it", () => {
  let shop: Shop;
  before(async () => {
    shop = await Shop.start();
  });
  after(() => shop?.peer.stop());

  const visited = (metrics: readonly string[]): Collect => {
    const settings = {
      url: `${shop.peer.url}/metrics`,
      application: { sessions: "shop_sessions", sessions_max: 200 },
    };
    const collect = collectOf("scrape", settings, metrics);
    return async () => {
      await shop.visit(4);
      return collect();
    };
  };

  test("requests that fail", async () => {
    const collect = visited(["app_error_ratio"]);
    const watched = await Watched.begin();
    await collect();
    assert.equal((await collect()).samples[0]?.value, 0);
    shop.isBroken = true;
    await watched.opens(collect, "Critical", /error rate/u);
    shop.isBroken = false;
    await watched.clears(collect);
  });

  test("requests that take too long", async () => {
    const collect = visited(["app_response_seconds"]);
    const watched = await Watched.begin();
    await collect();
    shop.isSlow = true;
    await watched.opens(collect, "Major", /API response time/u);
    shop.isSlow = false;
    await watched.clears(collect);
  });

  test("sessions that fill up", async () => {
    const collect = visited(["app_sessions_used_ratio"]);
    const watched = await Watched.begin();
    shop.sessions.set(199);
    await watched.opens(collect, "Major", /sessions/u);
    shop.sessions.set(10);
    await watched.clears(collect);
  });

  test("an address that answers with errors", async () => {
    const collect = collectOf("http", { url: `${shop.peer.url}/` }, ["http_up"]);
    const watched = await Watched.begin();
    await collect();
    shop.isBroken = true;
    await watched.opens(collect, "Major", /HTTP check/u);
    shop.isBroken = false;
    await watched.clears(collect);
  });
});

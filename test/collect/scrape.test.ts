import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import type { Collected } from "../../src/collect/collector.ts";
import { scrapeCollector } from "../../src/collect/scrape/scrape.ts";
import { type HttpPeer, startHttpPeer } from "../peers/http-peer.ts";
import { told } from "./told.ts";

const many = Array.from({ length: 300 }, (_, nth) => `orders{shop="${nth}",target="x"} ${nth}\n`).join("");

/** 50 MB of series, in less than 1 MB. */
const LARGE = gzipSync("large_series_with_a_name 1\n".repeat(2_000_000));

describe("what is scraped is bounded, and a scrape that fails says why", () => {
  let peer: HttpPeer;
  before(async () => {
    peer = await startHttpPeer(({ path, headers }, response) => {
      if (path === "/private" && headers.authorization !== "Bearer s3cret") return response.writeHead(401).end();
      if (path === "/page") return response.end("<html><body>Welcome</body></html>");
      if (path === "/gone") return response.writeHead(404).end("no such page");
      if (path === "/large") {
        response.writeHead(200, { "content-encoding": "gzip" });
        return response.end(LARGE);
      }
      if (path === "/twice") return response.end("twice 1\ntwice 2\nrpc {count:1,sum:2,schema:3}\n");
      if (path === "/torn") {
        response.setHeader("content-type", "application/openmetrics-text; version=1.0.0");
        return response.end("half 1\n");
      }
      response.end(`${many}shop_open 1\nshop_ratio NaN\nshop_at 5 1700000000000\n`);
    });
  });
  after(() => peer?.stop());

  const collect = (path: string, settings: Record<string, unknown> = {}): Promise<Collected> =>
    scrapeCollector
      .open({ url: `${peer.url}${path}`, ...settings })
      .collect({ host: "here", target: "shop", at: Date.now(), signal: AbortSignal.timeout(10_000) });

  test("series are kept by name, with the target, at the time that they tell", async () => {
    const { samples, failed, notes } = await collect("/", { keep: ["shop_*"], drop: ["shop_open"] });
    assert.deepEqual(samples, [{ metric: "shop_at", labels: { target: "shop" }, value: 5, at: 1_700_000_000_000 }]);
    assert.deepEqual([failed, notes], [undefined, undefined]);
    const [order] = (await collect("/", { keep: ["orders"] })).samples;
    assert.deepEqual(order?.labels, { shop: "0", exported_target: "x", target: "shop" });
  });

  test("of a series that is told twice the first counts, what has no one value is counted, and both are said", async () => {
    const { samples, notes } = await collect("/twice", { keep: ["*"] });
    assert.deepEqual(
      samples.map(({ metric, value }) => [metric, value]),
      [["twice", 1]],
    );
    assert.match(told(notes), /native histograms left out: 1/u);
    assert.match(told(notes), /series told twice, of which the first counts: 1/u);
  });

  test("an exporter that nobody knows is no failure, but said", async () => {
    const { samples, failed, notes } = await collect("/");
    assert.deepEqual([samples, failed], [[], undefined]);
    assert.match(told(notes), /303 series, none of an exporter that is known/u);
  });

  test("too many series or bytes, a page, an error and a missing token are failures in words", async () => {
    const because = async (path: string, settings?: Record<string, unknown>): Promise<string> => {
      const { samples, failed } = await collect(path, settings);
      assert.deepEqual(samples, []);
      return told(failed);
    };
    assert.match(await because("/", { keep: ["*"], max_series: 100 }), /302 series, more than max_series \(100\)/u);
    assert.equal(await because("/", { max_bytes: 1_024 }), "an answer of more than 1024 bytes");
    assert.equal(await because("/large"), "an answer of more than 16777216 bytes");
    assert.match(await because("/torn"), /line 2 \(the text ends before its # EOF\)/u);
    assert.match(await because("/page"), /not in Prometheus' format: line 1/u);
    assert.equal(await because("/gone"), "status 404 instead of 200");
    assert.equal(await because("/private"), "not allowed in (status 401): look at bearer or basic");
    assert.equal((await collect("/private", { bearer: "s3cret", keep: ["shop_open"] })).samples.length, 1);
    assert.match(await because("/", { url: "http://127.0.0.1:1/metrics" }), /^connect: connection refused/u);
  });
});

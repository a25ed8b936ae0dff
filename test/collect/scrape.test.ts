import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Collected } from "../../src/collect/collector.ts";
import { scrapeCollector } from "../../src/collect/scrape/scrape.ts";
import { type HttpPeer, startHttpPeer } from "../peers/http-peer.ts";
import { told } from "./told.ts";

const many = Array.from({ length: 300 }, (_, nth) => `orders{shop="${nth}",target="x"} ${nth}\n`).join("");

describe("what is scraped is bounded, and a scrape that fails says why", () => {
  let peer: HttpPeer;
  before(async () => {
    peer = await startHttpPeer(({ path, headers }, response) => {
      if (path === "/private" && headers.authorization !== "Bearer s3cret") return response.writeHead(401).end();
      if (path === "/page") return response.end("<html><body>Welcome</body></html>");
      if (path === "/gone") return response.writeHead(404).end("no such page");
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
    assert.equal(await because("/", { max_bytes: 1_024 }), "more than max_bytes (1024 bytes)");
    assert.match(await because("/page"), /not in Prometheus' format: line 1/u);
    assert.equal(await because("/gone"), "status 404 instead of 200");
    assert.equal(await because("/private"), "status 401 instead of 200");
    assert.equal((await collect("/private", { bearer: "s3cret", keep: ["shop_open"] })).samples.length, 1);
    assert.match(await because("/", { url: "http://127.0.0.1:1/metrics" }), /^connect: refused/u);
  });
});

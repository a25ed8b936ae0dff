import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { asId } from "../id/id.ts";
import { dependenciesOf } from "./dependencies.ts";
import { causesFirst, causesOf } from "./inhibit.ts";

const graph = dependenciesOf([
  { name: "shop", dependsOn: ["stock"] },
  { name: "stock", dependsOn: ["sw-01"] },
]);
const cause = (node: string, rank: number) => ({ node, rank, incident: asId<"incident">(`i-${node}-${rank}`) });
const of = (service: string, rank: number, ...causes: readonly ReturnType<typeof cause>[]): readonly string[] =>
  causesOf({ service, labels: {} }, rank, causes, graph).map(({ incident }) => incident);

describe("what mutes an alert", () => {
  test("is what it stands on, of a grade at least as severe", () => {
    assert.deepEqual(of("shop", 1, cause("sw-01", 1)), ["i-sw-01-1"]);
    assert.deepEqual(of("shop", 1, cause("sw-01", 0)), ["i-sw-01-0"]);
    assert.deepEqual(of("shop", 0, cause("sw-01", 1)), []);
  });

  test("is nothing that stands on it, and nothing beside it", () => {
    assert.deepEqual(of("sw-01", 2, cause("shop", 0)), []);
    assert.deepEqual(of("shop", 2, cause("shop", 0), cause("mail", 0)), []);
  });

  test("is the most severe first", () => {
    assert.deepEqual(of("shop", 2, cause("stock", 2), cause("sw-01", 0)), ["i-sw-01-0", "i-stock-2"]);
  });
});

describe("the order of a batch", () => {
  const ordered = (services: readonly string[], dependencies = graph): readonly string[] =>
    causesFirst(
      new Map(services.map((name) => [name, [{ alert: { service: name, labels: {} } as never }]])),
      dependencies,
    );

  test("puts causes before what stands on them, however it came", () => {
    assert.deepEqual(ordered(["shop", "mail", "stock", "sw-01"]), ["sw-01", "stock", "shop", "mail"]);
    assert.deepEqual(ordered(["shop", "sw-01"]), ["sw-01", "shop"]);
  });

  test("holds for any graph: each service once, and without circles no service before what it stands on", () => {
    const names = ["a", "b", "c", "d", "e", "f"];
    const edges = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 12 });
    fc.assert(
      fc.property(edges, fc.boolean(), (pairs, downward) => {
        const declared = names.map((name, place) => ({
          name,
          dependsOn: pairs
            .filter(([from, to]) => from === place && (!downward || to > from))
            .flatMap(([, to]) => names[to] ?? []),
        }));
        const dependencies = dependenciesOf(declared);
        const order = ordered(names, dependencies);
        assert.deepEqual([...order].sort(), names);
        if (!downward) return;
        for (const name of names)
          for (const beneath of dependencies.beneath(name)) assert.ok(order.indexOf(beneath) < order.indexOf(name));
      }),
    );
  });
});

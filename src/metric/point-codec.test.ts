import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { asId } from "../id/id.ts";
import { DAY_OF_HOURS, HOUR_OF_MINUTES, PointBlock } from "./point-block.ts";
import { decodeBlock, decodeMinutes, encodeBlock, encodeMinutes } from "./point-codec.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const part = fc
  .tuple(finite, finite, finite, finite, fc.integer({ min: 1, max: 4_000_000_000 }), fc.nat(3_599_999))
  .map(([min, max, sum, last, count, lastAfter]) => ({ min, max, sum, last, count, lastAfter }));
const single = fc
  .tuple(finite, fc.nat(59_999))
  .map(([value, lastAfter]) => ({ min: value, max: value, sum: value, last: value, count: 1, lastAfter }));

test("what is packed comes out as it went in, to the last bit", () => {
  for (const shape of [HOUR_OF_MINUTES, DAY_OF_HOURS]) {
    const slots = shape.length / shape.slot;
    const parts = fc.dictionary(fc.nat(slots - 1).map(String), fc.oneof(part, single));
    fc.assert(
      fc.property(parts, (given) => {
        const block = new PointBlock(0, shape);
        for (const [slot, one] of Object.entries(given)) block.merge(Number(slot), one);
        const read = decodeBlock(encodeBlock(block), 0, shape);
        for (let slot = 0; slot < slots; slot++) assert.deepEqual(read.part(slot), block.part(slot));
      }),
    );
  }
});

test("minutes of many series come out as they went in", () => {
  const id = fc.stringMatching(/^[0-9a-f]{16}$/).map((digits) => asId<"series">(digits));
  const minute = fc.record({ series: id, slot: fc.nat(59), part: fc.oneof(part, single) }, { noNullPrototype: true });
  fc.assert(
    fc.property(fc.array(minute), (minutes) => assert.deepEqual(decodeMinutes(encodeMinutes(minutes)), minutes)),
  );
});

test("points that are cut off are told, not taken for fewer points", () => {
  const block = new PointBlock(0, HOUR_OF_MINUTES);
  block.addSample(61_000, 3);
  const whole = encodeBlock(block);
  assert.throws(() => decodeBlock(whole.subarray(0, -1), 0, HOUR_OF_MINUTES), /points are whole/);
  assert.throws(() => decodeBlock(new Uint8Array(), 0, HOUR_OF_MINUTES), /points are whole/);
});

import { assert } from "../fault/fault.ts";
import { asId } from "../id/id.ts";
import type { Instant } from "../time/instant.ts";
import { type BlockShape, type PartOfSlot, PointBlock } from "./point-block.ts";
import type { SeriesId } from "./sample.ts";

/**
 * Points as bytes, without loss. Each column stands by itself, and within it all first bytes, then all second bytes and
 * so on; values are held against the one before (the least and the greatest against the last), so that what hardly
 * changes is mostly zeros. The store deflates that to a fraction.
 */
const FORMAT = 1;
/** Every point is of one sample: it is told by that alone. */
const SINGLE = 1;

export function encodeBlock(block: PointBlock): Uint8Array {
  const slots = [...block.count.keys()].filter((slot) => block.count[slot] !== 0);
  const used = new Uint8Array(Math.ceil(block.slots / 8));
  for (const slot of slots) used[slot >> 3] = (used[slot >> 3] ?? 0) | (1 << (slot & 7));
  const writer = new ColumnWriter();
  writer.bytes(used);
  writePoints(
    writer,
    slots.map((slot) => partIn(block, slot)),
  );
  return writer.done();
}

export function decodeBlock(data: Uint8Array, begin: Instant, shape: BlockShape): PointBlock {
  const block = new PointBlock(begin, shape);
  const reader = new ColumnReader(data);
  const used = reader.bytes(Math.ceil(block.slots / 8));
  const slots = [...block.count.keys()].filter((slot) => ((used[slot >> 3] ?? 0) & (1 << (slot & 7))) !== 0);
  for (const [index, part] of readPoints(reader, slots.length).entries()) block.merge(slots[index] ?? 0, part);
  return block;
}

/** One point of one series, by its place within the hour. */
export type MinuteOfSeries = { readonly series: SeriesId; readonly slot: number; readonly part: PartOfSlot };

/** Ids are sixteen hexadecimal digits. */
const ID_BYTES = 8;

export function encodeMinutes(minutes: readonly MinuteOfSeries[]): Uint8Array {
  const writer = new ColumnWriter();
  writer.whole([minutes.length]);
  const ids = new Uint8Array(minutes.length * ID_BYTES);
  for (const [index, { series }] of minutes.entries()) {
    for (let byte = 0; byte < ID_BYTES; byte++)
      ids[index * ID_BYTES + byte] = Number.parseInt(series.slice(byte * 2, byte * 2 + 2), 16);
  }
  writer.bytes(ids);
  writer.bytes(Uint8Array.from(minutes, ({ slot }) => slot));
  writePoints(
    writer,
    minutes.map(({ part }) => part),
  );
  return writer.done();
}

export function decodeMinutes(data: Uint8Array): readonly MinuteOfSeries[] {
  const reader = new ColumnReader(data);
  const count = reader.whole(1)[0] ?? 0;
  const ids = reader.bytes(count * ID_BYTES);
  const slots = reader.bytes(count);
  return readPoints(reader, count).map((part, index) => {
    let series = "";
    for (let byte = 0; byte < ID_BYTES; byte++) series += HEX[ids[index * ID_BYTES + byte] ?? 0] ?? "";
    return { series: asId(series), slot: slots[index] ?? 0, part };
  });
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

function partIn(block: PointBlock, slot: number): PartOfSlot {
  const part = block.part(slot);
  assert(part !== undefined, "a slot that is used has a point");
  return part;
}

function writePoints(writer: ColumnWriter, parts: readonly PartOfSlot[]): void {
  const isSingle = parts.every(
    ({ count, min, max, sum, last }) =>
      count === 1 && Object.is(min, last) && Object.is(max, last) && Object.is(sum, last),
  );
  writer.bytes(Uint8Array.of(FORMAT, isSingle ? SINGLE : 0));
  const last = parts.map((part) => part.last);
  writer.real(last);
  writer.whole(parts.map(({ lastAfter }) => lastAfter));
  if (isSingle) return;
  writer.whole(parts.map(({ count }) => count));
  writer.real(
    parts.map(({ min }) => min),
    last,
  );
  writer.real(
    parts.map(({ max }) => max),
    last,
  );
  writer.real(parts.map(({ sum }) => sum));
}

function readPoints(reader: ColumnReader, size: number): PartOfSlot[] {
  const [format, flags] = reader.bytes(2);
  assert(format === FORMAT, "points are read in the form that they were written in");
  const last = reader.real(size);
  const lastAfter = reader.whole(size);
  const isSingle = flags === SINGLE;
  const count = isSingle ? undefined : reader.whole(size);
  const min = isSingle ? last : reader.real(size, last);
  const max = isSingle ? last : reader.real(size, last);
  const sum = isSingle ? last : reader.real(size);
  return Array.from({ length: size }, (_, index) => ({
    min: min[index] ?? 0,
    max: max[index] ?? 0,
    sum: sum[index] ?? 0,
    count: count?.[index] ?? 1,
    last: last[index] ?? 0,
    lastAfter: lastAfter[index] ?? 0,
  }));
}

/** A number as eight bytes, the most significant first, and the same as two words. */
const scratch = new DataView(new ArrayBuffer(16));

class ColumnWriter {
  readonly #parts: Uint8Array[] = [];

  bytes(part: Uint8Array): void {
    this.#parts.push(part);
  }

  /** `against`: each is held against its neighbour there instead of the one before it. */
  real(values: readonly number[], against?: ArrayLike<number>): void {
    const size = values.length;
    const planes = new Uint8Array(size * 8);
    for (let index = 0; index < size; index++) {
      scratch.setFloat64(0, values[index] ?? 0);
      scratch.setFloat64(8, (against === undefined ? values[index - 1] : against[index]) ?? 0);
      for (let byte = 0; byte < 8; byte++)
        planes[byte * size + index] = scratch.getUint8(byte) ^ scratch.getUint8(byte + 8);
    }
    this.#parts.push(planes);
  }

  whole(values: readonly number[]): void {
    const size = values.length;
    const planes = new Uint8Array(size * 4);
    for (let index = 0; index < size; index++) {
      scratch.setUint32(0, values[index] ?? 0);
      for (let byte = 0; byte < 4; byte++) planes[byte * size + index] = scratch.getUint8(byte);
    }
    this.#parts.push(planes);
  }

  done(): Uint8Array {
    const whole = new Uint8Array(this.#parts.reduce((sum, { length }) => sum + length, 0));
    let place = 0;
    for (const part of this.#parts) {
      whole.set(part, place);
      place += part.length;
    }
    return whole;
  }
}

class ColumnReader {
  readonly #data: Uint8Array;
  #place = 0;

  constructor(data: Uint8Array) {
    this.#data = data;
  }

  bytes(length: number): Uint8Array {
    assert(this.#place + length <= this.#data.length, "points are whole");
    this.#place += length;
    return this.#data.subarray(this.#place - length, this.#place);
  }

  real(size: number, against?: Float64Array): Float64Array {
    const planes = this.bytes(size * 8);
    const values = new Float64Array(size);
    for (let index = 0; index < size; index++) {
      scratch.setFloat64(8, (against === undefined ? values[index - 1] : against[index]) ?? 0);
      for (let byte = 0; byte < 8; byte++)
        scratch.setUint8(byte, (planes[byte * size + index] ?? 0) ^ scratch.getUint8(byte + 8));
      values[index] = scratch.getFloat64(0);
    }
    return values;
  }

  whole(size: number): Uint32Array {
    const planes = this.bytes(size * 4);
    const values = new Uint32Array(size);
    for (let index = 0; index < size; index++) {
      for (let byte = 0; byte < 4; byte++) scratch.setUint8(byte, planes[byte * size + index] ?? 0);
      values[index] = scratch.getUint32(0);
    }
    return values;
  }
}

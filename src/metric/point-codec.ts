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
  const { last, lastAfter, count, min, max, sum } = readColumns(reader, slots.length);
  for (const [index, slot] of slots.entries()) {
    block.last[slot] = last[index] ?? 0;
    block.lastAfter[slot] = lastAfter[index] ?? 0;
    block.count[slot] = count?.[index] ?? 1;
    block.min[slot] = min[index] ?? 0;
    block.max[slot] = max[index] ?? 0;
    block.sum[slot] = sum[index] ?? 0;
  }
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

/** `wanted`: of others nothing is given. */
export function decodeMinutes(data: Uint8Array, wanted?: ReadonlySet<SeriesId>): readonly MinuteOfSeries[] {
  const reader = new ColumnReader(data);
  const count = reader.whole(1)[0] ?? 0;
  const ids = reader.bytes(count * ID_BYTES);
  const slots = reader.bytes(count);
  const places = new Map<number, SeriesId>();
  for (let index = 0; index < count; index++) {
    let series = "";
    for (let byte = 0; byte < ID_BYTES; byte++) series += HEX[ids[index * ID_BYTES + byte] ?? 0] ?? "";
    if (wanted?.has(asId(series)) !== false) places.set(index, asId(series));
  }
  if (places.size === 0) return [];
  const columns = readColumns(reader, count);
  return [...places].map(([index, series]) => ({ series, slot: slots[index] ?? 0, part: partAt(columns, index) }));
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

type Columns = {
  readonly last: Float64Array;
  readonly lastAfter: Uint32Array;
  /** Undefined: each is of one sample. */
  readonly count: Uint32Array | undefined;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly sum: Float64Array;
};

function readColumns(reader: ColumnReader, size: number): Columns {
  const [format, flags] = reader.bytes(2);
  assert(format === FORMAT, "points are read in the form that they were written in");
  const last = reader.real(size);
  const lastAfter = reader.whole(size);
  if (flags === SINGLE) return { last, lastAfter, count: undefined, min: last, max: last, sum: last };
  const count = reader.whole(size);
  const min = reader.real(size, last);
  const max = reader.real(size, last);
  return { last, lastAfter, count, min, max, sum: reader.real(size) };
}

function partAt({ last, lastAfter, count, min, max, sum }: Columns, index: number): PartOfSlot {
  return {
    min: min[index] ?? 0,
    max: max[index] ?? 0,
    sum: sum[index] ?? 0,
    count: count?.[index] ?? 1,
    last: last[index] ?? 0,
    lastAfter: lastAfter[index] ?? 0,
  };
}

/** Where a number's bytes stand in memory, the most significant first. */
const isLittleEnd = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function placeOf(byte: number, bytes: number): number {
  return isLittleEnd ? bytes - 1 - byte : byte;
}

class ColumnWriter {
  readonly #parts: Uint8Array[] = [];

  bytes(part: Uint8Array): void {
    this.#parts.push(part);
  }

  /** `against`: each is held against its neighbour there instead of the one before it. */
  real(values: readonly number[], against?: readonly number[]): void {
    const size = values.length;
    const bytes = bytesOf(Float64Array.from(values));
    const held = against === undefined ? undefined : bytesOf(Float64Array.from(against));
    const planes = new Uint8Array(size * 8);
    for (let byte = 0; byte < 8; byte++) {
      let before = 0;
      for (let index = 0, at = placeOf(byte, 8); index < size; index++, at += 8) {
        const one = bytes[at] ?? 0;
        planes[byte * size + index] = one ^ (held === undefined ? before : (held[at] ?? 0));
        before = one;
      }
    }
    this.#parts.push(planes);
  }

  whole(values: readonly number[]): void {
    const size = values.length;
    const bytes = bytesOf(Uint32Array.from(values));
    const planes = new Uint8Array(size * 4);
    for (let byte = 0; byte < 4; byte++)
      for (let index = 0, at = placeOf(byte, 4); index < size; index++, at += 4)
        planes[byte * size + index] = bytes[at] ?? 0;
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
    const bytes = bytesOf(values);
    const held = against === undefined ? undefined : bytesOf(against);
    for (let byte = 0; byte < 8; byte++) {
      let before = 0;
      for (let index = 0, at = placeOf(byte, 8); index < size; index++, at += 8) {
        before = (planes[byte * size + index] ?? 0) ^ (held === undefined ? before : (held[at] ?? 0));
        bytes[at] = before;
      }
    }
    return values;
  }

  whole(size: number): Uint32Array {
    const planes = this.bytes(size * 4);
    const values = new Uint32Array(size);
    const bytes = bytesOf(values);
    for (let byte = 0; byte < 4; byte++)
      for (let index = 0, at = placeOf(byte, 4); index < size; index++, at += 4)
        bytes[at] = planes[byte * size + index] ?? 0;
    return values;
  }
}

function bytesOf(values: Float64Array | Uint32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

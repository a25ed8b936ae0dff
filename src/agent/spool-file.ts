import { readFileSync, readSync } from "node:fs";
import { crc32 } from "node:zlib";

/**
 * A file of the spool: records one after the other, each with a mark by which the next whole one is found behind a
 * damaged one, its length, a checksum, how many samples it holds and how many all records before it held. From the last
 * the number of samples is told that a damaged stretch held: 32 bits each, little end first.
 */
export const HEADER_BYTES = 20;
export const PAYLOAD_BYTES_MAX = 16 * 1024 * 1024;
const MARK = Buffer.from("BgsR");

export type SpoolRecord = {
  readonly offset: number;
  /** Of the payload. */
  readonly length: number;
  readonly samples: number;
};

/** A stretch of a file that holds no record any more. */
export type Damage = { readonly end: number; readonly samples: number };

export type Scanned = {
  readonly records: readonly SpoolRecord[];
  readonly damages: readonly Damage[];
  /** Behind the last whole record; a file is appended to from here. */
  readonly end: number;
  /** What the end of the file holds beside: a record that was torn apart while it was written. */
  readonly torn: Damage | undefined;
  /** Samples of all records up to the last; undefined where there is none. */
  readonly count: number | undefined;
};

export function encodeRecord(payload: Uint8Array, samples: number, before: number): Buffer {
  const record = Buffer.alloc(HEADER_BYTES + payload.length);
  record.set(MARK, 0);
  record.writeUInt32LE(payload.length, 4);
  record.writeUInt32LE(samples, 12);
  record.writeUInt32LE(before >>> 0, 16);
  record.set(payload, HEADER_BYTES);
  record.writeUInt32LE(checksum(record), 8);
  return record;
}

/** What of a file is whole. `count`: samples of all records before it, where that is known. */
export function scanFile(file: string, count: number | undefined): Scanned {
  const bytes = readFileSync(file);
  const records: SpoolRecord[] = [];
  const damages: Damage[] = [];
  let end = 0;
  let known = count;
  let at = 0;
  while (at < bytes.length) {
    const found = wholeFrom(bytes, at);
    if (found === undefined) break;
    const { offset, length, samples, before } = found;
    const missing = known === undefined ? 0 : (before - known) >>> 0;
    if (offset > at || missing > 0)
      damages.push({ end: offset, samples: missing > 0 ? missing : samplesAt(bytes, at) });
    records.push({ offset, length, samples });
    known = (before + samples) >>> 0;
    at = offset + HEADER_BYTES + length;
    end = at;
  }
  const torn = at < bytes.length ? { end: bytes.length, samples: samplesAt(bytes, at) } : undefined;
  return { records, damages, end, torn, count: known };
}

/** The payload; undefined where the disk does not give back what was written. */
export function readRecord(fd: number, { offset, length }: SpoolRecord): Uint8Array | undefined {
  const record = Buffer.alloc(HEADER_BYTES + length);
  if (readSync(fd, record, 0, record.length, offset) !== record.length || !isWhole(record, 0)) return undefined;
  return record.subarray(HEADER_BYTES);
}

function wholeFrom(bytes: Buffer, from: number) {
  for (let offset = bytes.indexOf(MARK, from); offset !== -1; offset = bytes.indexOf(MARK, offset + 1)) {
    if (!isWhole(bytes, offset)) continue;
    const length = bytes.readUInt32LE(offset + 4);
    return { offset, length, samples: bytes.readUInt32LE(offset + 12), before: bytes.readUInt32LE(offset + 16) };
  }
  return undefined;
}

function isWhole(bytes: Buffer, offset: number): boolean {
  if (offset + HEADER_BYTES > bytes.length || !bytes.subarray(offset, offset + MARK.length).equals(MARK)) return false;
  const length = bytes.readUInt32LE(offset + 4);
  const end = offset + HEADER_BYTES + length;
  if (length > PAYLOAD_BYTES_MAX || end > bytes.length) return false;
  return bytes.readUInt32LE(offset + 8) === checksum(bytes.subarray(offset, end));
}

/** As its header tells, where that is there: nobody knows better. */
function samplesAt(bytes: Buffer, offset: number): number {
  const hasHeader = offset + HEADER_BYTES <= bytes.length;
  const samples = hasHeader && bytes.indexOf(MARK, offset) === offset ? bytes.readUInt32LE(offset + 12) : 0;
  return samples <= SAMPLES_BELIEVED_MAX ? samples : 0;
}

/** A header that says more is damaged itself. */
const SAMPLES_BELIEVED_MAX = 1_000_000;

/** Of everything but the mark and itself. */
function checksum(record: Uint8Array): number {
  return crc32(record.subarray(12), crc32(record.subarray(4, 8)));
}

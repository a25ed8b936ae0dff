import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";

/** What was taken from the front of the spool, to be sent. */
export type Taken = {
  readonly records: readonly Uint8Array[];
  readonly samples: number;
  /** On disk. */
  readonly bytes: number;
  /** They have arrived, or will never be taken: they are not sent again. */
  done(): void;
};

export type Spool = {
  /** Durable when it returns. Throws where the disk does not take it; then nothing of it is kept. */
  append(payload: Uint8Array, samples: number): void;
  /** The oldest that were not sent, at most so many bytes but at least one; undefined where there are none. */
  next(bytesMax: number): Taken | undefined;
  /** What waits, in bytes on disk. */
  readonly bytes: number;
  readonly waiting: { readonly records: number; readonly samples: number };
  /** Thrown away since it was made, because it was full or the disk had damaged it. */
  readonly lost: { readonly records: number; readonly samples: number };
  close(): void;
};

export type SpoolFacts = {
  readonly folder: string;
  /** Of all files together; the oldest is thrown away where it would be more. */
  readonly bytesMax: number;
  /** Something was thrown away. */
  readonly onLost: (lost: {
    readonly because: "full" | "damaged";
    readonly records: number;
    readonly samples: number;
  }) => void;
};

/** Length of the payload, its checksum, how many samples it holds: 32 bits each, little end first. */
const HEADER_BYTES = 12;
const PAYLOAD_BYTES_MAX = 16 * 1024 * 1024;
/** So many files a full spool has: what is thrown away at once is this part of it. */
const SEGMENTS = 16;
const SEGMENT_BYTES_MAX = 4 * 1024 * 1024;
const STATE = "sent.json";

type Segment = {
  readonly number: number;
  readonly file: string;
  bytes: number;
  /** Where each record begins that was not sent, how long its payload is, how many samples it has. */
  records: { readonly offset: number; readonly length: number; readonly samples: number }[];
};

/**
 * What was measured and has not arrived: files to which records are appended, each with its length and checksum, synced
 * before the next is measured. A record that the end of the process tore apart is cut off when the spool is opened. How
 * far it was sent stands in a file of its own, which may lag behind: what is sent twice is taken once. The whole file
 * goes when the last of it has arrived.
 */
export function openSpool({ folder, bytesMax, onLost }: SpoolFacts): Spool {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const segmentMax = Math.min(Math.max(Math.floor(bytesMax / SEGMENTS), 1), SEGMENT_BYTES_MAX);
  const state = readState(join(folder, STATE));
  const lost = { records: state.lostRecords, samples: state.lostSamples };
  const segments: Segment[] = [];
  for (const name of readdirSync(folder).sort()) {
    const number = numberOf(name);
    if (number === undefined) continue;
    const { segment, damaged } = scan(join(folder, name), number, state);
    if (damaged) {
      lost.records++;
      onLost({ because: "damaged", records: 1, samples: 0 });
    }
    if (segment.records.length === 0) unlinkSync(segment.file);
    else segments.push(segment);
  }
  let head: { readonly segment: Segment; readonly fd: number } | undefined;
  let nextNumber = Math.max(state.segment, segments.at(-1)?.number ?? 0) + 1;

  function begin(): { readonly segment: Segment; readonly fd: number } {
    if (head !== undefined) closeSync(head.fd);
    const number = nextNumber++;
    const file = join(folder, nameOf(number));
    const fd = openSync(file, "wx", 0o600);
    syncFolder(folder);
    head = { segment: { number, file, bytes: 0, records: [] }, fd };
    segments.push(head.segment);
    return head;
  }

  function remove(segment: Segment): void {
    if (head?.segment === segment) {
      closeSync(head.fd);
      head = undefined;
    }
    segments.splice(segments.indexOf(segment), 1);
    unlinkSync(segment.file);
  }

  function writeState(segment: number, offset: number): void {
    const text = JSON.stringify({ segment, offset, lostRecords: lost.records, lostSamples: lost.samples });
    const file = join(folder, STATE);
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }

  function makeRoom(): void {
    while (segments.length > 1 && size() > bytesMax) {
      const [oldest] = segments;
      if (oldest === undefined) return;
      const records = oldest.records.length;
      const samples = sum(oldest.records);
      remove(oldest);
      lost.records += records;
      lost.samples += samples;
      writeState(oldest.number, Number.MAX_SAFE_INTEGER);
      if (records > 0) onLost({ because: "full", records, samples });
    }
  }

  const size = (): number => segments.reduce((total, { bytes }) => total + bytes, 0);

  return {
    append(payload, samples) {
      if (payload.length > PAYLOAD_BYTES_MAX) throw new RangeError(`a record of ${payload.length} bytes`);
      const { segment, fd } = head === undefined || head.segment.bytes >= segmentMax ? begin() : head;
      const record = Buffer.alloc(HEADER_BYTES + payload.length);
      record.writeUInt32LE(payload.length, 0);
      record.writeUInt32LE(checksum(payload, samples), 4);
      record.writeUInt32LE(samples, 8);
      record.set(payload, HEADER_BYTES);
      try {
        for (let written = 0; written < record.length; )
          written += writeSync(fd, record, written, record.length - written, segment.bytes + written);
        fdatasyncSync(fd);
      } catch (error) {
        // A disk that is full: what is there of it must not stand before the next.
        ftruncateSync(fd, segment.bytes);
        throw error;
      }
      segment.records.push({ offset: segment.bytes, length: payload.length, samples });
      segment.bytes += record.length;
      makeRoom();
    },
    next(sendMax) {
      const segment = segments.find(({ records }) => records.length > 0);
      if (segment === undefined) return undefined;
      let bytes = 0;
      const taken = segment.records.filter(({ length }, index) => {
        bytes += length;
        return index === 0 || bytes <= sendMax;
      });
      const records = readRecords(segment.file, taken);
      return {
        records,
        samples: sum(taken),
        bytes: taken.reduce((total, { length }) => total + HEADER_BYTES + length, 0),
        done() {
          // Thrown away meanwhile, because new ones needed the room: then it is counted as lost, and has arrived.
          if (!segments.includes(segment)) return;
          segment.records = segment.records.slice(taken.length);
          const last = taken.at(-1);
          writeState(segment.number, last === undefined ? 0 : last.offset + HEADER_BYTES + last.length);
          if (segment.records.length === 0 && head?.segment !== segment) remove(segment);
          else if (segment.records.length === 0 && segment.bytes >= segmentMax) remove(segment);
        },
      };
    },
    get bytes() {
      return segments.flatMap(({ records }) => records).reduce((total, { length }) => total + HEADER_BYTES + length, 0);
    },
    get waiting() {
      const all = segments.flatMap(({ records }) => records);
      return { records: all.length, samples: sum(all) };
    },
    lost,
    close() {
      if (head !== undefined) closeSync(head.fd);
      head = undefined;
    },
  };
}

/** What of a file is whole, and was not sent. Anything behind a broken record is cut off: nobody knows where it begins. */
function scan(file: string, number: number, state: State): { readonly segment: Segment; readonly damaged: boolean } {
  const bytes = readFileSync(file);
  const segment: Segment = { number, file, bytes: 0, records: [] };
  let isTorn = false;
  let hasMore = false;
  while (segment.bytes + HEADER_BYTES <= bytes.length) {
    const offset = segment.bytes;
    const length = bytes.readUInt32LE(offset);
    const samples = bytes.readUInt32LE(offset + 8);
    const end = offset + HEADER_BYTES + length;
    const isWhole =
      length <= PAYLOAD_BYTES_MAX &&
      end <= bytes.length &&
      checksum(bytes.subarray(offset + HEADER_BYTES, end), samples) === bytes.readUInt32LE(offset + 4);
    if (!isWhole) {
      isTorn = true;
      // Torn by the end of the process it is the last; damaged by the disk it is not.
      hasMore = length <= PAYLOAD_BYTES_MAX && end < bytes.length;
      break;
    }
    const isSent = number < state.segment || (number === state.segment && end <= state.offset);
    if (!isSent) segment.records.push({ offset, length, samples });
    segment.bytes = end;
  }
  if (isTorn || segment.bytes < bytes.length) {
    const fd = openSync(file, "r+");
    ftruncateSync(fd, segment.bytes);
    closeSync(fd);
  }
  return { segment, damaged: hasMore };
}

function readRecords(file: string, records: Segment["records"]): readonly Uint8Array[] {
  const fd = openSync(file, "r");
  try {
    return records.map(({ offset, length }) => {
      const payload = Buffer.alloc(length);
      readSync(fd, payload, 0, length, offset + HEADER_BYTES);
      return payload;
    });
  } finally {
    closeSync(fd);
  }
}

type State = {
  readonly segment: number;
  readonly offset: number;
  readonly lostRecords: number;
  readonly lostSamples: number;
};

/** Written by renaming, so it is whole or that of before; where it is neither, everything is sent again. */
function readState(file: string): State {
  try {
    const { segment, offset, lostRecords, lostSamples } = JSON.parse(readFileSync(file, "utf8")) as Partial<State>;
    return {
      segment: segment ?? 0,
      offset: offset ?? 0,
      lostRecords: lostRecords ?? 0,
      lostSamples: lostSamples ?? 0,
    };
  } catch {
    return { segment: 0, offset: 0, lostRecords: 0, lostSamples: 0 };
  }
}

function checksum(payload: Uint8Array, samples: number): number {
  return crc32(payload, samples);
}

function sum(records: readonly { readonly samples: number }[]): number {
  return records.reduce((total, { samples }) => total + samples, 0);
}

function nameOf(number: number): string {
  return `${String(number).padStart(12, "0")}.spool`;
}

function numberOf(name: string): number | undefined {
  const found = /^(\d{12})\.spool$/u.exec(name);
  return found === null ? undefined : Number(found[1]);
}

/** A file that was made is there after a power cut only once its folder is synced. */
function syncFolder(folder: string): void {
  const fd = openSync(folder, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

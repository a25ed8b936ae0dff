import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { encodeRecord, HEADER_BYTES, PAYLOAD_BYTES_MAX, readRecord, type SpoolRecord, scanFile } from "./spool-file.ts";

/** What was taken from the front of the spool, to be sent. */
export type Taken = {
  readonly records: readonly Uint8Array[];
  readonly samples: number;
  /** On disk. */
  readonly bytes: number;
  /** They have arrived, or will never be taken: they are not sent again. */
  done(): void;
  /** Nobody is asked any more to take them: what was not done waits as before. */
  release(): void;
};

/**
 * `full`: there was no room for them; `disk`: the disk did not take them, and memory had no room; `damaged`: the disk does
 * not give them back; `torn`: the process ended while they were written; `refused`: the server never takes them.
 */
export type LostBecause = "full" | "disk" | "damaged" | "torn" | "refused";
export type Lost = { readonly records: number; readonly samples: number };

export type Spool = {
  /** Durable when it returns; in memory where the disk does not take it (`trouble`). Throws a record that is too long. */
  append(payload: Uint8Array, samples: number): void;
  /** The oldest that were not sent, at most so many bytes but at least one; undefined where there are none. */
  next(bytesMax: number): Taken | undefined;
  /** Counts what nobody will see: told, and remembered over a restart. */
  lose(because: LostBecause, lost: Lost): void;
  /** What waits, in bytes; what waits in memory among them. */
  readonly bytes: number;
  readonly waiting: Lost;
  /** Since the folder was made. */
  readonly lost: Lost;
  /** What the disk says while it does not take what is written; undefined: it does. */
  readonly trouble: string | undefined;
  close(): void;
};

export type SpoolFacts = {
  readonly folder: string;
  /** Of all files together; the oldest is thrown away where it would be more. */
  readonly bytesMax: number;
  readonly onLost: (lost: Lost & { readonly because: LostBecause }) => void;
};

/** So many files a full spool has: what is thrown away at once is this part of it. */
const SEGMENTS = 16;
const SEGMENT_BYTES_MAX = 4 * 1024 * 1024;
/** Without a disk so much is kept; the oldest goes. Some hours of an ordinary host. */
const MEMORY_BYTES_MAX = 4 * 1024 * 1024;
const STATE = "sent.json";

type Segment = { readonly number: number; readonly file: string; bytes: number; records: SpoolRecord[] };
type Head = { readonly segment: Segment; readonly fd: number };
type Held = { readonly payload: Uint8Array; readonly samples: number };

/**
 * What was measured and has not arrived: files to which records are appended, synced before the next is measured. How far
 * it was sent stands in a file of its own, which may lag behind: what is sent twice is taken once. The whole file goes
 * when the last of it has arrived. A disk that takes nothing (full, not allowed, broken) does not stop the measuring:
 * meanwhile records wait in memory, and each new one tries the disk again.
 */
export function openSpool({ folder, bytesMax, onLost }: SpoolFacts): Spool {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const segmentMax = Math.min(Math.max(Math.floor(bytesMax / SEGMENTS), 1), SEGMENT_BYTES_MAX);
  const state = readState(join(folder, STATE));
  const lost = { records: state.lostRecords, samples: state.lostSamples };
  const waiting = { records: 0, samples: 0 };
  const segments: Segment[] = [];
  const memory: Held[] = [];
  let memoryBytes = 0;
  let sent = { segment: state.segment, offset: state.offset };
  /** Damage that was counted as lost already: it stays in its file until the rest of that was sent. */
  let told: readonly string[] = [];
  /** Samples of all records that were ever written. */
  let count = state.count;
  let trouble: string | undefined;
  let head: Head | undefined;
  /** What somebody is being asked to take. It makes no room for others: it would be counted as lost, and arrive. */
  let flying: Segment | Held | undefined;

  function release(): void {
    flying = undefined;
    makeRoom();
    makeRoomInMemory();
  }

  function lose(because: LostBecause, { records, samples }: Lost): void {
    if (records === 0 && samples === 0) return;
    lost.records += records;
    lost.samples += samples;
    writeState();
    onLost({ because, records, samples });
  }

  /** Where it cannot be written it lags behind, and is written with the next. */
  function writeState(): void {
    const text = JSON.stringify({ ...sent, count, told, lostRecords: lost.records, lostSamples: lost.samples });
    const file = join(folder, STATE);
    try {
      writeFileSync(`${file}.new`, text, { mode: 0o600 });
      renameSync(`${file}.new`, file);
    } catch (error) {
      trouble = String(error);
    }
  }

  function readBack(): void {
    const numbers = readdirSync(folder)
      .flatMap((name) => numberOf(name) ?? [])
      .sort((one, other) => one - other);
    const found: string[] = [];
    let known: number | undefined;
    for (const number of numbers) {
      const file = join(folder, nameOf(number));
      const { records, damages, torn, end, count: after } = scanFile(file, known);
      known = after;
      const isSent = (until: number): boolean =>
        number < sent.segment || (number === sent.segment && until <= sent.offset);
      for (const { end: until, samples } of damages) {
        if (isSent(until)) continue;
        found.push(`${number}/${until}`);
        if (!state.told.includes(`${number}/${until}`)) lose("damaged", { records: 1, samples });
      }
      if (torn !== undefined) {
        // Only what was written last was torn by the end of the process; of others the next file tells what is missing.
        if (number === numbers.at(-1)) lose("torn", { records: 1, samples: torn.samples });
        truncateSync(file, end);
      }
      const unsent = records.filter((record) => !isSent(endOf(record)));
      if (unsent.length === 0) unlinkSync(file);
      else segments.push({ number, file, bytes: end, records: unsent });
      note(unsent.length, sum(unsent));
    }
    count = known ?? count;
    told = found;
    if (found.length > 0) writeState();
  }

  function note(records: number, samples: number): void {
    waiting.records += records;
    waiting.samples += samples;
  }

  function begin(): Head {
    const before = head;
    const number = nextNumber++;
    const file = join(folder, nameOf(number));
    const fd = openSync(file, "wx", 0o600);
    head = { segment: { number, file, bytes: 0, records: [] }, fd };
    segments.push(head.segment);
    if (before !== undefined) {
      closeSync(before.fd);
      if (before.segment.records.length === 0) remove(before.segment);
    }
    syncFolder(folder);
    return head;
  }

  function remove(segment: Segment): void {
    if (head?.segment === segment) {
      closeSync(head.fd);
      head = undefined;
    }
    const place = segments.indexOf(segment);
    if (place !== -1) segments.splice(place, 1);
    try {
      rmSync(segment.file, { force: true });
    } catch (error) {
      // It stands in the state that all of it was sent.
      trouble = String(error);
    }
  }

  /** Its records are not to be had any more. */
  function discard(segment: Segment, because: LostBecause): void {
    const { records } = segment;
    segment.records = [];
    note(-records.length, -sum(records));
    sent = { segment: segment.number, offset: Number.MAX_SAFE_INTEGER };
    remove(segment);
    lose(because, { records: records.length, samples: sum(records) });
  }

  function makeRoom(): void {
    for (
      let [oldest] = segments;
      oldest !== undefined && oldest !== flying && segments.length > 1 && size() > bytesMax;
      [oldest] = segments
    )
      discard(oldest, "full");
  }

  const size = (): number => segments.reduce((total, { bytes }) => total + bytes, 0);

  function write(payload: Uint8Array, samples: number): void {
    const { segment, fd } = head === undefined || head.segment.bytes >= segmentMax ? begin() : head;
    const record = encodeRecord(payload, samples, count);
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
    count = (count + samples) >>> 0;
  }

  /** What waits in memory goes to the disk, if that takes it; else the oldest of it makes room where it is too much. */
  function settle(): void {
    try {
      for (let [one] = memory; one !== undefined; [one] = memory) {
        write(one.payload, one.samples);
        trouble = undefined;
        forgetHeld();
      }
      makeRoom();
    } catch (error) {
      trouble = String(error);
    }
    makeRoomInMemory();
  }

  function makeRoomInMemory(): void {
    let gone: Lost = { records: 0, samples: 0 };
    while (memoryBytes > MEMORY_BYTES_MAX && memory.length > 1 && memory[0] !== flying) {
      const samples = forgetHeld();
      note(-1, -samples);
      gone = { records: gone.records + 1, samples: gone.samples + samples };
    }
    lose("disk", gone);
  }

  function forgetHeld(): number {
    const oldest = memory.shift();
    memoryBytes -= oldest?.payload.length ?? 0;
    return oldest?.samples ?? 0;
  }

  function nextOfMemory(sendMax: number): Taken | undefined {
    let bytes = 0;
    const taken = memory.filter(({ payload }, index) => {
      bytes += payload.length;
      return index === 0 || bytes <= sendMax;
    });
    if (taken.length === 0) return undefined;
    flying = taken[0];
    return {
      release,
      records: taken.map(({ payload }) => payload),
      samples: sum(taken),
      bytes: taken.reduce((total, { payload }) => total + payload.length, 0),
      done() {
        // Those that the disk took meanwhile are sent once more from there, and taken once.
        for (const one of taken) {
          if (memory[0] !== one) continue;
          note(-1, -forgetHeld());
        }
      },
    };
  }

  function nextOf(segment: Segment, sendMax: number): Taken | undefined {
    let bytes = 0;
    const taken = segment.records.filter(({ length }, index) => {
      bytes += length;
      return index === 0 || bytes <= sendMax;
    });
    let payloads: readonly (Uint8Array | undefined)[];
    try {
      payloads = readRecords(segment.file, taken);
    } catch (error) {
      trouble = String(error);
      discard(segment, "damaged");
      return undefined;
    }
    const whole = payloads.filter((payload) => payload !== undefined);
    const damaged = taken.filter((_, index) => payloads[index] === undefined);
    const done = (): void => {
      segment.records = segment.records.slice(taken.length);
      note(-taken.length, -sum(taken));
      const last = taken.at(-1);
      sent = { segment: segment.number, offset: last === undefined ? 0 : endOf(last) };
      lose("damaged", { records: damaged.length, samples: sum(damaged) });
      const isOver = head?.segment !== segment || segment.bytes >= segmentMax || trouble !== undefined;
      if (segment.records.length === 0 && isOver) remove(segment);
      writeState();
    };
    if (whole.length > 0) {
      const held = taken.filter((_, index) => payloads[index] !== undefined);
      flying = segment;
      return { records: whole, samples: sum(held), bytes: bytesOf(held), done, release };
    }
    done();
    return undefined;
  }

  readBack();
  let nextNumber = Math.max(sent.segment, segments.at(-1)?.number ?? 0) + 1;

  return {
    append(payload, samples) {
      if (payload.length > PAYLOAD_BYTES_MAX) throw new RangeError(`a record of ${payload.length} bytes`);
      note(1, samples);
      memory.push({ payload, samples });
      memoryBytes += payload.length;
      settle();
    },
    next(sendMax) {
      // What waits in memory is lost first when the process ends: it goes first.
      const held = nextOfMemory(sendMax);
      if (held !== undefined) return held;
      for (;;) {
        const segment = segments.find(({ records }) => records.length > 0);
        if (segment === undefined) return undefined;
        const taken = nextOf(segment, sendMax);
        if (taken !== undefined) return taken;
      }
    },
    lose,
    get bytes() {
      return segments.reduce((total, { records }) => total + bytesOf(records), memoryBytes);
    },
    waiting,
    lost,
    get trouble() {
      return trouble;
    },
    close() {
      settle();
      const rest = { records: memory.length, samples: sum(memory) };
      lose("disk", rest);
      if (head !== undefined) closeSync(head.fd);
      head = undefined;
    },
  };
}

function readRecords(file: string, records: readonly SpoolRecord[]): readonly (Uint8Array | undefined)[] {
  const fd = openSync(file, "r");
  try {
    return records.map((record) => readRecord(fd, record));
  } finally {
    closeSync(fd);
  }
}

type State = {
  readonly segment: number;
  readonly offset: number;
  readonly count: number;
  readonly told: readonly string[];
  readonly lostRecords: number;
  readonly lostSamples: number;
};

/** Written by renaming, so it is whole or that of before; where it is neither, everything is sent again. */
function readState(file: string): State {
  const none = { segment: 0, offset: 0, count: 0, told: [], lostRecords: 0, lostSamples: 0 };
  try {
    return { ...none, ...(JSON.parse(readFileSync(file, "utf8")) as Partial<State>) };
  } catch {
    return none;
  }
}

function endOf({ offset, length }: SpoolRecord): number {
  return offset + HEADER_BYTES + length;
}

function bytesOf(records: readonly SpoolRecord[]): number {
  return records.reduce((total, { length }) => total + HEADER_BYTES + length, 0);
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

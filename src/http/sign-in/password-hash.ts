import { argon2, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { normalPassword } from "../../access/password-rules.ts";
import { Fault } from "../../fault/fault.ts";
import type { Chance } from "../../id/chance.ts";

/** OWASP's password storage cheat sheet: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** Each takes 19 MiB and a thread of the pool that files are read with: two at a time, and a line that ends. */
const AT_ONCE_MAX = 2;
const WAITING_MAX = 40;

const PHC = /^\$argon2id\$v=19\$m=(\d{1,6}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

type Parsed = {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
  readonly salt: Buffer;
  readonly hash: Buffer;
};

const argon2Async = promisify(argon2);

/** The hash of a password in PHC text form, with a salt of its own. Fault `overloaded` when too many wait. */
export async function hashPassword(chance: Chance, password: string): Promise<string> {
  const salt = Buffer.from(chance.bytes(SALT_BYTES));
  const hash = await inTurn(() => derive(password, { ...COST, salt, length: HASH_BYTES }));
  const { memory, passes, parallelism } = COST;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(hash)}`;
}

/** Of nobody's password: what is checked where there is none, so that the answer takes as long. */
const NOBODYS = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${base64(Buffer.alloc(SALT_BYTES))}$${base64(Buffer.alloc(HASH_BYTES))}`;

/** Whether this is the password of that hash; without a hash false, after the same time. */
export async function isPassword(phc: string | undefined, password: string): Promise<boolean> {
  const { hash, ...cost } = parsePhc(phc) ?? (parsePhc(NOBODYS) as Parsed);
  const found = await inTurn(() => derive(password, { ...cost, length: hash.length }));
  return timingSafeEqual(found, hash) && phc !== undefined;
}

/** Whether a hash was made at a lower cost than today's: it is made anew when its password is next given. */
export function isOutdated(phc: string): boolean {
  const parsed = parsePhc(phc);
  return parsed === undefined || parsed.memory < COST.memory || parsed.passes < COST.passes;
}

function parsePhc(phc: string | undefined): Parsed | undefined {
  const found = PHC.exec(phc ?? "");
  if (found === null) return undefined;
  const [, memory, passes, parallelism, salt = "", hash = ""] = found;
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, "base64"),
    hash: Buffer.from(hash, "base64"),
  };
}

function derive(
  password: string,
  { salt, length, ...cost }: Omit<Parsed, "hash"> & { readonly length: number },
): Promise<Buffer> {
  return argon2Async("argon2id", { ...cost, message: normalPassword(password), nonce: salt, tagLength: length });
}

function base64(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE_MAX) {
    if (waiting.length >= WAITING_MAX) throw new Fault("overloaded", { waiting: waiting.length });
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running++;
  try {
    return await work();
  } finally {
    // The place is handed on, so that nobody who comes later takes it.
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  }
}

import { isIP } from "node:net";
import type { Connection } from "mysql2";
import type { CollectReason, PlainCode } from "../../monitor/collect-reason.ts";
import type { Millis } from "../../time/instant.ts";
import { reasonOf } from "../error-reason.ts";
import { within } from "../within.ts";
import type { MariadbSettings } from "./settings.ts";

export type Row = Readonly<Record<string, unknown>>;

/** The server has not answered in time, or the connection is gone: whatever else was to be asked need not be. */
export class Lost extends Error {
  readonly reason: CollectReason;
  /** It may be there still, but says nothing. */
  readonly isLate: boolean;

  constructor(reason: CollectReason, isLate = false) {
    super(reason.code);
    this.reason = reason;
    this.isLate = isLate;
  }
}

/** The server's own no to one question. */
export class Refused extends Error {
  readonly errno: number;

  constructor(message: string, errno: number) {
    super(message);
    this.errno = errno;
  }

  get reason(): CollectReason {
    return { code: REFUSALS[this.errno] ?? "server-refused", detail: this.message };
  }

  /** For want of a right, which can be granted. */
  get isForRight(): boolean {
    return RIGHT_MISSING.has(this.errno);
  }
}

export type Session = {
  /** Rows; throws Refused or Lost. */
  ask(text: string, signal: AbortSignal): Promise<readonly Row[]>;
  /** At once, whatever goes on in it. */
  drop(): void;
};

/**
 * A connection that cannot keep anybody waiting: whatever takes longer than the time allowed is Lost, and the connection
 * with it. A server that was stopped takes connections for a while and never says a word.
 */
export async function connect(settings: MariadbSettings, port: number, signal: AbortSignal): Promise<Session> {
  const { socket, host, user, password, tls, timeout } = settings;
  // Loaded where a database is asked: an agent that asks none has no room for it.
  const { createConnection } = await import("mysql2");
  const connection = createConnection({
    ...(socket === undefined ? { host, port } : { socketPath: socket }),
    user,
    ...(password === undefined ? {} : { password: password.reveal() }),
    ...(tls === undefined
      ? {}
      : {
          ssl: {
            rejectUnauthorized: !tls.insecure,
            // The driver compares names alone: it would hold the certificate of an address against another name.
            verifyIdentity: !tls.insecure && isIP(host) === 0,
            ...(tls.ca === undefined ? {} : { ca: tls.ca }),
          },
        }),
    // No server is given a file of ours.
    flags: ["-LOCAL_FILES"],
    // Ours ends it before, and says so.
    connectTimeout: 2 * timeout,
    charset: "utf8mb4",
    dateStrings: true,
    supportBigNumbers: true,
    connectAttributes: { program_name: "bongsu" },
  });
  // What breaks while nothing is asked is told by the next question.
  connection.on("error", () => {});
  await inTime({ connection, timeout, signal }, (done) => connection.connect((error) => done(error)));
  const session: Session = {
    ask: (text, signal) =>
      inTime<readonly Row[]>({ connection, timeout, signal }, (done) => {
        connection.query(text, (error, rows) => done(error, rows as unknown as Row[]));
      }),
    drop: () => connection.destroy(),
  };
  await prepare(session, timeout, signal);
  return session;
}

/**
 * The server ends our questions by itself too, and answers although its cluster lags. Which of these it knows depends on
 * who made it; it is all the same to what is measured.
 */
async function prepare(session: Session, timeout: Millis, signal: AbortSignal): Promise<void> {
  for (const text of [
    `set session max_statement_time = ${Math.ceil(timeout / 1_000)}`,
    `set session max_execution_time = ${Math.ceil(timeout)}`,
    "set session wsrep_sync_wait = 0",
    "set session lock_wait_timeout = 2",
    // In which InnoDB tells when a transaction began.
    "set session time_zone = 'SYSTEM'",
  ]) {
    await session.ask(text, signal).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
    });
  }
}

async function inTime<T>(
  { connection, timeout, signal }: { connection: Connection; timeout: Millis; signal: AbortSignal },
  begin: (done: (error: Error | null, value?: T) => void) => void,
): Promise<T> {
  const work = new Promise<T | undefined>((resolve, reject) => {
    begin((error, value) => (error === null ? resolve(value) : reject(error)));
  });
  try {
    const answer = await within(work, timeout, signal);
    if (answer === "late") {
      throw new Lost(
        signal.aborted ? { code: "no-answer" } : { code: "took-too-long", seconds: timeout / 1_000 },
        true,
      );
    }
    return answer as T;
  } catch (error) {
    const told = asTold(error);
    if (told instanceof Lost) connection.destroy();
    throw told;
  }
}

/** A message of the server's names user and host and never a password. */
function asTold(error: unknown): Lost | Refused {
  if (error instanceof Lost) return error;
  const { errno, code, sqlState } = error as { errno?: number; code?: string; sqlState?: string };
  const message = error instanceof Error ? error.message : String(error);
  const isServers = typeof errno === "number" && errno >= SERVER_ERRNO_MIN && sqlState !== undefined;
  if (isServers && !SERVER_GONE.has(errno)) return new Refused(message, errno);
  // Too many connections is told before there is a session, without a state in old protocols.
  if (errno === TOO_MANY_CONNECTIONS) return new Refused(message, errno);
  const known = DRIVER_CODES[code ?? ""];
  return new Lost(known === undefined ? reasonOf(error) : { code: known, detail: message });
}

export const TOO_MANY_CONNECTIONS = 1040;

const SERVER_ERRNO_MIN = 1_000;
/** Shutting down, killed. */
const SERVER_GONE = new Set([1053, 1077, 1079, 1927, 4031]);

/** By the server's numbers, which MariaDB and MySQL have in common. */
const REFUSALS: Readonly<Record<number, PlainCode>> = {
  1040: "too-many-connections",
  1044: "login-refused",
  1045: "login-refused",
  1698: "login-refused",
  1129: "client-host-refused",
  1130: "client-host-refused",
  1203: "user-limit-reached",
  1226: "user-limit-reached",
};
/** Of a table, a column, a global right, a routine. */
const RIGHT_MISSING = new Set([1044, 1142, 1143, 1227, 1370]);

const DRIVER_CODES: Readonly<Record<string, PlainCode>> = {
  ENOENT: "socket-missing",
  PROTOCOL_CONNECTION_LOST: "connection-ended",
  HANDSHAKE_NO_SSL_SUPPORT: "not-tls",
  HANDSHAKE_SSL_ERROR: "tls-failed",
};

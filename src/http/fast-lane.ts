import { type Server, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { Reply } from "../ingest/source.ts";
import { tokenOfHeader } from "./tokens.ts";

/** Takes one request; undefined: not for the fast lane, the long way answers it. */
export type Take = (text: string, token: string | undefined) => Reply | Promise<Reply> | undefined;

export type FastLane = {
  /** Ends what rests; what is being answered is answered first. */
  close(): void;
};

const HEAD_BYTES_MAX = 8 * 1024;
/** A larger request goes the long way. */
const REQUEST_BYTES_MAX = 1024 * 1024;
/** A peer that does not read its answers is not read from. */
const UNREAD_BYTES_MAX = 64 * 1024;
const REQUEST_MS_MAX = 30_000;
const REST_MS_MAX = 72_000;

const REQUEST_LINE = "POST /api/v2/alerts HTTP/1.1";
const FIELD = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/;
/** What changes how a request is framed, or asks for something of its own. */
const SPECIAL = new Set(["transfer-encoding", "content-encoding", "expect", "upgrade", "trailer", "te"]);
const ONCE = new Set(["host", "content-length", "authorization", "connection"]);

/**
 * Answers `POST /api/v2/alerts` straight off the socket, for senders post thousands of them a second and most repeat
 * what is known. It understands the plainest form of a request alone; whatever differs in anything from that form (another
 * path, a chunked body, a header given twice, an unknown token) is handed with the whole connection to Node's own
 * server, which decides what it means. So nothing is understood in two ways.
 */
export function fastLane(server: Server, take: Take): FastLane {
  const handlers = server.listeners("connection") as ((socket: Socket) => void)[];
  server.removeAllListeners("connection");
  const lanes = new Set<Lane>();
  server.on("connection", (socket: Socket) => {
    const lane = new Lane(socket, take, (rest) => {
      lanes.delete(lane);
      for (const handler of handlers) handler.call(server, socket);
      if (rest.length > 0) socket.unshift(rest);
    });
    lanes.add(lane);
    socket.once("close", () => lanes.delete(lane));
  });
  return {
    close() {
      for (const lane of lanes) lane.close();
    },
  };
}

type Head = { readonly bodyLength: number; readonly token: string | undefined };

const NOTHING = Buffer.alloc(0);

/**
 * One connection. States: resting (nothing pending), receiving (part of a request is pending), answering (a request is
 * being made durable). From any of the first two it may be handed over, and is then not ours any more.
 */
class Lane {
  readonly #socket: Socket;
  readonly #take: Take;
  readonly #handOver: (rest: Buffer) => void;
  #pending: Buffer = NOTHING;
  #answering = false;
  #closing = false;
  #deadline: NodeJS.Timeout | undefined;
  /** Senders repeat their headers to the letter. */
  #headText = "";
  #head: Head | undefined;

  constructor(socket: Socket, take: Take, handOver: (rest: Buffer) => void) {
    this.#socket = socket;
    this.#take = take;
    this.#handOver = handOver;
    socket.setTimeout(REST_MS_MAX);
    socket.on("data", this.#onData);
    socket.on("timeout", this.#onTimeout);
    socket.on("drain", this.#onDrain);
    socket.on("error", this.#onError);
    socket.on("end", this.#onEnd);
  }

  close(): void {
    this.#closing = true;
    if (!this.#answering) this.#socket.destroy();
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    if (!this.#answering) this.#work();
    else if (this.#pending.length > REQUEST_BYTES_MAX) this.#socket.pause();
  };
  readonly #onTimeout = (): void => {
    if (!this.#answering) this.#socket.destroy();
  };
  readonly #onDrain = (): void => {
    this.#socket.resume();
    if (!this.#answering) this.#work();
  };
  readonly #onError = (): void => {
    this.#socket.destroy();
  };
  /** No further request comes; what is being answered is answered, then the connection ends. */
  readonly #onEnd = (): void => {
    this.#closing = true;
    if (!this.#answering) this.#socket.end();
  };

  #work(): void {
    const socket = this.#socket;
    while (this.#pending.length > 0 && !socket.destroyed) {
      if (socket.writableLength > UNREAD_BYTES_MAX) {
        socket.pause();
        return;
      }
      const headEnd = this.#pending.indexOf("\r\n\r\n");
      if (headEnd < 0) {
        const begun = this.#pending.toString("latin1", 0, REQUEST_LINE.length);
        if (!REQUEST_LINE.startsWith(begun) || this.#pending.length > HEAD_BYTES_MAX) return this.#leave();
        return this.#wait();
      }
      const head = this.#headOf(this.#pending.toString("latin1", 0, headEnd));
      if (head === undefined) return this.#leave();
      const bodyAt = headEnd + 4;
      const end = bodyAt + head.bodyLength;
      if (end > REQUEST_BYTES_MAX) return this.#leave();
      if (this.#pending.length < end) return this.#wait();
      const answer = this.#take(this.#pending.toString("utf8", bodyAt, end), head.token);
      if (answer === undefined) return this.#leave();
      this.#arrived();
      this.#pending = this.#pending.length === end ? NOTHING : this.#pending.subarray(end);
      if (answer instanceof Promise) {
        this.#answering = true;
        void answer.then((reply) => this.#answered(reply));
        return;
      }
      this.#write(answer);
    }
  }

  #answered(reply: Reply): void {
    this.#answering = false;
    this.#write(reply);
    if (this.#closing) this.#socket.end();
    else if (this.#pending.length > 0) {
      this.#socket.resume();
      this.#work();
    }
  }

  #write(reply: Reply): void {
    const isPlain = reply.status === 200 && reply.body === undefined && reply.headers === undefined;
    this.#socket.write(isPlain ? okText() : textOf(reply), reply.body === undefined ? "latin1" : "utf8");
  }

  #wait(): void {
    this.#deadline ??= setTimeout(() => this.#socket.destroy(), REQUEST_MS_MAX).unref();
  }

  #arrived(): void {
    if (this.#deadline === undefined) return;
    clearTimeout(this.#deadline);
    this.#deadline = undefined;
  }

  #headOf(text: string): Head | undefined {
    if (text !== this.#headText) {
      this.#head = readHead(text);
      this.#headText = text;
    }
    return this.#head;
  }

  #leave(): void {
    this.#arrived();
    const socket = this.#socket;
    socket.setTimeout(0);
    socket.off("data", this.#onData);
    socket.off("timeout", this.#onTimeout);
    socket.off("drain", this.#onDrain);
    socket.off("error", this.#onError);
    socket.off("end", this.#onEnd);
    this.#handOver(this.#pending);
  }
}

/** Undefined where anything is not of the plainest form. */
function readHead(text: string): Head | undefined {
  const [requestLine, ...fields] = text.split("\r\n");
  if (requestLine !== REQUEST_LINE) return undefined;
  const seen = new Map<string, string>();
  for (const field of fields) {
    const [, name = "", value = ""] = FIELD.exec(field) ?? [];
    const key = name.toLowerCase();
    if (key === "" || SPECIAL.has(key) || (ONCE.has(key) && seen.has(key))) return undefined;
    seen.set(key, value);
  }
  const length = seen.get("content-length") ?? "";
  const connection = seen.get("connection");
  if (!seen.has("host") || !/^\d{1,7}$/.test(length)) return undefined;
  if (connection !== undefined && connection.toLowerCase() !== "keep-alive") return undefined;
  return { bodyLength: Number(length), token: tokenOfHeader(seen.get("authorization")) };
}

const HEADERS = "x-content-type-options: nosniff\r\ncontent-length: ";
const NO_BODY = `${HEADERS}0\r\n\r\n`;

function textOf({ status, body, headers }: Reply): string {
  const first = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\ndate: ${dateNow()}\r\n`;
  if (body === undefined && headers === undefined) return first + NO_BODY;
  const more = Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`);
  if (body === undefined) return first + more.join("") + NO_BODY;
  const json = JSON.stringify(body);
  const type = "content-type: application/json; charset=utf-8\r\n";
  return `${first}${more.join("")}${type}${HEADERS}${Buffer.byteLength(json)}\r\n\r\n${json}`;
}

let date = "";
let ok = "";

/** What nearly every request is answered with. */
function okText(): string {
  if (ok === "" || date === "") ok = textOf({ status: 200 });
  return ok;
}

/** As a header says it, worked out once a second. */
function dateNow(): string {
  if (date === "") {
    date = new Date().toUTCString();
    setTimeout(() => {
      date = "";
    }, 1_000).unref();
  }
  return date;
}

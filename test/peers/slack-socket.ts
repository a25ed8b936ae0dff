import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { Duplex } from "node:stream";

/** The fixed text of the opening handshake (RFC 6455, 1.3). */
const HANDSHAKE = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const OPCODE = { text: 1, close: 8, ping: 9, pong: 10 } as const;

export type SlackSocket = {
  readonly url: string;
  /** The tokens with which `apps.connections.open` was called, and when. */
  readonly opened: { readonly token: string; readonly at: number }[];
  /** Every message from the other side, parsed, by connection. */
  readonly heard: { readonly connection: number; readonly message: unknown; readonly at: number }[];
  /** How many connections stand now. */
  readonly standing: () => number;
  /** To the newest connection. */
  say(message: unknown): void;
  /** Cuts every connection without a word. */
  cut(): void;
  /** What `apps.connections.open` answers from now on; undefined: an address, as it should. */
  refuse(answer: object | undefined): void;
  stop(): Promise<void>;
};

/** Slack as far as Socket Mode goes: `apps.connections.open` gives the address of a WebSocket, which greets with `hello`. */
export async function startSlackSocket(): Promise<SlackSocket> {
  const opened: SlackSocket["opened"] = [];
  const heard: SlackSocket["heard"] = [];
  const sockets = new Set<Duplex>();
  let refusal: object | undefined;
  let connections = 0;
  const server = createServer((request, response) => {
    request.resume();
    const token = request.headers.authorization?.replace(/^Bearer /, "") ?? "";
    opened.push({ token, at: Date.now() });
    response.setHeader("content-type", "application/json");
    const { port } = server.address() as { port: number };
    const answer = { ok: true, url: `ws://127.0.0.1:${port}/link?ticket=${opened.length}` };
    response.end(JSON.stringify(request.url === "/api/apps.connections.open" ? (refusal ?? answer) : { ok: true }));
  });
  server.on("upgrade", (request, socket: Duplex) => {
    const connection = ++connections;
    const key = createHash("sha1").update(`${request.headers["sec-websocket-key"]}${HANDSHAKE}`).digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n\r\n`,
    );
    sockets.add(socket);
    socket.on("close", () => void sockets.delete(socket));
    socket.on("error", () => {});
    let waiting: Buffer = Buffer.alloc(0);
    socket.on("data", (chunk: Buffer) => {
      waiting = Buffer.concat([waiting, chunk]);
      for (let frame = readFrame(waiting); frame !== undefined; frame = readFrame(waiting)) {
        waiting = waiting.subarray(frame.length);
        if (frame.opcode === OPCODE.text)
          heard.push({ connection, message: JSON.parse(frame.payload.toString("utf8")) as unknown, at: Date.now() });
        if (frame.opcode === OPCODE.ping) socket.write(frameOf(OPCODE.pong, frame.payload));
        if (frame.opcode === OPCODE.close) socket.end(frameOf(OPCODE.close, frame.payload));
      }
    });
    socket.write(frameOf(OPCODE.text, Buffer.from(JSON.stringify({ type: "hello", num_connections: 1 }))));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/api/`,
    opened,
    heard,
    standing: () => sockets.size,
    say: (message) => {
      [...sockets].at(-1)?.write(frameOf(OPCODE.text, Buffer.from(JSON.stringify(message))));
    },
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    refuse: (answer) => {
      refusal = answer;
    },
    stop() {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** One unfragmented frame as a client sends it: masked. Undefined: not all of it is here yet. */
function readFrame(bytes: Buffer): { opcode: number; payload: Buffer; length: number } | undefined {
  if (bytes.length < 6) return undefined;
  const short = bytes.readUInt8(1) & 0x7f;
  const head = short === 126 ? 4 : 2;
  if (short === 127) throw new Error("longer than anything that is sent here");
  const size = short === 126 ? bytes.readUInt16BE(2) : short;
  const length = head + 4 + size;
  if (bytes.length < length) return undefined;
  const mask = bytes.subarray(head, head + 4);
  const payload = Buffer.from(bytes.subarray(head + 4, length)).map((byte, n) => byte ^ mask.readUInt8(n % 4));
  return { opcode: bytes.readUInt8(0) & 0x0f, payload: Buffer.from(payload), length };
}

function frameOf(opcode: number, payload: Buffer): Buffer {
  const head = payload.length < 126 ? Buffer.alloc(2) : Buffer.alloc(4);
  head.writeUInt8(0x80 | opcode, 0);
  if (payload.length < 126) head.writeUInt8(payload.length, 1);
  else {
    head.writeUInt8(126, 1);
    head.writeUInt16BE(payload.length, 2);
  }
  return Buffer.concat([head, payload]);
}

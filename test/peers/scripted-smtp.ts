import { createServer, type Socket } from "node:net";

/** What a server does at a point of the conversation: says this, hangs up, says nothing more, or never stops talking. */
export type Deed = `${number} ${string}` | "drop" | "hang" | "drip";
/** `dot` is the end of the message, `GREETING` the beginning of the connection; others are the client's own words. */
export type Point = "GREETING" | "EHLO" | "MAIL" | "RCPT" | "DATA" | "dot" | "QUIT";

export type ScriptedSmtp = {
  readonly port: number;
  /** Every command that came, and `dot` for a message that came whole. */
  readonly heard: string[];
  stop(): Promise<void>;
};

const KIND: Readonly<Record<Point, Deed>> = {
  GREETING: "220 peer ESMTP",
  EHLO: "250 peer",
  MAIL: "250 ok",
  RCPT: "250 ok",
  DATA: "354 go on",
  dot: "250 2.0.0 queued as 4711",
  QUIT: "221 bye",
};
const DRIP_EVERY_MS = 50;

/** An SMTP server that is kind but where the script says otherwise: what no well-behaved server can be brought to do. */
export async function startScriptedSmtp(script: Partial<Record<Point, Deed>> = {}): Promise<ScriptedSmtp> {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const drips = new Set<NodeJS.Timeout>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let inMessage = false;
    let waiting = "";
    const at = (point: Point): void => {
      heard.push(point);
      const deed = script[point] ?? KIND[point];
      if (deed === "drop") return void socket.destroy();
      if (deed === "hang") return;
      if (deed === "drip") {
        const drip = setInterval(() => socket.write(`${KIND[point].slice(0, 3)}-not yet\r\n`), DRIP_EVERY_MS);
        drips.add(drip);
        socket.on("close", () => clearInterval(drip));
        return;
      }
      socket.write(`${deed}\r\n`);
      if (point === "DATA" && deed.startsWith("354")) inMessage = true;
    };
    socket.setEncoding("utf8").on("data", (text: string) => {
      waiting += text;
      for (;;) {
        const end = waiting.indexOf(inMessage ? "\r\n.\r\n" : "\r\n");
        if (end < 0) return;
        const part = waiting.slice(0, end);
        waiting = waiting.slice(end + (inMessage ? 5 : 2));
        if (inMessage) {
          inMessage = false;
          at("dot");
        } else {
          const word = part.slice(0, 4).toUpperCase();
          at(word === "HELO" ? "EHLO" : (word as Point));
        }
      }
    });
    socket.on("error", () => {});
    at("GREETING");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    heard,
    stop() {
      for (const drip of drips) clearInterval(drip);
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

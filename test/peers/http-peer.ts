import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";

export type Received = {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
};

export type HttpPeer = {
  readonly url: string;
  readonly port: number;
  readonly received: Received[];
  stop(): Promise<void>;
};

/** A server that keeps what it is sent and answers as it is told. */
export async function startHttpPeer(answer: (request: Received, response: ServerResponse) => void): Promise<HttpPeer> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      const one = { path: request.url ?? "", headers: request.headers, body, at: Date.now() };
      received.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    received,
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Slack's Web API as far as a page goes: each message has a `ts` of its own. */
export function startSlackApi(): Promise<HttpPeer> {
  let messages = 0;
  return startHttpPeer(({ path }, response) => {
    response.setHeader("content-type", "application/json");
    if (path !== "/api/chat.postMessage") return response.end(JSON.stringify({ ok: false, error: "unknown_method" }));
    messages++;
    response.end(JSON.stringify({ ok: true, ts: `1700000000.${String(messages).padStart(6, "0")}` }));
  });
}

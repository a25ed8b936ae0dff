/** What the server answered instead of what was asked for: its code, its advice in the reader's language, its facts. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, message: string, facts: Readonly<Record<string, unknown>>) {
    super(message);
    this.status = status;
    this.code = code;
    this.facts = facts;
  }
}

/** What goes with each request: set when it is known who is signed in and in which language they read. */
const sent = { csrf: "", locale: "ko" };
const ended = new Set<() => void>();
/** The server's clock less ours, in ms: deadlines are the server's. */
let offset = 0;

export function sendWith(facts: { readonly csrf?: string; readonly locale?: string }): void {
  Object.assign(sent, facts);
}

/** Calls back when the server says that nobody is signed in any more. */
export function onSignedOut(listener: () => void): () => void {
  ended.add(listener);
  return () => ended.delete(listener);
}

export function saySignedOut(): void {
  for (const listener of ended) listener();
}

export function serverNow(): number {
  return Date.now() + offset;
}

export function hearServerTime(at: string): void {
  offset = Date.parse(at) - Date.now();
}

type Asked = { readonly accept: string; readonly signal?: AbortSignal };

async function fetched(method: string, path: string, body: unknown, { accept, signal }: Asked): Promise<Response> {
  const headers: Record<string, string> = { "accept-language": sent.locale, accept };
  if (method !== "GET") headers["x-bongsu-csrf"] = sent.csrf;
  if (body !== undefined) headers["content-type"] = "application/json";
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch {
    throw new Problem(0, "unreachable", "", {});
  }
  if (answer.ok) return answer;
  const text = await answer.text();
  const { code = "internal", message = answer.statusText, facts = {} } = errorIn(text);
  if (code === "not-signed-in" || (answer.status === 401 && code === "not-known")) saySignedOut();
  throw new Problem(answer.status, code, message, facts);
}

async function ask<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const asked = { accept: "application/json", ...(signal === undefined ? {} : { signal }) };
  const text = await (await fetched(method, path, body, asked)).text();
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

/** What the server says line by line while it works; leaving the loop, or the signal, tells it to stop. */
async function* lines<T>(path: string, body: unknown, signal: AbortSignal): AsyncGenerator<T> {
  const answer = await fetched("POST", path, body, { accept: "application/x-ndjson", signal });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const chunk = await reader?.read();
    if (chunk === undefined || chunk.done) return;
    const parts = (rest + chunk.value).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) yield JSON.parse(part) as T;
  }
}

function errorIn(text: string): { code?: string; message?: string; facts?: Record<string, unknown> } {
  try {
    return (JSON.parse(text) as { error?: object }).error ?? {};
  } catch {
    return {};
  }
}

/** The API, relative to this server. Every failure is a `Problem`. */
export const api = {
  get: <T>(path: string): Promise<T> => ask("GET", path),
  post: <T>(path: string, body: unknown = {}, signal?: AbortSignal): Promise<T> => ask("POST", path, body, signal),
  put: <T>(path: string, body: unknown): Promise<T> => ask("PUT", path, body),
  patch: <T>(path: string, body: unknown): Promise<T> => ask("PATCH", path, body),
  lines,
  delete: <T>(path: string, body?: unknown): Promise<T> => ask("DELETE", path, body),
};

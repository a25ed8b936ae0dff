import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../fault/fault.ts";
import { SECOND_MS } from "../time/instant.ts";
import { commandLineToken } from "./cli-token.ts";
import type { Call, Options } from "./command.ts";

/** How a command finds the server: its own options, the environment, or what the server on this host left for it. */
export const serverOptions: Options = {
  url: { type: "string", summary: { ko: "서버 주소 (BONGSU_URL)", en: "the server's address (BONGSU_URL)" } },
  token: { type: "string", summary: { ko: "API 토큰 (BONGSU_TOKEN)", en: "the API token (BONGSU_TOKEN)" } },
};

const TIMEOUT_MS = 20_000;

export type Client = {
  get<T>(path: string): Promise<T>;
  /** An answer that is no JSON, as it came. */
  getText(path: string): Promise<string>;
  /** What is no JSON, as it came. */
  getText(path: string): Promise<string>;
  /** `seconds`: how long the answer may take, where it is more than usual. */
  post<T>(path: string, body?: object, seconds?: number): Promise<T>;
  delete<T>(path: string): Promise<T>;
};

/** A client of the running server. */
export function clientOf(call: Call): Client {
  const file = join(call.config.data, commandLineToken.file);
  const left = existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as { url: string; token: string })
    : undefined;
  const url = (call.text("url") ?? process.env.BONGSU_URL ?? left?.url ?? call.config.publicUrl).replace(/\/+$/, "");
  const token = call.text("token") ?? process.env.BONGSU_TOKEN ?? left?.token ?? "";
  const ask = async (
    method: "GET" | "POST" | "DELETE",
    path: string,
    body?: object,
    timeoutMs: number = TIMEOUT_MS,
  ): Promise<string> => {
    let response: Response;
    try {
      response = await fetch(url + path, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          "accept-language": call.locale,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(timeoutMs),
      });
    } catch (error) {
      throw new Fault("server-unreachable", { url }, error);
    }
    const text = await response.text();
    if (response.ok) return text;
    throw answered(response.status, text, url);
  };
  return {
    get: async <T>(path: string) => JSON.parse(await ask("GET", path)) as T,
    getText: (path) => ask("GET", path),
    post: async <T>(path: string, body?: object, seconds?: number) =>
      JSON.parse(await ask("POST", path, body ?? {}, seconds === undefined ? undefined : seconds * SECOND_MS)) as T,
    delete: async <T>(path: string) => JSON.parse(await ask("DELETE", path)) as T,
  };
}

/** The server's own fault, told on as it is. */
function answered(status: number, text: string, url: string): Fault {
  try {
    const { error } = JSON.parse(text) as { error: { code: string; facts?: Record<string, unknown> } };
    return new Fault(error.code as Fault["code"], error.facts ?? {});
  } catch {
    return new Fault("server-unreachable", { url, status, answer: text.slice(0, 200) });
  }
}

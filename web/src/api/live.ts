import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { LiveChange } from "../../../src/http/wire/live.ts";
import { hearServerTime, serverNow } from "./client.ts";

/** The server says something at least every 15 s; twice that and a little more of silence is a dead connection. */
const SILENCE_MS_MAX = 35_000;
const AGAIN_MS = 2_000;
/** Changes that come together are read together: still well within a second. */
const GATHER_MS = 150;
/** The lock and the channel by which the tabs of one browser share a connection. */
const SHARED = "bongsu-live";

export type Link = { readonly is: "on" } | { readonly is: "off"; readonly since: number };

let link: Link = { is: "off", since: Date.now() };
const listeners = new Set<() => void>();

function set(next: Link): void {
  if (next.is === "off" && link.is === "off") return;
  link = next;
  for (const listener of listeners) listener();
}

/** Whether changes arrive at the moment, and since when not. */
export function useLink(): Link {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => link,
  );
}

/** What is heard of the stream, by the tab that holds it and by those it tells. */
type Heard =
  | { readonly is: "hello" | "change" | "beat"; readonly id: string; readonly change: LiveChange }
  | { readonly is: "off" }
  /** A tab that has just opened asks whether there is a stream. */
  | { readonly is: "anybody" };

/**
 * Keeps what the pages show up to date: the server tells what changed, and what is on the screen of it is read anew. A
 * broken connection is taken up again where it broke off (Last-Event-ID); what cannot be told is all read anew. `from` is
 * where the stream stood before the page read anything, so nothing falls between the reading and the hearing.
 *
 * A browser has six connections to a server (HTTP/1.1), and people on call open more tabs than that. So one tab, which
 * holds a lock, holds the stream and tells the others; when it closes, another one gets the lock and goes on where it was.
 */
export function startLive(queries: QueryClient, from: string): () => void {
  const channel = new BroadcastChannel(SHARED);
  const over = new AbortController();
  const gathered = gather(queries);
  let last = from;
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  let lead: Lead | undefined;

  const hear = (heard: Heard): void => {
    if (heard.is === "anybody") {
      if (lead !== undefined && link.is === "on") channel.postMessage(lead.greeting(last));
      return;
    }
    clearTimeout(watchdog);
    if (heard.is === "off") return set({ is: "off", since: Date.now() });
    watchdog = setTimeout(silent, SILENCE_MS_MAX);
    if (heard.id !== "") last = heard.id;
    hearServerTime(heard.change.now);
    set({ is: "on" });
    // What was missed cannot be told: all that is shown may be old.
    if (heard.is === "hello" && heard.change.resumed !== true) void queries.invalidateQueries();
    if (heard.is === "change") gathered.add(heard.change);
  };
  const silent = (): void => {
    set({ is: "off", since: Date.now() });
    lead?.again();
  };
  channel.addEventListener("message", ({ data }: MessageEvent<Heard>) => hear(data));
  const begin = (): void => {
    lead = openStream(
      () => last,
      (heard) => {
        hear(heard);
        channel.postMessage(heard);
      },
    );
  };
  const held = new Promise<void>((release) => over.signal.addEventListener("abort", () => release()));
  if ("locks" in navigator) {
    channel.postMessage({ is: "anybody" } satisfies Heard);
    void navigator.locks
      .request(SHARED, { signal: over.signal }, () => {
        begin();
        return held;
      })
      .catch(() => {});
  } else begin();
  const offline = (): void => lead?.again();
  addEventListener("offline", offline);
  addEventListener("online", offline);
  return () => {
    over.abort();
    lead?.close();
    clearTimeout(watchdog);
    gathered.stop();
    channel.close();
    removeEventListener("offline", offline);
    removeEventListener("online", offline);
  };
}

type Lead = {
  /** What a tab is told that has just opened. */
  greeting(id: string): Heard;
  again(): void;
  close(): void;
};

/** The stream itself; opened again and again while it breaks. */
function openStream(last: () => string, hear: (heard: Heard) => void): Lead {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const broken = (): void => {
    hear({ is: "off" });
    source?.close();
    clearTimeout(timer);
    timer = setTimeout(open, AGAIN_MS);
  };
  const open = (): void => {
    source?.close();
    clearTimeout(timer);
    const from = last();
    source = new EventSource(`/api/v1/live${from === "" ? "" : `?last=${encodeURIComponent(from)}`}`);
    for (const is of ["hello", "change", "beat"] as const)
      source.addEventListener(is, ({ lastEventId, data }: MessageEvent<string>) =>
        hear({ is, id: lastEventId, change: JSON.parse(data) as LiveChange }),
      );
    source.addEventListener("error", broken);
  };
  open();
  return {
    greeting: (id) => ({
      is: "hello",
      id,
      change: { now: new Date(serverNow()).toISOString(), incidents: [], topics: [], resumed: true },
    }),
    again: open,
    close: () => {
      source?.close();
      clearTimeout(timer);
    },
  };
}

/** Gathers what changed and has it read anew together. */
function gather(queries: QueryClient): { add(change: LiveChange): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let keys = new Map<string, readonly unknown[]>();
  const read = (): void => {
    timer = undefined;
    const due = keys;
    keys = new Map();
    for (const queryKey of due.values()) void queries.invalidateQueries({ queryKey });
  };
  return {
    add({ incidents, topics }) {
      const changed: (readonly unknown[])[] = topics.map((topic) => [topic]);
      // Shifts are facts of the roster, and calendars make leave: who is on duty follows from all, on the board as well.
      if (["roster", "schedule", "calendar"].some((topic) => topics.includes(topic)))
        changed.push(["roster"], ["schedule"], ["incidents", "now"]);
      if (incidents.length > 0)
        changed.push(["incidents"], ["alerts"], ...incidents.map((number) => ["incident", number]));
      for (const key of changed) keys.set(JSON.stringify(key), key);
      timer ??= setTimeout(read, GATHER_MS);
    },
    stop: () => clearTimeout(timer),
  };
}

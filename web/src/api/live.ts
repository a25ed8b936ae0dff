import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { LiveChange } from "../../../src/http/wire/live.ts";
import { hearServerTime } from "./client.ts";

/** The server says something at least every 15 s; twice that and a little more of silence is a dead connection. */
const SILENCE_MS_MAX = 35_000;
const AGAIN_MS = 2_000;
/** Changes that come together are read together: still well within a second. */
const GATHER_MS = 150;

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

/**
 * Keeps what the pages show up to date: the server tells what changed, and what is on the screen of it is read anew. A
 * broken connection is taken up again where it broke off (Last-Event-ID); what cannot be told is all read anew.
 */
export function startLive(queries: QueryClient): () => void {
  let source: EventSource | undefined;
  let last = "";
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let gather: ReturnType<typeof setTimeout> | undefined;
  let keys = new Map<string, readonly unknown[]>();

  const read = (): void => {
    gather = undefined;
    const due = keys;
    keys = new Map();
    for (const queryKey of due.values()) void queries.invalidateQueries({ queryKey });
  };
  const later = (...changed: readonly (readonly unknown[])[]): void => {
    for (const key of changed) keys.set(JSON.stringify(key), key);
    gather ??= setTimeout(read, GATHER_MS);
  };
  const heard = (event: MessageEvent<string>): LiveChange => {
    if (event.lastEventId !== "") last = event.lastEventId;
    clearTimeout(watchdog);
    watchdog = setTimeout(broken, SILENCE_MS_MAX);
    const change = JSON.parse(event.data) as LiveChange;
    hearServerTime(change.now);
    return change;
  };
  const broken = (): void => {
    set({ is: "off", since: Date.now() });
    source?.close();
    clearTimeout(watchdog);
    clearTimeout(again);
    again = setTimeout(open, AGAIN_MS);
  };
  const open = (): void => {
    source = new EventSource(`/api/v1/live${last === "" ? "" : `?last=${encodeURIComponent(last)}`}`);
    source.addEventListener("hello", (event) => {
      const { resumed } = heard(event);
      const first = link.is === "off" && last === "";
      set({ is: "on" });
      if (resumed === false && !first) void queries.invalidateQueries();
    });
    source.addEventListener("beat", heard);
    source.addEventListener("change", (event) => {
      const { incidents, topics } = heard(event);
      if (incidents.length > 0) later(["incidents"], ["alerts"], ...incidents.map((number) => ["incident", number]));
      later(...topics.map((topic) => [topic]));
    });
    source.addEventListener("error", broken);
  };
  const offline = (): void => broken();
  addEventListener("offline", offline);
  addEventListener("online", open);
  open();
  return () => {
    source?.close();
    for (const timer of [watchdog, again, gather]) clearTimeout(timer);
    removeEventListener("offline", offline);
    removeEventListener("online", open);
  };
}

import { useSyncExternalStore } from "react";

/** However the address changes: by a link, by going back, or by the router, which tells with events of its own. */
const EVENTS = ["hashchange", "popstate", "pushState", "replaceState"];

function subscribe(listener: () => void): () => void {
  for (const event of EVENTS) addEventListener(event, listener);
  return () => {
    for (const event of EVENTS) removeEventListener(event, listener);
  };
}

/** What stands after the `#` of the address. */
export function useHash(): string {
  return useSyncExternalStore(subscribe, () => decoded(location.hash.slice(1)));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

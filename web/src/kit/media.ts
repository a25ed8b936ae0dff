import { useSyncExternalStore } from "react";

/** Whether a media query holds: for what CSS alone cannot lay out anew. */
function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    () => matchMedia(query).matches,
  );
}

/** As narrow as a phone: the same width at which the navigation moves to the thumb (shell.module.css). */
export function useIsPhone(): boolean {
  return useMedia("(max-width: 48rem)");
}

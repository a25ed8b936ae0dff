import { useEffect, useState } from "react";
import { freshKey, type RotationDraft } from "./rotation-draft.ts";

export type KeptDraft = { readonly draft: RotationDraft; readonly revision: number | undefined };

/** What was written and not saved, as this tab of the browser keeps it; nothing where there is none or it cannot be read. */
export function keptDraft(name: string): KeptDraft | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(name)) ?? "null") as KeptDraft | null;
    return kept === null ? undefined : { ...kept, draft: withFreshKeys(kept.draft) };
  } catch {
    return undefined;
  }
}

export function forgetDraft(name: string): void {
  sessionStorage.removeItem(keyOf(name));
}

/** Keeps what is written for as long as it is not saved: leaving the page loses nothing. */
export function useKeptDraft(name: string, kept: KeptDraft, isDirty: boolean): void {
  const text = JSON.stringify(kept);
  useEffect(() => {
    if (isDirty) sessionStorage.setItem(keyOf(name), text);
    else forgetDraft(name);
  }, [name, text, isDirty]);
}

/** Asks before a link leads away from what is not saved, and lets the browser ask before the tab is closed. */
export function useLeaving(isDirty: boolean): { readonly to: string | undefined; readonly stay: () => void } {
  const [to, setTo] = useState<string>();
  useEffect(() => {
    if (!isDirty) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    const click = (event: MouseEvent): void => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
      const isElsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0;
      if (link === null || isElsewhere || link.target === "_blank" || link.origin !== location.origin) return;
      if (link.pathname === location.pathname) return;
      event.preventDefault();
      event.stopPropagation();
      setTo(link.pathname + link.search);
    };
    addEventListener("beforeunload", ask);
    // Before React hears of it, and with it the link.
    document.addEventListener("click", click, true);
    return () => {
      removeEventListener("beforeunload", ask);
      document.removeEventListener("click", click, true);
    };
  }, [isDirty]);
  return { to, stay: () => setTo(undefined) };
}

function keyOf(name: string): string {
  return `bongsu.rotation.${name}`;
}

/** Rows of before were counted from one as well. */
function withFreshKeys(draft: RotationDraft): RotationDraft {
  const fresh = <T>(rows: readonly T[]): readonly T[] => rows.map((row) => ({ ...row, key: freshKey() }));
  return {
    ...draft,
    lengths: fresh(draft.lengths),
    hours: fresh(draft.hours),
    turns: fresh(draft.turns).map((turn) => ({ ...turn, seats: fresh(turn.seats) })),
  };
}

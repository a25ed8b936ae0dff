import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from "react";
import { MeContext } from "../api/me.ts";
import { DEFAULT_KEYS, type KeyName } from "./shortcuts.ts";

type Handler = (event: KeyboardEvent) => void;
type Registered = { readonly current: Handler };
type Register = (name: KeyName, handler: Registered, whose: "page" | "shell") => () => void;

const KeysContext = createContext<Register>(() => () => {});

export function chordOf(event: KeyboardEvent): string {
  const parts = [
    event.metaKey || event.ctrlKey ? "Mod" : "",
    event.altKey ? "Alt" : "",
    event.shiftKey ? "Shift" : "",
    event.code,
  ];
  return parts.filter((part) => part !== "").join("+");
}

/** `⌘K`, `Ctrl+K`, `?`: as it stands on the keyboard. */
export function chordText(chord: string): string {
  const mac = /Mac|iPhone|iPad/.test(navigator.platform);
  if (chord === "Shift+Slash") return "?";
  return chord
    .replace("Mod+", mac ? "⌘" : "Ctrl+")
    .replace("Shift+", mac ? "⇧" : "Shift+")
    .replace("Alt+", mac ? "⌥" : "Alt+")
    .replace(/Key([A-Z])$/, "$1")
    .replace(/Digit(\d)$/, "$1")
    .replace("Slash", "/")
    .replace("Period", ".")
    .replace("Comma", ",")
    .replace("BracketLeft", "[")
    .replace("BracketRight", "]");
}

/** The chord of each shortcut as this reader has it; empty text where it is off. */
export function useKeys(): Readonly<Record<KeyName, string>> {
  const me = useContext(MeContext);
  const own = me?.signedIn === true ? me.preferences.keys : undefined;
  return useMemo(() => ({ ...DEFAULT_KEYS, ...own }), [own]);
}

/** While somebody writes, or an input method composes a syllable, keys are letters. */
function isWriting(event: KeyboardEvent): boolean {
  if (event.isComposing || event.keyCode === 229) return true;
  const { target } = event;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit)$/.test(target.type);
}

/** Enter and Space belong to whatever has the focus. */
function isOwnedByTarget(event: KeyboardEvent): boolean {
  if (event.code !== "Enter" && event.code !== "Space") return false;
  return event.target instanceof HTMLElement && event.target.closest("a, button, summary, [role='option']") !== null;
}

const GO_MS = 1_500;

export function KeysProvider({
  go,
  children,
}: {
  readonly go: (code: string) => boolean;
  readonly children: ReactNode;
}) {
  const keys = useKeys();
  const handlers = useRef(new Map<KeyName, readonly Registered[]>());
  /** When the first key of a jump was pressed; long ago while none was. */
  const going = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const chord = chordOf(event);
      if (event.defaultPrevented || (isWriting(event) && !chord.startsWith("Mod+"))) return;
      if (event.timeStamp - going.current < GO_MS && !chord.includes("+")) {
        going.current = Number.NEGATIVE_INFINITY;
        if (go(event.code)) event.preventDefault();
        return;
      }
      if (chord === keys.go) {
        going.current = event.timeStamp;
        return;
      }
      // A dialog has its own keys; those of the page below it rest.
      const inDialog = document.querySelector("dialog[open]") !== null;
      for (const [name, bound] of Object.entries(keys) as [KeyName, string][]) {
        if (bound === "" || bound !== chord || isOwnedByTarget(event) || (inDialog && name !== "palette")) continue;
        const handler = handlers.current.get(name)?.at(-1);
        if (handler === undefined) continue;
        event.preventDefault();
        handler.current(event);
        return;
      }
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [keys, go]);
  const register = useMemo<Register>(
    () => (name, handler, whose) => {
      // The page's own comes before the shell's, whichever of them was there first.
      const known = handlers.current.get(name) ?? [];
      handlers.current.set(name, whose === "page" ? [...known, handler] : [handler, ...known]);
      return () => {
        const left = handlers.current.get(name) ?? [];
        handlers.current.set(
          name,
          left.filter((one) => one !== handler),
        );
      };
    },
    [],
  );
  return <KeysContext value={register}>{children}</KeysContext>;
}

/**
 * Does something when the shortcut is pressed while this component is shown; `undefined` while it cannot be done. What the
 * shell does is done where the page has nothing of its own for the key.
 */
export function useKey(name: KeyName, run: Handler | undefined, whose: "page" | "shell" = "page"): void {
  const register = useContext(KeysContext);
  const latest = useRef<Handler>(() => {});
  latest.current = run ?? (() => {});
  const enabled = run !== undefined;
  useEffect(() => (enabled ? register(name, latest, whose) : undefined), [register, name, enabled, whose]);
}

/** The key to name in a tooltip, as `K` or `⌘K`; empty where it is off. */
export function useKeyText(name: KeyName): string {
  const chord = useKeys()[name];
  return chord === "" ? "" : chordText(chord);
}

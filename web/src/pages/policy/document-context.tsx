import { createContext, useContext } from "react";
import type { WireFinding } from "../../../../src/http/wire/policy.ts";
import type { Term } from "./glossary.ts";

/** What every part of the shown document knows: which line is meant, which are opened, and what was found. */
export type Shown = {
  readonly target: number | undefined;
  readonly opened: ReadonlySet<number>;
  readonly toggle: (line: number) => void;
  readonly findings: ReadonlyMap<string, WireFinding>;
  readonly terms: ReadonlyMap<number, readonly Term[]>;
};

export const ShownContext = createContext<Shown>({
  target: undefined,
  opened: new Set(),
  toggle: () => {},
  findings: new Map(),
  terms: new Map(),
});

export function useShown(): Shown {
  return useContext(ShownContext);
}

import type { Said } from "../locale/said.ts";

/** What is wrong with a document a human wrote, and where. An error refuses the whole new version. */
export type Diagnostic = {
  readonly level: "error" | "warning" | "info";
  /** Stable, kebab-case: `unknown-key`, `unreadable-duration`, ... */
  readonly code: string;
  readonly message: Said;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** The text as it stands there. */
  readonly found: string;
  readonly expected: Said;
};

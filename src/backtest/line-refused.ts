/** Why a line of a history cannot be read. */
export type LineProblem =
  | "not-json"
  | "not-an-object"
  | "too-long"
  | "no-time"
  | "bad-time"
  | "no-title"
  | "bad-status"
  | "bad-field"
  | "unknown-deed"
  | "told-twice";

/** Thrown while a line is read; the reader adds which line it was. */
export class LineRefused extends Error {
  readonly because: LineProblem;
  readonly facts: Readonly<Record<string, string>>;

  constructor(because: LineProblem, facts: Readonly<Record<string, string>> = {}) {
    super(because);
    this.because = because;
    this.facts = facts;
  }
}

import type { Inline } from "../../policy/document.ts";

/** A run of the document's text: the same for the reader as for the core. */
export type { Inline };

/** The policy as the API answers it. Sentences are in the language of the request, instants RFC 3339. */

export type WireDiagnostic = {
  readonly level: "error" | "warning" | "info";
  readonly code: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly found: string;
  readonly expected: string;
};

export type WireFinding = {
  /** Code and clause; what an answer names (`POST /api/v1/policies/mend`). */
  readonly id: string;
  readonly level: "error" | "warning" | "info";
  readonly code: string;
  readonly clause: string;
  /** 0 where the clause has no line. */
  readonly line: number;
  readonly message: string;
  readonly why: string;
  /** Text that would mend it, as an example. */
  readonly mend: string;
  /** What can be written into the document in answer, the proposed one first; null where the roster has to change. */
  readonly choices: readonly string[] | null;
};

export type CheckedPolicy = {
  /** The id that the text would have as a version. */
  readonly id: string;
  readonly file: string;
  readonly title: string;
  /** False where a diagnostic of level error refuses it. */
  readonly readable: boolean;
  readonly clauses: number;
  readonly diagnostics: readonly WireDiagnostic[];
  readonly findings: readonly WireFinding[];
};

export type MendedPolicy = {
  readonly text: string;
  readonly applied: readonly { readonly finding: string; readonly code: string; readonly choice: string }[];
  /** Answers that could not be written there. */
  readonly refused: readonly string[];
  readonly diagnostics: readonly WireDiagnostic[];
  /** What is left to find in the new text. */
  readonly findings: readonly WireFinding[];
};

export type PolicyVersionRow = {
  readonly id: string;
  readonly file: string;
  readonly activatedAt: string;
  readonly by: string;
  readonly current: boolean;
  /** Incidents that are triggered or acknowledged and keep this version. */
  readonly openIncidents: number;
};

export type PolicyVersions = { readonly policies: readonly PolicyVersionRow[] };

export type PolicyDraft = {
  /** 0 where there is none; what the next change of it has to name. */
  readonly revision: number;
  readonly text: string | null;
  readonly file: string | null;
  readonly by: string | null;
  readonly at: string | null;
};

export type ActivatedPolicy = {
  readonly id: string;
  readonly activatedAt: string;
  readonly accepted: readonly string[];
  /** True where it was in force already and nothing changed. */
  readonly unchanged: boolean;
};

export type WirePerson = { readonly id: string; readonly name: string };

/** What a clause is held against today. */
export type WireBinding = {
  readonly is:
    | "deadline"
    | "owner"
    | "team"
    | "staffing"
    | "shift"
    | "recipient"
    | "channel"
    | "checklist"
    | "watched"
    | "threshold"
    | "service"
    | "report-field"
    | "unwatched";
  /** `good`: what the line promises is there. `bad`: it is not. `plain`: neither. */
  readonly tone: "good" | "bad" | "plain";
  readonly text: string;
  /** The same in two or three words, for a margin. */
  readonly short: string;
  readonly people: readonly WirePerson[];
};

export type WireClause = {
  readonly id: string;
  readonly path: readonly string[];
  readonly text: string;
  readonly findings: readonly string[];
  /** What the document leaves open here and Bongsu fills in. */
  readonly defaults: readonly string[];
  readonly bindings: readonly WireBinding[];
};

export type SourceLine = { readonly line: number; readonly text: string; readonly clauses: readonly WireClause[] };

export type DocumentBlock =
  | {
      readonly is: "heading";
      readonly line: number;
      readonly depth: number;
      /** Unique in the document; what a link within the page names. */
      readonly id: string;
      readonly children: readonly Inline[];
    }
  | { readonly is: "paragraph"; readonly line: number; readonly children: readonly Inline[] }
  | {
      readonly is: "list";
      readonly line: number;
      readonly ordered: boolean;
      readonly start: number;
      readonly items: readonly {
        readonly line: number;
        readonly blocks: readonly DocumentBlock[];
        readonly clauses: readonly WireClause[];
      }[];
    }
  | { readonly is: "quote"; readonly line: number; readonly blocks: readonly DocumentBlock[] }
  | { readonly is: "code"; readonly line: number; readonly lang: string; readonly text: string }
  | {
      readonly is: "table";
      readonly line: number;
      readonly head: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    }
  | { readonly is: "rule"; readonly line: number }
  /** A fenced block that Bongsu reads, line by line as it stands. */
  | { readonly is: "program"; readonly line: number; readonly lines: readonly SourceLine[] };

export type PolicyDocument = {
  readonly id: string;
  readonly file: string;
  readonly title: string;
  /** The language that the document is written in. */
  readonly locale: "ko" | "en";
  readonly text: string;
  readonly current: boolean;
  readonly activatedAt: string;
  readonly by: string;
  /** Most severe first. */
  readonly grades: readonly string[];
  readonly services: readonly string[];
  readonly blocks: readonly DocumentBlock[];
  readonly glossary: readonly { readonly term: string; readonly meaning: string }[];
  readonly diagnostics: readonly WireDiagnostic[];
  readonly findings: readonly WireFinding[];
};

export type DiffPart = { readonly is: "same" | "added" | "removed"; readonly text: string };

/** One row of the two texts side by side: a line on either side, or on both. */
export type DiffRow = {
  readonly is: "same" | "changed" | "added" | "removed";
  readonly left: { readonly line: number; readonly parts: readonly DiffPart[] } | null;
  readonly right: { readonly line: number; readonly parts: readonly DiffPart[] } | null;
};

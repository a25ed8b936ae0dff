import type { ClauseRef } from "./incident.ts";

/** `GET /api/v1/incidents/:number/report`: the report as far as the record can write it, in the document's own fields. */
export type ReportDraft = {
  readonly number: number;
  readonly title: string;
  readonly grade: string;
  readonly gradeRank: number;
  /** RFC 3339: until when the record is in it. */
  readonly at: string;
  readonly policy: { readonly id: string; readonly title: string };
  readonly sections: readonly {
    readonly title: string;
    readonly fields: readonly {
      readonly title: string;
      /** The line of the document that demands it; null where the document has no report. */
      readonly clause: ClauseRef | null;
      readonly lines: readonly {
        readonly at: string | null;
        readonly text: string;
        readonly details: readonly string[];
      }[];
      /** What people have to write; null where the record is the answer. */
      readonly toWrite: string | null;
    }[];
  }[];
  /** The same as CommonMark, to go on writing in. */
  readonly markdown: string;
};

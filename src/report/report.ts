import type { Said } from "../locale/said.ts";
import type { ClauseId } from "../policy/policy.ts";
import type { Instant } from "../time/instant.ts";

/** Something that the record of the incident says of a field. */
export type ReportLine = { readonly at?: Instant; readonly text: Said; readonly details: readonly Said[] };

export type ReportField = {
  readonly title: Said;
  /** The line of the document that demands it; none where the document has no report and ours is taken. */
  readonly clause?: ClauseId;
  readonly lines: readonly ReportLine[];
  /** What people have to write, for the record does not know it; undefined where the record is the answer. */
  readonly toWrite?: Said;
};

export type ReportSection = {
  readonly title: Said;
  readonly clause?: ClauseId;
  readonly fields: readonly ReportField[];
};

/** 장애 보고서, as far as the record can write it: the document's own sections and fields, in its order. */
export type Report = readonly ReportSection[];

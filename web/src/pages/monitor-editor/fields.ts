import type { Unit } from "../../../../src/metric/metric.ts";
import type { DraftField, RuleDraft } from "./rule-draft.ts";

/** What every part of the form gets: the draft, how to change it, and what is wrong with a field, in words. */
export type FieldsProps = {
  readonly draft: RuleDraft;
  readonly onChange: (change: Partial<RuleDraft>) => void;
  readonly problem: (field: DraftField, key?: number) => string | undefined;
  readonly isFixed: boolean;
  /** What the metric is measured in. */
  readonly unit: Unit;
  /** Most severe first. */
  readonly grades: readonly string[];
};

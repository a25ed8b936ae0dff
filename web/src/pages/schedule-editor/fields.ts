import type { DraftField, RotationDraft } from "./rotation-draft.ts";

/** What every part of the form gets: the draft, how to change it, and what is wrong with a field, in words. */
export type FieldsProps = {
  readonly draft: RotationDraft;
  readonly onChange: (change: Partial<RotationDraft>) => void;
  readonly problem: (field: DraftField, key?: number) => string | undefined;
  readonly isFixed: boolean;
};

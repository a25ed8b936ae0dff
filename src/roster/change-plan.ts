import { exceptionsOf, isOfFile } from "./edit-schedule.ts";
import type { DeclaredItem } from "./read-roster.ts";

/** A fact as it is stored. */
export type StoredItem = {
  readonly kind: string;
  readonly id: string;
  readonly data: unknown;
  readonly managedBy?: string;
};

export type ChangePlan = {
  readonly create: readonly DeclaredItem[];
  readonly update: readonly { readonly item: DeclaredItem; readonly before: unknown }[];
  /** What this file declared before and no longer does, and exceptions made here that name somebody who goes with it. */
  readonly remove: readonly StoredItem[];
  readonly unchanged: number;
  /** What another file (or a person) manages: a file never takes over what is not its own. */
  readonly refused: readonly { readonly item: DeclaredItem; readonly managedBy: string | undefined }[];
};

/** What applying a file would change. Pure; applying the same file twice changes nothing the second time. */
export function planChange(stored: readonly StoredItem[], declared: readonly DeclaredItem[], file: string): ChangePlan {
  const byKey = new Map(stored.map((item) => [`${item.kind}/${item.id}`, item]));
  const create: DeclaredItem[] = [];
  const update: { item: DeclaredItem; before: unknown }[] = [];
  const refused: { item: DeclaredItem; managedBy: string | undefined }[] = [];
  let unchanged = 0;
  for (const item of declared) {
    const known = byKey.get(`${item.kind}/${item.id}`);
    if (known === undefined) create.push(item);
    else if (known.managedBy !== file) refused.push({ item, managedBy: known.managedBy });
    else if (JSON.stringify(known.data) === JSON.stringify(item.data)) unchanged++;
    else update.push({ item, before: known.data });
  }
  const wanted = new Set(declared.map(({ kind, id }) => `${kind}/${id}`));
  const dropped = stored.filter(({ kind, id, managedBy }) => managedBy === file && !wanted.has(`${kind}/${id}`));
  const gone = new Set(dropped.filter(({ kind }) => kind === "person").map(({ id }) => id));
  // Left behind they would be errors of every later change: nobody can read a leave of nobody.
  const orphans = exceptionsOf(stored, gone).filter(({ managedBy }) => !isOfFile(managedBy));
  const remove = [...dropped, ...orphans];
  return { create, update, remove, unchanged, refused };
}

import { basename } from "node:path";
import { channels } from "../notify/registry.ts";
import type { Diagnostic } from "../policy/diagnostic.ts";
import { type ChangePlan, planChange } from "../roster/change-plan.ts";
import { readRoster } from "../roster/read-roster.ts";
import type { Store } from "../store/store.ts";
import { systemClock } from "../time/system-clock.ts";
import { readTextFile } from "./program.ts";

export type Applied =
  | { readonly is: "refused"; readonly diagnostics: readonly Diagnostic[] }
  | { readonly is: "planned" | "applied"; readonly plan: ChangePlan };

/** Reads a roster file and brings the store in line with it; `dry` only says what would change. */
export async function applyRoster(store: Store, file: string, dry = false): Promise<Applied> {
  const { items, diagnostics } = readRoster({ file, text: readTextFile(file) });
  if (items === undefined) return { is: "refused", diagnostics };
  // A channel's settings are checked by the channel; a secret that cannot be read is told now and not at 3 a.m.
  for (const item of items) if (item.kind === "channel") channels.get(item.data.kind)?.parse(item.data.settings);
  const managedBy = basename(file);
  const plan = planChange(await store.rosterItems(), items, managedBy);
  const nothing = plan.create.length + plan.update.length + plan.remove.length === 0;
  if (dry) return { is: "planned", plan };
  if (plan.refused.length > 0 || nothing) return { is: plan.refused.length > 0 ? "planned" : "applied", plan };
  const updatedAt = systemClock.now();
  const put = [...plan.create, ...plan.update.map(({ item }) => item)].map(({ kind, id, data }) => ({
    kind,
    id,
    data,
    managedBy,
    updatedAt,
  }));
  const remove = plan.remove.map(({ kind, id }) => ({ kind: kind as (typeof put)[number]["kind"], id }));
  await store.changeRoster(put, remove, updatedAt);
  const facts = {
    file: managedBy,
    created: plan.create.length,
    updated: plan.update.length,
    removed: plan.remove.length,
  };
  await store.appendAudit([{ at: updatedAt, by: "bongsu apply", action: "roster.applied", facts }]);
  return { is: "applied", plan };
}

import { basename } from "node:path";
import { collectors } from "../collect/registry.ts";
import { Fault } from "../fault/fault.ts";
import type { Said } from "../locale/said.ts";
import type { Target } from "../monitor/target.ts";
import { withStoredSecrets } from "../monitor/target-secrets.ts";
import { channels } from "../notify/registry.ts";
import type { Diagnostic } from "../policy/diagnostic.ts";
import { readPolicy } from "../policy/read-policy.ts";
import { dependencyFindings, monitorFindings } from "../proof/monitor-findings.ts";
import { type ChangePlan, planChange } from "../roster/change-plan.ts";
import { type DeclaredItem, readRoster } from "../roster/read-roster.ts";
import { rosterOf } from "../roster/roster-of.ts";
import type { RosterItem, Store } from "../store/store.ts";
import { systemClock } from "../time/system-clock.ts";
import { readTextFile } from "./read-files.ts";

export type Applied =
  | { readonly is: "refused"; readonly diagnostics: readonly Diagnostic[] }
  | {
      readonly is: "planned" | "applied";
      readonly plan: ChangePlan;
      /** What of it does nothing: rules that cannot fire, dependencies on what nothing is called. */
      readonly warnings: readonly Said[];
    };

type DeclaredTarget = Extract<DeclaredItem, { readonly kind: "target" }>;

/** Reads a roster file and brings the store in line with it; `dry` only says what would change. */
export async function applyRoster(store: Store, file: string, dry = false): Promise<Applied> {
  const { items: declared, diagnostics } = readRoster({ file, text: readTextFile(file) });
  if (declared === undefined) return { is: "refused", diagnostics };
  const stored = await store.rosterItems();
  const items = declared.map((item) => (item.kind === "target" ? checkedTarget(item, stored) : item));
  // A channel's settings are checked by the channel; a secret that cannot be read is told now and not at 3 a.m.
  for (const item of items) if (item.kind === "channel") channels.get(item.data.kind)?.parse(item.data.settings);
  const managedBy = basename(file);
  const plan = planChange(stored, items, managedBy);
  const nothing = plan.create.length + plan.update.length + plan.remove.length === 0;
  const warnings = await warningsOf(store, stored, items);
  if (dry) return { is: "planned", plan, warnings };
  if (plan.refused.length > 0 || nothing)
    return { is: plan.refused.length > 0 ? "planned" : "applied", plan, warnings };
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
  return { is: "applied", plan, warnings };
}

/** Held against the policy in force, where there is one; `bongsu check` says the same of a file before that. */
async function warningsOf(
  store: Store,
  stored: readonly RosterItem[],
  items: readonly DeclaredItem[],
): Promise<readonly Said[]> {
  const version = await store.currentPolicy();
  const policy = version === undefined ? undefined : readPolicy(version).policy;
  if (policy === undefined) return [];
  const declared = new Set(items.map(({ kind, id }) => `${kind} ${id}`));
  const roster = rosterOf([...stored.filter(({ kind, id }) => !declared.has(`${kind} ${id}`)), ...items]);
  const found = [...monitorFindings(policy, roster.monitors), ...dependencyFindings(policy, roster)];
  return found.filter(({ level }) => level !== "info").map(({ message }) => message);
}

/** With the secrets that an export left out, and read once as its collector will read it. */
function checkedTarget(item: DeclaredTarget, stored: readonly RosterItem[]): DeclaredTarget {
  const known = stored.find(({ kind, id }) => kind === "target" && id === item.id)?.data as Target | undefined;
  const before = known?.collector === item.data.collector ? known.settings : {};
  try {
    const data = { ...item.data, settings: withStoredSecrets(item.data.settings, before) };
    openOnce(data);
    return { ...item, data };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new Fault("target-refused", { target: item.id, ...error.facts, because: error.code }, error);
  }
}

function openOnce({ collector, settings }: Target): void {
  try {
    void collectors.get(collector)?.open(settings).close();
  } catch (error) {
    // Its secrets are on the machine that will run it, which need not be this one.
    if (!(error instanceof Fault && error.code === "secret-unreadable")) throw error;
  }
}

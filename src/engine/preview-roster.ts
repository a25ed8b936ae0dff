import type { Locale } from "../locale/said.ts";
import type { Policy } from "../policy/policy.ts";
import type { Finding } from "../proof/finding.ts";
import { edited, type RosterEdit } from "../roster/edit-roster.ts";
import type { Roster } from "../roster/roster.ts";
import { rosterOf } from "../roster/roster-of.ts";
import { touchedTeams } from "../roster/touched-teams.ts";
import type { Queries, RosterItem } from "../store/store.ts";
import { canonical, findingsAnew, policyInForce } from "./change-roster.ts";
import type { Engine } from "./engine.ts";

export type RosterPreview = {
  readonly policy: Policy | undefined;
  readonly before: Roster;
  readonly after: Roster;
  readonly teams: readonly string[];
  /** What `bongsu check` would find anew, and what it would no longer find. */
  readonly found: readonly Finding[];
  readonly mended: readonly Finding[];
};

/** What a change of the roster would make of it; writes nothing. Fault `roster-refused` where it would be refused. */
export async function previewRoster(
  engine: Engine,
  queries: Queries,
  wish: { readonly edit: (items: readonly RosterItem[]) => RosterEdit; readonly locale: Locale },
): Promise<RosterPreview> {
  const items = await queries.rosterItems();
  const wanted = wish.edit(items);
  const edit = { ...wanted, put: canonical(items, wanted, wish.locale) };
  const after = edited(items, edit);
  const rosters = { before: rosterOf(items), after: rosterOf(after) };
  const policy = await policyInForce(engine, queries);
  return {
    policy,
    ...rosters,
    teams: touchedTeams(items, edit, rosters),
    found: policy === undefined ? [] : findingsAnew(engine, policy, items, after),
    mended: policy === undefined ? [] : findingsAnew(engine, policy, after, items),
  };
}

import type { Locale } from "../locale/said.ts";
import type { Policy } from "../policy/policy.ts";
import type { Finding } from "../proof/finding.ts";
import { edited, type RosterEdit } from "../roster/edit-roster.ts";
import type { Roster } from "../roster/roster.ts";
import { rosterOf } from "../roster/roster-of.ts";
import { touchedTeams } from "../roster/touched-teams.ts";
import type { RosterItem } from "../store/store.ts";
import { canonical } from "./change-roster.ts";
import { comparedFindings, policyInForce, type RosterEngine } from "./roster-findings.ts";

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
  engine: RosterEngine,
  wish: {
    readonly edit: (items: readonly RosterItem[]) => RosterEdit;
    readonly locale: Locale;
    /** False: what check finds is not asked for. */
    readonly withFindings: boolean;
  },
): Promise<RosterPreview> {
  const { items, revision, policy } = await engine.ports.store.transaction(async (queries) => ({
    items: await queries.rosterItems(),
    revision: await queries.rosterRevision(),
    policy: await policyInForce(engine, queries),
  }));
  const wanted = wish.edit(items);
  const edit = { ...wanted, put: canonical(items, wanted, wish.locale) };
  const rosters = { before: rosterOf(items), after: rosterOf(edited(items, edit)) };
  const teams = touchedTeams(items, edit, rosters);
  if (policy === undefined || !wish.withFindings) return { policy, ...rosters, teams, found: [], mended: [] };
  const { found, mended } = await comparedFindings(engine, policy, { revision, ...rosters });
  return { policy, ...rosters, teams, found, mended };
}

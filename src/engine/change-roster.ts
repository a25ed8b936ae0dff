import { Fault } from "../fault/fault.ts";
import { timeText } from "../locale/page.ts";
import type { Locale } from "../locale/said.ts";
import { scheduleSaid } from "../locale/schedule.ts";
import type { Diagnostic } from "../policy/diagnostic.ts";
import { changesOfEdit, newGaps } from "../roster/duty-changes.ts";
import { edited, keyOf, type RosterEdit, readEdited } from "../roster/edit-roster.ts";
import type { Person } from "../roster/roster.ts";
import { type RosterFact, rosterOf } from "../roster/roster-of.ts";
import type { Queries, RosterItem } from "../store/store.ts";
import type { Instant } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import { comparedFindings, policyInForce, type RosterEngine } from "./roster-findings.ts";

const TRIES_MAX = 5;

export type RosterWish = {
  /** What to change, from the rows as they are now; asked again where somebody else was quicker. */
  readonly edit: (items: readonly RosterItem[], queries: Queries) => RosterEdit | Promise<RosterEdit>;
  /** Where the schedule changes: a team that then has a gap in it, and had none, asks first too. */
  readonly felt?: () => Interval | undefined;
  /** Written with it or not at all: runs in the same transaction, and a Fault of it undoes everything. */
  readonly together?: (queries: Queries, at: Instant) => Promise<void>;
  readonly by: string;
  readonly locale: Locale;
  /** The change is meant although the policy then reaches somebody less. */
  readonly confirmed: boolean;
  /** The calendar that what is put comes from; nobody, where people put it. */
  readonly managedBy?: string;
  /** For the audit log; `roster.changed` where nothing else is said. */
  readonly action?: string;
  readonly facts: Readonly<Record<string, unknown>>;
};

/**
 * The way in which people change the roster: the would-be roster is read by the reader of roster files and held against
 * the policy before anything is written. Fault `roster-refused` with diagnostics, `needs-confirmation` with the errors
 * that `bongsu check` would find anew and the people whom the change concerns.
 */
export async function changeRoster(engine: RosterEngine, wish: RosterWish): Promise<readonly RosterFact[]> {
  const { store, clock } = engine.ports;
  for (let attempt = 1; ; attempt++) {
    const judged = wish.confirmed ? undefined : await demandConfirmation(engine, wish);
    const changed = await store
      .transaction(async (queries) => {
        const revision = await queries.rosterRevision();
        // It was held against the policy as something else.
        if (judged !== undefined && judged !== revision) throw new RosterOvertaken();
        const items = await queries.rosterItems();
        const edit = await wish.edit(items, queries);
        if (edit.put.length + edit.remove.length === 0) return [];
        const put = canonical(items, edit, wish.locale);
        const updatedAt = clock.now();
        const rows = put.map(({ kind, id, data }) => ({
          kind: kind as RosterItem["kind"],
          id,
          data,
          updatedAt,
          ...(wish.managedBy === undefined ? {} : { managedBy: wish.managedBy }),
        }));
        const remove = edit.remove.map(({ kind, id }) => ({ kind: kind as RosterItem["kind"], id }));
        // Between the reading and here somebody else changed something: nothing of this is kept, and it is done again.
        if ((await queries.changeRoster(rows, remove, updatedAt)) !== revision + 1) throw new RosterOvertaken();
        await wish.together?.(queries, updatedAt);
        await queries.appendAudit([
          { at: updatedAt, by: wish.by, action: wish.action ?? "roster.changed", facts: wish.facts },
        ]);
        return put;
      })
      .catch((error: unknown) => {
        if (error instanceof RosterOvertaken && attempt < TRIES_MAX) return undefined;
        throw error;
      });
    if (changed !== undefined) return changed;
  }
}

class RosterOvertaken extends Error {}

/** The facts to be written, as the reader reads them. A channel's settings are the channel's to judge. */
export function canonical(items: readonly RosterItem[], edit: RosterEdit, locale: Locale): readonly RosterFact[] {
  const { items: read, diagnostics } = readEdited(edited(items, edit));
  if (read === undefined)
    throw new Fault("roster-refused", { diagnostics: diagnostics.map((one) => diagnosticIn(one, locale)) });
  const byKey = new Map<string, RosterFact>(read.map((item) => [keyOf(item), item]));
  return edit.put.map((fact) => {
    const found = fact.kind === "channel" ? undefined : byKey.get(keyOf(fact));
    return { kind: fact.kind, id: fact.id, data: (found ?? fact).data };
  });
}

/** Answers the revision that the change was judged by. Nothing is locked meanwhile, for a proof takes its time. */
async function demandConfirmation(engine: RosterEngine, { edit: wanted, locale, felt }: RosterWish): Promise<number> {
  const { items, revision, policy, edit } = await engine.ports.store.transaction(async (queries) => {
    const rows = await queries.rosterItems();
    return {
      items: rows,
      revision: await queries.rosterRevision(),
      policy: await policyInForce(engine, queries),
      edit: await wanted(rows, queries),
    };
  });
  if (edit.put.length + edit.remove.length === 0) return revision;
  const whole = { ...edit, put: canonical(items, edit, locale) };
  const gaps = gapFindings(engine, items, whole, { felt: felt?.(), locale });
  const rosters = { revision, before: rosterOf(items), after: rosterOf(edited(items, whole)) };
  const { found } = policy === undefined ? { found: [] } : await comparedFindings(engine, policy, rosters);
  const fresh = found.filter(({ level }) => level === "error");
  if (fresh.length + gaps.length === 0) return revision;
  const findings = fresh.map(({ code, clause, message, why, mend }) => ({
    code,
    clause,
    message: message[locale],
    why: why[locale],
    mend: mend[locale],
  }));
  throw new Fault("needs-confirmation", {
    findings: [...gaps, ...findings],
    affected: concerned(items, whole),
  });
}

/** The first gaps that the edit would tear into the schedule, as `check` words its findings. */
function gapFindings(
  { ports }: RosterEngine,
  items: readonly RosterItem[],
  edit: RosterEdit,
  { felt, locale }: { readonly felt: Interval | undefined; readonly locale: Locale },
): readonly object[] {
  if (felt === undefined) return [];
  const future = { start: Math.max(felt.start, ports.clock.now()), end: felt.end };
  const time = (at: Instant): string => timeText(at, ports.settings.zone, locale);
  return newGaps(changesOfEdit(items, edit, future))
    .slice(0, GAPS_MAX)
    .map(({ team, start, end }) => ({
      code: "schedule-gap",
      clause: "",
      message: scheduleSaid.gap({ team, from: time(start), to: time(end) })[locale],
      why: scheduleSaid.gapWhy()[locale],
      mend: scheduleSaid.gapMend()[locale],
    }));
}

/** Named in one question: after so many nobody reads on. */
const GAPS_MAX = 10;

/** The names of those who are in what is changed or removed. */
function concerned(items: readonly RosterItem[], { put, remove }: RosterEdit): readonly string[] {
  const keys = new Set([...put, ...remove].map(keyOf));
  const touched = [...items.filter((item) => keys.has(keyOf(item))), ...put];
  const people = new Map(items.flatMap(({ kind, id, data }) => (kind === "person" ? [[id, data as Person]] : [])));
  const names = new Set<string>();
  for (const { kind, id, data } of touched) {
    const { members = [], participants = [] } = data as {
      readonly members?: readonly (string | { readonly person: string })[];
      readonly participants?: readonly (readonly string[])[];
    };
    const ids =
      kind === "person"
        ? [id]
        : [...members.map((member) => (typeof member === "string" ? member : member.person)), ...participants.flat()];
    for (const one of ids) names.add(people.get(one)?.name ?? one);
  }
  return [...names].slice(0, 50);
}

function diagnosticIn({ code, message, found, expected }: Diagnostic, locale: Locale): object {
  return { code, message: message[locale], found, expected: expected[locale] };
}

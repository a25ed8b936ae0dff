import { Fault } from "../fault/fault.ts";
import { timeText } from "../locale/page.ts";
import type { Locale } from "../locale/said.ts";
import { scheduleSaid } from "../locale/schedule.ts";
import type { Diagnostic } from "../policy/diagnostic.ts";
import type { Policy } from "../policy/policy.ts";
import type { Finding } from "../proof/finding.ts";
import { findingsOf } from "../proof/findings.ts";
import { changesOfEdit, newGaps } from "../roster/duty-changes.ts";
import { edited, keyOf, type RosterEdit, readEdited } from "../roster/edit-roster.ts";
import type { Person } from "../roster/roster.ts";
import { type RosterFact, rosterOf } from "../roster/roster-of.ts";
import type { Queries, RosterItem } from "../store/store.ts";
import type { Instant } from "../time/instant.ts";
import { type Interval, minus } from "../time/interval.ts";
import type { Engine } from "./engine.ts";
import { driversOf } from "./ports.ts";

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

/** What of the engine it takes: duties have it too. */
export type RosterEngine = Pick<Engine, "ports" | "knowledge">;

/**
 * The way in which people change the roster: the would-be roster is read by the reader of roster files and held against
 * the policy before anything is written. Fault `roster-refused` with diagnostics, `needs-confirmation` with the errors
 * that `bongsu check` would find anew and the people whom the change concerns.
 */
export async function changeRoster(engine: RosterEngine, wish: RosterWish): Promise<readonly RosterFact[]> {
  const { store, clock } = engine.ports;
  for (let attempt = 1; ; attempt++) {
    const changed = await store
      .transaction(async (queries) => {
        const revision = await queries.rosterRevision();
        const items = await queries.rosterItems();
        const edit = await wish.edit(items, queries);
        if (edit.put.length + edit.remove.length === 0) return [];
        const put = canonical(items, edit, wish.locale);
        if (!wish.confirmed) await demandConfirmation(engine, queries, items, { ...edit, put }, wish);
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

async function demandConfirmation(
  engine: RosterEngine,
  queries: Queries,
  items: readonly RosterItem[],
  edit: RosterEdit,
  { locale, felt }: RosterWish,
): Promise<void> {
  const gaps = gapFindings(engine, items, edit, { felt: felt?.(), locale });
  const policy = await policyInForce(engine, queries);
  const all = policy === undefined ? [] : findingsAnew(engine, policy, items, edited(items, edit));
  const fresh = all.filter(({ level }) => level === "error");
  if (fresh.length + gaps.length === 0) return;
  const findings = fresh.map(({ code, clause, message, why, mend }) => ({
    code,
    clause,
    message: message[locale],
    why: why[locale],
    mend: mend[locale],
  }));
  throw new Fault("needs-confirmation", {
    findings: [...gaps, ...findings],
    affected: concerned(items, edit),
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

/** What `bongsu check` finds in one roster and not in the other. */
function findingsAnew(
  { ports }: RosterEngine,
  policy: Policy,
  before: readonly RosterFact[],
  after: readonly RosterFact[],
): readonly Finding[] {
  const { channels, clock, settings } = ports;
  const facts = { drivers: driversOf(channels), at: clock.now(), zone: settings.zone };
  const known = findingsOf(policy, rosterOf(before), facts);
  return findingsOf(policy, rosterOf(after), facts).filter((finding) => !known.some((one) => contains(one, finding)));
}

export async function policyInForce({ knowledge }: RosterEngine, queries: Queries): Promise<Policy | undefined> {
  const version = await queries.currentPolicy();
  return version === undefined ? undefined : knowledge.policy(queries, version.id);
}

/** Whether all that a finding says was found before. What holds only for a time is known where all of that time was. */
export function contains(known: Finding, finding: Finding): boolean {
  if (known.code !== finding.code || known.clause !== finding.clause) return false;
  if (known.during === undefined || finding.during === undefined) return known.message.en === finding.message.en;
  const { during } = known;
  return finding.during.every((interval) => minus(interval, during).length === 0);
}

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

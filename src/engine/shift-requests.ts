import { Fault } from "../fault/fault.ts";
import { randomText } from "../id/chance.ts";
import { asId } from "../id/id.ts";
import { timeText } from "../locale/page.ts";
import type { Locale, Said } from "../locale/said.ts";
import { scheduleSaid as said, scheduleRefusalSaid } from "../locale/schedule.ts";
import { changesOfEdit, type DutyChange } from "../roster/duty-changes.ts";
import { acceptedEdit } from "../roster/hand-over-shift.ts";
import type { PersonId, Roster } from "../roster/roster.ts";
import { rosterOf } from "../roster/roster-of.ts";
import {
  askedRequest,
  busyWith,
  candidates,
  endOf,
  expiryOf,
  type RotationPart,
  type ShiftRequest,
  whyNotAnswer,
} from "../roster/shift-request.ts";
import type { Queries } from "../store/store.ts";
import { DAY_MS, type Instant } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import { changeRoster } from "./change-roster.ts";
import type { Engine } from "./engine.ts";
import { tellQuietly } from "./notices.ts";
import type { Ports } from "./ports.ts";

/** That wait for an answer: more at once is no asking any more. */
const OPEN_MAX = 1_000;

export type Asker = { readonly by: string; readonly locale: Locale; readonly confirmed: boolean };

/**
 * Asks for a cover or a swap and tells the one asked, or everybody who may take it. Fault `schedule-refused` with the
 * reason, `needs-confirmation` where the one asked has a shift or leave at that time.
 */
export async function askForShift(
  engine: Engine,
  wish: Omit<ShiftRequest, "id" | "state" | "askedAt">,
  { by, locale, confirmed }: Asker,
): Promise<{ readonly request: ShiftRequest; readonly told: readonly PersonId[] }> {
  const { ports, duties } = engine;
  const at = ports.clock.now();
  const id = asId<"request">(`r${randomText(ports.chance, 10)}`);
  const asked = await ports.store.transaction(async (queries) => {
    const roster = rosterOf(await queries.rosterItems());
    const others = await queries.openShiftRequests();
    if (others.length >= OPEN_MAX) throw new Fault("conflict", { because: "too-many", most: OPEN_MAX });
    const found = askedRequest({ ...wish, id }, { roster, others, now: at });
    if ("no" in found) throw refusal(found.no, locale);
    const { request } = found;
    if (!confirmed && request.to !== undefined)
      demandFree(ports, roster, locale, [
        { person: request.to, part: request.part, given: request.give },
        ...(request.give === undefined ? [] : [{ person: request.from, part: request.give, given: request.part }]),
      ]);
    await queries.putShiftRequest(request);
    const people = request.to === undefined ? candidates(roster, request.part.rotation, request.from) : [request.to];
    const told = await tell(queries, ports, roster, people, request, "asked");
    await audit(queries, request, { at, by, action: "schedule.request-made" });
    return { request, told };
  });
  duties.nudge("deliver");
  duties.nudge("schedule");
  return asked;
}

/**
 * Answers a request. Accepting makes the overrides in the same transaction, and of two who accept at once one is told that
 * it is answered already. Faults as for asking, and those of a change of the roster.
 */
export async function answerShiftRequest(
  engine: Engine,
  id: ShiftRequest["id"],
  answer: "accept" | "decline" | "withdraw",
  who: Asker & { readonly person: PersonId | undefined; readonly mayEdit: boolean },
): Promise<{ readonly request: ShiftRequest; readonly changes: readonly DutyChange[] }> {
  const { ports, duties } = engine;
  const state = ({ accept: "accepted", decline: "declined", withdraw: "withdrawn" } as const)[answer];
  const read = async (queries: Queries, roster: Roster): Promise<ShiftRequest> => {
    const request = await queries.shiftRequest(id);
    if (request === undefined) throw new Fault("not-found", { request: id });
    const now = ports.clock.now();
    const no = whyNotAnswer(request, answer, { by: who.person, mayEdit: who.mayEdit, roster, now });
    if (no !== undefined) throw refusal(no, who.locale, { state: request.state });
    return request;
  };
  const write = async (queries: Queries, roster: Roster, request: ShiftRequest, at: Instant): Promise<ShiftRequest> => {
    const by = who.person === undefined ? {} : { answeredBy: who.person };
    const answered: ShiftRequest = { ...request, state, answeredAt: at, ...by };
    if (!(await queries.answerShiftRequest(answered))) throw refusal("already-answered", who.locale);
    const people = answer === "withdraw" ? (request.to === undefined ? [] : [request.to]) : [request.from];
    await tell(queries, ports, roster, people, answered, state);
    return answered;
  };
  const done =
    answer === "accept" && who.person !== undefined
      ? await accept(engine, who.person, who, { read, write })
      : await ports.store.transaction(async (queries) => {
          const roster = rosterOf(await queries.rosterItems());
          const at = ports.clock.now();
          const request = await write(queries, roster, await read(queries, roster), at);
          await audit(queries, request, { at, by: who.by, action: `schedule.request-${state}` });
          return { request, changes: [] };
        });
  duties.nudge("deliver");
  return done;
}

type Steps = {
  readonly read: (queries: Queries, roster: Roster) => Promise<ShiftRequest>;
  readonly write: (queries: Queries, roster: Roster, request: ShiftRequest, at: Instant) => Promise<ShiftRequest>;
};

async function accept(
  engine: Engine,
  person: PersonId,
  { by, locale, confirmed }: Asker,
  { read, write }: Steps,
): Promise<{ readonly request: ShiftRequest; readonly changes: readonly DutyChange[] }> {
  const { ports } = engine;
  const newId = (): ReturnType<Parameters<typeof acceptedEdit>[2]["newId"]> => asId(`o${randomText(ports.chance, 10)}`);
  const facts: Record<string, unknown> = {};
  let request: ShiftRequest | undefined;
  let roster: Roster | undefined;
  let changes: readonly DutyChange[] = [];
  await changeRoster(engine, {
    async edit(items, queries) {
      roster = rosterOf(items);
      request = await read(queries, roster);
      const { from, part, give } = request;
      if (!confirmed)
        demandFree(ports, roster, locale, [
          { person, part, given: give },
          ...(give === undefined ? [] : [{ person: from, part: give, given: part }]),
        ]);
      const found = acceptedEdit(request, person, { items, now: ports.clock.now(), newId });
      if ("no" in found) throw refusal(found.no, locale);
      changes = found.felt.flatMap((one) => changesOfEdit(items, found.edit, one));
      Object.assign(facts, auditFacts({ ...request, answeredBy: person }));
      return found.edit;
    },
    together: async (queries, at) => {
      request = await write(queries, roster as Roster, request as ShiftRequest, at);
    },
    by,
    locale,
    confirmed,
    action: "schedule.request-accepted",
    facts,
  });
  return { request: request as ShiftRequest, changes };
}

/** Those whose shift has begun and whom nobody answered: who asked still has it, and is told so. */
export async function expireShiftRequests(ports: Ports, at: Instant): Promise<{ expired: number; next?: Instant }> {
  const open = await ports.store.openShiftRequests();
  let expired = 0;
  for (const request of open.filter((one) => expiryOf(one) <= at)) {
    await ports.store.transaction(async (queries) => {
      const over: ShiftRequest = { ...request, state: "expired", answeredAt: at };
      if (!(await queries.answerShiftRequest(over))) return;
      const roster = rosterOf(await queries.rosterItems());
      await tell(queries, ports, roster, [request.from], over, "expired");
      await audit(queries, over, { at, by: "bongsu", action: "schedule.request-expired" });
      expired++;
    });
  }
  const waiting = open.map(expiryOf).filter((due) => due > at);
  return { expired, ...(waiting.length === 0 ? {} : { next: Math.min(...waiting) }) };
}

function refusal(because: string, locale: Locale, facts: Readonly<Record<string, unknown>> = {}): Fault {
  return new Fault("schedule-refused", { because, why: scheduleRefusalSaid(because)[locale], ...facts });
}

type Burden = { readonly person: PersonId; readonly part: RotationPart; readonly given: RotationPart | undefined };

/** Fault `needs-confirmation` where somebody would have two things at once; that may be meant. */
function demandFree(ports: Ports, roster: Roster, locale: Locale, burdens: readonly Burden[]): void {
  const time = (at: Instant): string => timeText(at, ports.settings.zone, locale);
  const nameOf = (person: PersonId): string => roster.people.get(person)?.name ?? person;
  const findings = burdens.flatMap(({ person, part, given }) =>
    busyWith(roster, person, part, given).map(({ start, end, rotation }) => ({
      code: rotation === undefined ? "on-leave" : "busy",
      clause: "",
      message: said.busy({ name: nameOf(person), rotation: rotation?.name, from: time(start), to: time(end) })[locale],
      why: said.busyWhy()[locale],
      mend: said.busyMend()[locale],
    })),
  );
  if (findings.length === 0) return;
  const affected = [...new Set(burdens.map(({ person }) => nameOf(person)))];
  throw new Fault("needs-confirmation", { findings: findings.slice(0, FINDINGS_MAX), affected });
}

const FINDINGS_MAX = 10;

/** What somebody wrote to a colleague stays between them. */
function auditFacts(request: ShiftRequest): Readonly<Record<string, unknown>> {
  const { note: _, ...facts } = request;
  return facts;
}

async function audit(
  queries: Queries,
  request: ShiftRequest,
  { at, by, action }: { readonly at: Instant; readonly by: string; readonly action: string },
): Promise<void> {
  await queries.appendAudit([{ at, by, action, facts: auditFacts(request) }]);
}

async function tell(
  queries: Queries,
  ports: Ports,
  roster: Roster,
  people: readonly PersonId[],
  request: ShiftRequest,
  what: ShiftRequest["state"],
): Promise<readonly PersonId[]> {
  const at = ports.clock.now();
  const link = `${ports.settings.publicUrl}/schedule?request=${request.id}`;
  const nameOf = (person: PersonId | undefined): string =>
    person === undefined ? "" : (roster.people.get(person)?.name ?? person);
  const partSaid = (part: RotationPart & Interval): Said => {
    const rotation = roster.rotations.get(part.rotation)?.name ?? part.rotation;
    const time = (locale: Locale): { from: string; to: string } => ({
      from: timeText(part.start, ports.settings.zone, locale),
      to: timeText(part.end, ports.settings.zone, locale),
    });
    return { ko: said.part({ rotation, ...time("ko") }).ko, en: said.part({ rotation, ...time("en") }).en };
  };
  const facts = {
    kind: request.kind,
    from: nameOf(request.from),
    by: nameOf(request.answeredBy ?? request.to),
    part: partSaid(request.part),
    give: request.give === undefined ? undefined : partSaid(request.give),
    note: request.note,
    until: {
      ko: timeText(expiryOf(request), ports.settings.zone, "ko"),
      en: timeText(expiryOf(request), ports.settings.zone, "en"),
    },
    link,
  };
  return tellQuietly(queries, ports, roster, people, {
    key: `${request.id}.${what}`,
    title: said.noticeTitle[what](facts),
    description: said.noticeText(what, facts),
    at,
    // What came of it is worth knowing for a day even where the shift is over.
    until: Math.max(at + DAY_MS, what === "asked" ? expiryOf(request) : endOf(request)),
  });
}

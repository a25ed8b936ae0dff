import type { FastifyInstance, FastifyRequest } from "fastify";
import { changeRoster } from "../../engine/change-roster.ts";
import { Fault } from "../../fault/fault.ts";
import { randomText } from "../../id/chance.ts";
import { asId } from "../../id/id.ts";
import { changesOfEdit, type DutyChange } from "../../roster/duty-changes.ts";
import type { RosterEdit } from "../../roster/edit-roster.ts";
import { endedException, isOfFile, leaveFrom, overrideFrom, stillToCome } from "../../roster/edit-schedule.ts";
import type { Holiday, Leave, Override } from "../../roster/roster.ts";
import { rosterOf } from "../../roster/roster-of.ts";
import type { RosterItem } from "../../store/store.ts";
import { DAY_MS } from "../../time/instant.ts";
import type { Interval } from "../../time/interval.ts";
import { callerName, demand, type HttpFacts, jsonBody, localeFor, may, personOf, textIn } from "../access.ts";
import { intervalIn, noteIn, refused } from "../read-schedule.ts";
import { shownChange, shownLeave, shownOverride } from "../show/shown-schedule.ts";
import type { ExceptionEnded, LeaveMade, OverrideMade } from "../wire/schedule.ts";

type ToItem = { Params: { id: string } };
type ToDay = { Params: { date: string } };
type Kind = "override" | "leave";

/** More that is still to come is no schedule any more. */
const EXCEPTIONS_MAX = 5_000;

/** Exceptions from the schedule: overrides, leave, and the company's holidays. */
export function scheduleChangeRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { clock, chance } = engine.ports;

  server.post(
    "/api/v1/schedule/overrides",
    may(facts, "roster.edit"),
    async (request, reply): Promise<OverrideMade> => {
      const body = jsonBody(request);
      const wish: Override = {
        id: asId(`o${randomText(chance, 10)}`),
        rotation: asId(textIn(body, "rotation")),
        person: asId(textIn(body, "person")),
        ...(body.instead === undefined ? {} : { instead: asId(textIn(body, "instead")) }),
        ...intervalIn(body, "start", "end"),
        ...noteIn(body),
      };
      let made = wish;
      const changes = await change(
        request,
        "override-made",
        (items) => {
          demandRoom(items, "override");
          const found = overrideFrom(wish, rosterOf(items), clock.now());
          if ("no" in found) throw refused(found.no, request);
          made = found.override;
          return { put: [{ kind: "override", id: wish.id, data: made }], remove: [] };
        },
        () => made,
      );
      reply.code(201);
      return { override: shownOverride({ data: made }), changes };
    },
  );

  server.post("/api/v1/schedule/leaves", may(facts, "schedule.own"), async (request, reply): Promise<LeaveMade> => {
    const body = jsonBody(request);
    const wish: Leave = {
      id: asId(`l${randomText(chance, 10)}`),
      person: asId(textIn(body, "person")),
      ...intervalIn(body, "start", "end"),
      ...noteIn(body),
    };
    demandOwn(request, wish.person);
    let made = wish;
    const changes = await change(
      request,
      "leave-taken",
      (items) => {
        demandRoom(items, "leave");
        const found = leaveFrom(wish, rosterOf(items), clock.now());
        if ("no" in found) throw refused(found.no, request);
        made = found.leave;
        return { put: [{ kind: "leave", id: wish.id, data: made }], remove: [] };
      },
      () => made,
    );
    reply.code(201);
    return { leave: shownLeave({ data: made }, () => true), changes };
  });

  for (const [kind, permission, path, action] of [
    ["override", "roster.edit", "overrides", "override-removed"],
    ["leave", "schedule.own", "leaves", "leave-ended"],
  ] as const) {
    server.delete<ToItem>(
      `/api/v1/schedule/${path}/:id`,
      may(facts, permission),
      async (request): Promise<ExceptionEnded> => {
        const { id } = request.params;
        let ended: Override | Leave | undefined;
        const changes = await change(
          request,
          action,
          (items) => {
            const item = itemNamed(items, kind, id);
            ended = item.data as Override | Leave;
            if (kind === "leave") demandOwn(request, ended.person);
            demandOurs(item, request);
            const edit = endedException(item, rosterOf(items), clock.now());
            if ("no" in edit) throw refused(edit.no, request);
            return edit;
          },
          () => ended,
        );
        return { ended: id, changes };
      },
    );
  }

  server.put<ToDay>("/api/v1/schedule/holidays/:date", may(facts, "roster.edit"), async (request): Promise<Holiday> => {
    const { date } = request.params;
    const body = jsonBody(request);
    if (!isDate(date)) throw new Fault("bad-request", { field: "date", expected: "a date such as 2026-12-24" });
    if (typeof body.off !== "boolean") throw new Fault("bad-request", { field: "off", expected: "true or false" });
    const holiday: Holiday = { date, name: textIn(body, "name").slice(0, NAME_LENGTH_MAX), off: body.off };
    await change(
      request,
      "holiday-set",
      (items) => {
        const item = items.find((one) => one.kind === "holiday" && one.id === date);
        if (item !== undefined) demandOurs(item, request);
        return { put: [{ kind: "holiday", id: date, data: holiday }], remove: [] };
      },
      () => around(date),
    );
    return holiday;
  });

  server.delete<ToDay>("/api/v1/schedule/holidays/:date", may(facts, "roster.edit"), async (request) => {
    const { date } = request.params;
    await change(
      request,
      "holiday-removed",
      (items) => {
        demandOurs(itemNamed(items, "holiday", date), request);
        return { put: [], remove: [{ kind: "holiday", id: date }] };
      },
      () => around(date),
    );
    return { removed: date };
  });

  /** Through the one way in which people change the roster; answers what it does to who is on duty. */
  async function change(
    request: FastifyRequest,
    action: string,
    plan: (items: readonly RosterItem[]) => RosterEdit,
    stretch: () => (Interval & { readonly note?: string }) | undefined,
  ): Promise<readonly ReturnType<typeof shownChange>[]> {
    let changes: readonly DutyChange[] = [];
    const felt = (): Interval | undefined => {
      const { start, end } = stretch() ?? {};
      return start === undefined || end === undefined ? undefined : stillToCome({ start, end }, clock.now());
    };
    const auditFacts: Record<string, unknown> = {};
    await changeRoster(engine, {
      edit(items) {
        const edit = plan(items);
        // What somebody is away for is nobody's business but theirs and their manager's: it is not in the log.
        const { note: _, ...said } = stretch() ?? {};
        const day = edit.put[0]?.data ?? edit.remove[0];
        Object.assign(auditFacts, action.startsWith("holiday") ? day : said);
        const interval = felt();
        if (interval !== undefined) changes = changesOfEdit(items, edit, interval);
        return edit;
      },
      felt,
      by: callerName(request),
      locale: localeFor(request),
      confirmed: jsonBody(request).confirm === true,
      action: `schedule.${action}`,
      facts: auditFacts,
    });
    return changes.map(shownChange);
  }

  function demandRoom(items: readonly RosterItem[], kind: Kind): void {
    const now = clock.now();
    const open = items.filter((item) => item.kind === kind && (item.data as Interval).end > now).length;
    if (open >= EXCEPTIONS_MAX) throw new Fault("conflict", { because: "too-many", most: EXCEPTIONS_MAX });
  }
}

const NAME_LENGTH_MAX = 100;

/** One's own leave, or anybody's for those who may edit the roster. */
function demandOwn(request: FastifyRequest, person: string): void {
  if (request.caller !== undefined && personOf(request) !== person) demand(request.caller, "roster.edit");
}

function itemNamed(items: readonly RosterItem[], kind: RosterItem["kind"], id: string): RosterItem {
  const item = items.find((one) => one.kind === kind && one.id === id);
  if (item === undefined) throw new Fault("not-found", { kind, id });
  return item;
}

function demandOurs({ kind, id, managedBy }: RosterItem, request: FastifyRequest): void {
  if (managedBy === undefined) return;
  if (!isOfFile(managedBy)) throw refused("from-calendar", request, { kind, id });
  throw new Fault("managed-by-file", { kind, id, file: managedBy });
}

function isDate(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}

/** The day in whatever zone, with the turn that it may begin. */
function around(date: string): Interval {
  const { epochMilliseconds } = Temporal.PlainDate.from(date).toZonedDateTime("UTC");
  return { start: epochMilliseconds - 2 * DAY_MS, end: epochMilliseconds + AROUND_DAYS * DAY_MS };
}

/** A rotation by the holiday counts on: its later turns go to others. A month shows whether somebody is missing. */
const AROUND_DAYS = 31;

import type { FastifyInstance } from "fastify";
import { previewRoster } from "../../engine/preview-roster.ts";
import { Fault } from "../../fault/fault.ts";
import type { Locale } from "../../locale/said.ts";
import type { Finding } from "../../proof/finding.ts";
import { both, type RosterEdit } from "../../roster/edit-roster.ts";
import { withoutRotation, withRotation } from "../../roster/edit-rotations.ts";
import type { Roster, Rotation } from "../../roster/roster.ts";
import { sameName } from "../../roster/same-name.ts";
import type { RosterItem } from "../../store/store.ts";
import { DAY_MS, type Instant } from "../../time/instant.ts";
import { common, type Interval } from "../../time/interval.ts";
import { type HttpFacts, jsonBody, localeFor, may } from "../access.ts";
import { intervalIn } from "../read-schedule.ts";
import { ROSTER_KINDS, teamsIn } from "../roster-data.ts";
import { EXCEPTION_KINDS } from "../schedule-data.ts";
import { shownTeamSchedule } from "../show/shown-schedule.ts";
import type { SchedulePreview, ShownScheduleFinding, ShownTeamSchedule } from "../wire/schedule.ts";

type Body = Readonly<Record<string, unknown>>;
type Put = { readonly kind: string; readonly id: string; readonly data: Body };

const FACTS_MAX = 50;
const PREVIEW_DAYS_MAX = 100;
const READERS: Readonly<Record<string, (id: string, body: Body) => unknown>> = {
  rotation: ROSTER_KINDS.rotations.read,
  team: ROSTER_KINDS.teams.read,
  ...EXCEPTION_KINDS,
};

/** `POST /api/v1/schedule/preview`: the schedule as it would be, from now on. What has been stays whatever is changed. */
export function schedulePreviewRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { clock } = engine.ports;

  server.post("/api/v1/schedule/preview", may(facts, "roster.read"), async (request): Promise<SchedulePreview> => {
    const body = jsonBody(request);
    const now = clock.now();
    const interval = aheadIn(body, now);
    const puts = listIn(body, "put").map(putIn);
    const removed = listIn(body, "remove").map(namedIn);
    const locale = localeFor(request);
    const edit = (items: readonly RosterItem[]): RosterEdit => editOf(items, puts, removed);
    const preview = await previewRoster(engine, { edit, locale, withFindings: body.findings !== false });
    const schedule = (roster: Roster): readonly ShownTeamSchedule[] =>
      preview.teams.map((name) => {
        const aroundTheClock =
          preview.policy?.teams.some((team) => sameName(team.name, name) && team.aroundTheClock) ?? false;
        return shownTeamSchedule([{ ...interval, roster }], { name, aroundTheClock }, { interval, now });
      });
    const shown = (finding: Finding): ShownScheduleFinding => shownFinding(finding, locale);
    return {
      before: schedule(preview.before),
      after: schedule(preview.after),
      found: preview.found.map(shown),
      mended: preview.mended.map(shown),
    };
  });
}

function editOf(items: readonly RosterItem[], puts: readonly Put[], removed: RosterEdit["remove"]): RosterEdit {
  let edit: RosterEdit = { put: [], remove: [] };
  for (const { kind, id } of removed)
    edit = both(edit, kind === "rotation" ? withoutRotation(items, id) : { put: [], remove: [{ kind, id }] });
  for (const { kind, id, data } of puts) {
    const read = READERS[kind]?.(id, data);
    const put = { put: [{ kind, id, data: read }], remove: [] };
    edit = both(edit, kind === "rotation" ? withRotation(items, read as Rotation, teamsIn(data)) : put);
  }
  return edit;
}

function shownFinding({ level, code, message, why, mend }: Finding, locale: Locale): ShownScheduleFinding {
  return { level, code, message: message[locale], why: why[locale], mend: mend[locale] };
}

/** What is asked for from now on: no preview changes what is over. */
function aheadIn(body: Body, now: Instant): Interval {
  const asked = intervalIn(body, "start", "end");
  const isShort = asked.end - asked.start <= PREVIEW_DAYS_MAX * DAY_MS;
  const ahead = isShort ? common(asked, { start: now, end: Number.POSITIVE_INFINITY }) : undefined;
  if (ahead === undefined)
    throw new Fault("bad-request", {
      field: "end",
      expected: `in the future, and after "start" by at most ${PREVIEW_DAYS_MAX} days`,
    });
  return ahead;
}

function listIn(body: Body, field: string): readonly unknown[] {
  const list = body[field] ?? [];
  if (!Array.isArray(list) || list.length > FACTS_MAX)
    throw new Fault("bad-request", { field, expected: `a list of at most ${FACTS_MAX} facts` });
  return list as readonly unknown[];
}

function namedIn(one: unknown): { readonly kind: string; readonly id: string } {
  const { kind, id } = (one ?? {}) as { kind?: unknown; id?: unknown };
  if (typeof kind !== "string" || !Object.hasOwn(READERS, kind) || typeof id !== "string" || id === "")
    throw new Fault("bad-request", { field: "kind", expected: `${Object.keys(READERS).join(" | ")}, and an id` });
  return { kind, id };
}

function putIn(one: unknown): Put {
  const named = namedIn(one);
  const { data } = one as { data?: unknown };
  if (typeof data !== "object" || data === null || Array.isArray(data))
    throw new Fault("bad-request", { field: "data", expected: "an object" });
  return { ...named, data: data as Body };
}

import type { FastifyInstance, FastifyRequest } from "fastify";
import { Fault } from "../../fault/fault.ts";
import { randomText } from "../../id/chance.ts";
import { type Instant, toIso } from "../../time/instant.ts";
import {
  activeAt,
  longestStretch,
  type Maintenance,
  nextOccurrences,
  type Occurrence,
} from "../../triage/maintenance.ts";
import { callerName, type HttpFacts, jsonBody, localeFor, may } from "../access.ts";
import { demandConfirmed, mutePreview } from "../mute-preview.ts";
import { maintenanceIn } from "../read-maintenance.ts";
import { mutedCounts } from "../show/shown-alert.ts";
import type { MaintenanceList, MaintenancePreview, MaintenanceRow, ShownOccurrence } from "../wire/maintenance.ts";

const NEXT_SHOWN = 5;
const WINDOWS_MAX = 500;

/** Maintenance windows: list with the next times, make, change, remove, and what one would mute. */
export function maintenanceRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, clock, chance, settings } = engine.ports;
  const read = may(facts, "alerts.read");
  const edit = may(facts, "maintenance.edit");

  const known = async (id: string): Promise<Maintenance> => {
    const window = (await store.maintenances()).find((one) => one.id === id);
    if (window === undefined) throw new Fault("not-found", { maintenance: id });
    return window;
  };
  const nameOf = ({ caller }: FastifyRequest): string =>
    caller?.kind === "account" ? caller.account.name : (caller?.token.name ?? "");
  const put = async (request: FastifyRequest, window: Maintenance, what: string): Promise<MaintenanceRow> => {
    const at = clock.now();
    await demandConfirmed(engine, window, {
      length: longestStretch(window, at),
      locale: localeFor(request),
      confirmed: jsonBody(request).confirm === true,
    });
    await store.transaction(async (queries) => {
      await queries.putMaintenance(window);
      const auditFacts = { what, ...window };
      await queries.appendAudit([{ at, by: callerName(request), action: "maintenance.changed", facts: auditFacts }]);
    });
    engine.duties.nudge("triage");
    return shownWindow(window, at, 0);
  };

  server.get("/api/v1/maintenance", read, async (): Promise<MaintenanceList> => {
    const counts = await mutedCounts(store);
    const at = clock.now();
    const windows = (await store.maintenances()).map((window) => shownWindow(window, at, counts.get(window.id) ?? 0));
    const when = ({ next }: MaintenanceRow): string => next[0]?.start ?? "9";
    windows.sort((one, other) => (when(one) < when(other) ? -1 : when(one) > when(other) ? 1 : 0));
    return { windows, zone: settings.zone };
  });

  server.post("/api/v1/maintenance/preview", read, async (request): Promise<MaintenancePreview> => {
    const at = clock.now();
    const window = maintenanceIn({ title: "-", ...jsonBody(request) }, { id: "preview", by: "", at });
    const preview = await mutePreview(engine, window, {
      length: longestStretch(window, at),
      locale: localeFor(request),
    });
    return { ...preview, next: nextOccurrences(window, at, NEXT_SHOWN).map(shownOccurrence) };
  });

  server.post("/api/v1/maintenance", edit, async (request, reply): Promise<MaintenanceRow> => {
    if ((await store.maintenances()).length >= WINDOWS_MAX)
      throw new Fault("conflict", { because: "too-many", most: WINDOWS_MAX });
    const id = `m${randomText(chance, 10)}`;
    const window = maintenanceIn(jsonBody(request), { id, by: nameOf(request), at: clock.now() });
    const made = await put(request, window, "created");
    reply.code(201);
    return made;
  });

  server.put<{ Params: { id: string } }>("/api/v1/maintenance/:id", edit, async (request): Promise<MaintenanceRow> => {
    const { id, createdBy } = await known(request.params.id);
    const window = maintenanceIn(jsonBody(request), { id, by: createdBy, at: clock.now() });
    return put(request, window, "changed");
  });

  server.delete<{ Params: { id: string } }>("/api/v1/maintenance/:id", edit, async (request) => {
    const window = await known(request.params.id);
    await store.transaction(async (queries) => {
      await queries.removeMaintenance(window.id);
      const auditFacts = { what: "removed", ...window };
      await queries.appendAudit([
        { at: clock.now(), by: callerName(request), action: "maintenance.changed", facts: auditFacts },
      ]);
    });
    engine.duties.nudge("triage");
    return { removed: window.id };
  });
}

function shownWindow({ until, ...window }: Maintenance, at: Instant, muting: number): MaintenanceRow {
  const whole: Maintenance = until === undefined ? window : { ...window, until };
  const active = activeAt(whole, at);
  return {
    ...window,
    until: until ?? null,
    updatedAt: toIso(window.updatedAt),
    active: active === undefined ? null : shownOccurrence(active),
    next: nextOccurrences(whole, at, NEXT_SHOWN).map(shownOccurrence),
    muting: active === undefined ? 0 : muting,
  };
}

function shownOccurrence({ start, end }: Occurrence): ShownOccurrence {
  return { start: toIso(start), end: toIso(end) };
}

import type { FastifyInstance } from "fastify";
import { changeRoster } from "../../engine/change-roster.ts";
import { ringTestPage } from "../../engine/test-page.ts";
import { Fault } from "../../fault/fault.ts";
import { asId } from "../../id/id.ts";
import { SETTING_FIELDS } from "../../notify/setting-fields.ts";
import { CHANNEL_KINDS } from "../../policy/policy.ts";
import type { ChannelSettings } from "../../roster/roster.ts";
import type { RosterItem } from "../../store/store.ts";
import { callerMay, callerName, type HttpFacts, jsonBody, localeFor, may } from "../access.ts";
import { shownChannel, shownTest } from "../show/shown-channel.ts";
import type { ShownChannels, ShownTest } from "../wire/channels.ts";
import { demandSeen } from "./roster.ts";

type Kind = (typeof CHANNEL_KINDS)[number];
type ToKind = { Params: { kind: string } };

const LAST_SHOWN = 5;

/** What people are reached through: settings, and a page to try each. */
export function channelRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, channels, settings } = engine.ports;

  server.get("/api/v1/channels", may(facts, "roster.read"), async (request): Promise<ShownChannels> => {
    const settingsShown = callerMay(request, "channels.edit");
    const items = await store.rosterItems();
    const roster = await engine.knowledge.roster(store);
    const version = await store.currentPolicy();
    const policy = version === undefined ? undefined : await engine.knowledge.policy(store, version.id);
    const demanded = new Set(policy?.notifications.flatMap((rule) => rule.channels.map(({ kind }) => kind)));
    const shown = [];
    for (const kind of CHANNEL_KINDS) {
      const item = items.find((one) => one.kind === "channel" && one.id === kind);
      const last = await store.lastOutcomes(kind, LAST_SHOWN);
      shown.push(
        shownChannel(kind, {
          driver: channels.get(kind),
          item,
          roster,
          demanded: demanded.has(kind),
          last,
          settingsShown,
        }),
      );
    }
    return { channels: shown, publicUrl: settings.publicUrl };
  });

  server.put<ToKind>("/api/v1/channels/:kind", may(facts, "channels.edit"), async (request) => {
    const kind = kindOf(request.params.kind);
    const body = jsonBody(request);
    const given = body.settings;
    if (typeof given !== "object" || given === null || Array.isArray(given))
      throw new Fault("bad-request", { field: "settings", expected: "an object" });
    await changeRoster(engine, {
      edit: (items) => {
        const known = items.find((item) => item.kind === "channel" && item.id === kind);
        if (known === undefined && body.revision !== undefined) throw new Fault("changed-meanwhile", { kind });
        if (known !== undefined) demandSeen(items, "channel", kind, body.revision);
        const data: ChannelSettings = { kind, settings: mergedSettings(kind, known, given as Record<string, unknown>) };
        parsed(kind, data.settings);
        return { put: [{ kind: "channel", id: kind, data }], remove: [] };
      },
      by: callerName(request),
      locale: localeFor(request),
      // What is added takes nobody's pages away.
      confirmed: body.confirm === true || body.revision === undefined,
      action: "channel.changed",
      facts: { kind: "channel", id: kind, change: "updated", settings: Object.keys(given) },
    });
    return { kind, revision: await store.rosterRevision() };
  });

  server.delete<ToKind>("/api/v1/channels/:kind", may(facts, "channels.edit"), async (request) => {
    const kind = kindOf(request.params.kind);
    const body = jsonBody(request);
    await changeRoster(engine, {
      edit: (items) => {
        demandSeen(items, "channel", kind, body.revision);
        return { put: [], remove: [{ kind: "channel", id: kind }] };
      },
      by: callerName(request),
      locale: localeFor(request),
      confirmed: body.confirm === true,
      action: "channel.changed",
      facts: { kind: "channel", id: kind, change: "removed" },
    });
    return { kind, revision: await store.rosterRevision() };
  });

  server.post<ToKind>(
    "/api/v1/channels/:kind/test",
    may(facts, "channels.test"),
    async (request, reply): Promise<ShownTest> => {
      const channel = kindOf(request.params.kind);
      const { person } = jsonBody(request);
      const { caller } = request;
      const own = caller?.kind === "account" ? caller.account.person : caller?.token.person;
      const wanted = typeof person === "string" && person !== "" ? asId<"person">(person) : own;
      if (wanted === undefined) throw new Fault("bad-request", { field: "person", expected: "the id of a person" });
      const page = await ringTestPage(engine, { person: wanted, channel, by: callerName(request) });
      reply.code(202);
      return shownTest(page, await engine.knowledge.roster(store));
    },
  );

  server.get<{ Params: { delivery: string } }>(
    "/api/v1/tests/:delivery",
    may(facts, "channels.test"),
    async (request): Promise<ShownTest> => {
      const page = await store.delivery(asId<"delivery">(request.params.delivery));
      if (page?.kind !== "test") throw new Fault("not-found", { test: request.params.delivery });
      return shownTest(page, await engine.knowledge.roster(store));
    },
  );

  /** The channel itself judges its settings; what it says is the answer, without the values. */
  function parsed(kind: Kind, raw: Readonly<Record<string, unknown>>): void {
    const driver = channels.get(kind);
    if (driver === undefined) throw new Fault("conflict", { because: "no-driver", channel: kind });
    try {
      driver.parse(raw);
    } catch (error) {
      if (error instanceof Fault) throw new Fault("settings-refused", { ...error.facts, because: error.code }, error);
      throw error;
    }
  }
}

function kindOf(name: string): Kind {
  const kind = CHANNEL_KINDS.find((one) => one === name);
  if (kind === undefined) throw new Fault("not-found", { channel: name, channels: CHANNEL_KINDS });
  return kind;
}

/** Secrets that the request does not speak of stay as they are; what is empty is left out, so that its default holds. */
function mergedSettings(
  kind: Kind,
  known: RosterItem | undefined,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const before = (known?.data as ChannelSettings | undefined)?.settings ?? {};
  const merged: Record<string, unknown> = {};
  for (const { name, type } of SETTING_FIELDS[kind] ?? []) {
    const value = Object.hasOwn(given, name) ? given[name] : type === "secret" ? before[name] : undefined;
    if (value !== undefined && value !== null && value !== "") merged[name] = value;
  }
  // Left in for `parse` to refuse by name.
  for (const [name, value] of Object.entries(given)) if (!isField(kind, name)) merged[name] = value;
  return merged;
}

function isField(kind: Kind, name: string): boolean {
  return (SETTING_FIELDS[kind] ?? []).some((field) => field.name === name);
}

import { channelsOf, isQuiet, usable } from "../../escalation/means.ts";
import { asId } from "../../id/id.ts";
import type { Reach } from "../../incident/event.ts";
import type { Locale, Said } from "../../locale/said.ts";
import type { ChannelKind } from "../../policy/policy.ts";
import type { PersonId } from "../../roster/roster.ts";
import type { Delivery, Queries } from "../../store/store.ts";
import { HOUR_MS, type Instant, MINUTE_MS } from "../../time/instant.ts";
import type { Knowledge } from "../knowledge.ts";
import { type Duty, driversOf, type Ports } from "../ports.ts";
import { recordOf, restingDuties, type Violation, violationsOf } from "./invariants.ts";
import { wronglyMuted } from "./wrongly-muted.ts";

/** The same trouble is told once an hour, not with every look. */
const TELL_AGAIN_MS = HOUR_MS;
type OpenDue = Awaited<ReturnType<Queries["openIncidentDues"]>>[number];

/** Open incidents that one look goes through row by row. */
const LOOKED_AT_MAX = 40;
const SUSPECT_LATE_MS = 5_000;
/** Those most lately resolved are looked at too: nothing of them may be pending. */
const RESOLVED_LOOKED_AT = 20;
const RESOLVED_LATELY_MS = 20 * MINUTE_MS;
const OVERDUE_BY_MS = 15_000;

export type WatchFacts = {
  readonly canaryMissing: (at: Instant) => boolean;
  readonly violations: Map<string, number>;
  /** How often each duty is to run. */
  readonly everyMs: () => ReadonlyMap<string, number>;
  readonly lastEnds: () => ReadonlyMap<string, Instant>;
};

type Trouble = {
  readonly key: string;
  readonly title: string | Said;
  readonly detail: string | Said;
  readonly at: Instant;
  /** `wake`, where nothing else is said. */
  readonly urgency?: Reach["urgency"];
};

/**
 * Bongsu watches itself: the invariants on every open incident, the canary, the inbox' backlog. What does not hold is
 * logged, counted and paged to the administrators through every channel they have.
 */
export function watchDuty(ports: Ports, knowledge: Knowledge, facts: WatchFacts): Duty {
  const told = new Map<string, Instant>();
  let seen: ReadonlySet<string> = new Set();
  let suspects: ReadonlySet<string> = new Set();
  let turn = 0;
  return {
    name: "watch",
    promise: {
      ko: "Bongsu 자신의 약속(불변식)이 지켜지는지 확인합니다.",
      en: "Checks that Bongsu keeps its own promises.",
    },
    everyMs: ports.settings.watchMs,
    async run(at) {
      const { store } = ports;
      // Everybody whose next step is late or missing, everybody in whom the last look saw something, and of the rest as
      // many as do not hold up the pages; the others have their turn at the next looks.
      const chosen = (open: readonly OpenDue[], now: Instant): readonly OpenDue[] => {
        const isSuspect = ({ dueAt, number, state }: OpenDue): boolean =>
          (dueAt === null && state === "triggered") ||
          (dueAt !== null && dueAt < now - SUSPECT_LATE_MS) ||
          suspects.has(`INC-${number}`);
        const rest = open.filter((one) => !isSuspect(one));
        const from = rest.length <= LOOKED_AT_MAX ? 0 : turn % rest.length;
        turn = from + LOOKED_AT_MAX;
        return [
          ...open.filter(isSuspect),
          ...[...rest, ...rest].slice(from, from + Math.min(LOOKED_AT_MAX, rest.length)),
        ];
      };
      const found: Violation[] = [];
      const open = await store.openIncidentDues();
      const lately = { states: ["resolved"], endedSince: at - RESOLVED_LATELY_MS, limit: RESOLVED_LOOKED_AT } as const;
      const over = (await store.incidents(lately)).map(({ id }) => ({ id, dueAt: null }));
      for (const { id, dueAt } of [...chosen(open, at), ...over]) {
        const record = await recordOf(store, id, dueAt);
        const check = { at, leaseMs: ports.settings.leaseMs, sha256: ports.sha256 };
        if (record !== undefined) found.push(...violationsOf(record, check));
      }
      found.push(...(await wronglyMuted(store, knowledge, at)));
      suspects = new Set(found.map(({ subject }) => subject));
      const troubles = found.map(({ invariant, subject, detail }) => ({
        key: `${invariant}/${subject}`,
        title: `${invariant} ${subject}`,
        detail,
      }));
      if (facts.canaryMissing(at)) {
        troubles.push({
          key: "canary",
          title: "canary",
          detail: "the canary signal did not come back within a minute",
        });
      }
      for (const duty of restingDuties(facts.lastEnds(), facts.everyMs(), at)) {
        troubles.push({ key: `duty/${duty}`, title: `duty ${duty}`, detail: `${duty} has not run for too long` });
      }
      const backlog = await store.inboxBacklog();
      if (backlog.oldest !== undefined && at - backlog.oldest > OVERDUE_BY_MS * 4) {
        troubles.push({
          key: "backlog",
          title: "inbox",
          detail: `${backlog.count} received requests wait, the oldest for ${at - backlog.oldest} ms`,
        });
      }
      let pages = 0;
      // Rows are read one after the other while others write, and after a pause the first look is at what was left
      // lying: only what two looks in a row have seen is so.
      const confirmed = troubles.filter(({ key }) => seen.has(key));
      seen = new Set(troubles.map(({ key }) => key));
      for (const { key, title, detail } of confirmed) {
        facts.violations.set(key.split("/")[0] ?? key, (facts.violations.get(key.split("/")[0] ?? key) ?? 0) + 1);
        if (at - (told.get(key) ?? Number.NEGATIVE_INFINITY) < TELL_AGAIN_MS) continue;
        told.set(key, at);
        ports.log("error", "watch.violation", { key, detail });
        pages += await tellAdmins(store, ports, knowledge, { key, title, detail, at });
      }
      return {
        status: { open: open.length, violations: confirmed.length, pages },
        nudge: pages > 0 ? ["deliver"] : [],
      };
    },
  };
}

/**
 * One page per administrator and channel of theirs; in a room one for all of them. What may wait (`tell`) goes through
 * quiet channels only, where they have one.
 */
export async function tellAdmins(
  queries: Queries,
  ports: Ports,
  knowledge: Knowledge,
  trouble: Trouble,
): Promise<number> {
  const roster = await knowledge.roster(queries);
  const drivers = driversOf(ports.channels);
  const deliveries: Delivery[] = [];
  const rooms = new Map<ChannelKind, PersonId[]>();
  for (const person of roster.people.values()) {
    if (!person.admin) continue;
    const all = channelsOf(person).filter((channel) => usable(channel, roster, drivers) === "yes");
    const quiet = trouble.urgency === "tell" ? all.filter(isQuiet) : [];
    for (const channel of quiet.length > 0 ? quiet : all) {
      if (drivers.get(channel) === "rooms") rooms.set(channel, [...(rooms.get(channel) ?? []), person.id]);
      else {
        const target = { kind: "person", person: person.id } as const;
        deliveries.push(aboutBongsu(target, [person.id], channel, { ...trouble, locale: person.locale }));
      }
    }
  }
  for (const [channel, people] of rooms) {
    // A room speaks the language of the first of them.
    const locale = roster.people.get(people[0] ?? asId(""))?.locale ?? "ko";
    deliveries.push(aboutBongsu({ kind: "room" }, people, channel, { ...trouble, locale }));
  }
  await queries.insertDeliveries(deliveries);
  return deliveries.length;
}

function aboutBongsu(
  target: Reach["target"],
  people: readonly PersonId[],
  channel: ChannelKind,
  trouble: Trouble & { readonly locale: Locale },
): Delivery {
  const to = target.kind === "room" ? "room" : target.person;
  return {
    id: asId(`watch/${trouble.key}/${trouble.at}/${to}/${channel}`),
    step: asId("0.watch.1"),
    kind: "watch",
    grade: "",
    priority: 1,
    reach: {
      target,
      channel,
      urgency: trouble.urgency ?? "wake",
      people,
      clause: asId("bongsu/watch"),
    },
    person: target.kind === "room" ? "" : target.person,
    channel,
    clause: asId("bongsu/watch"),
    state: "queued",
    createdAt: trouble.at,
    dueAt: trouble.at,
    giveUpAt: trouble.at + HOUR_MS,
    attempts: 0,
    unknowns: 0,
    epoch: 0,
    text: { title: inWords(trouble.title, trouble.locale), description: inWords(trouble.detail, trouble.locale) },
  };
}

function inWords(text: string | Said, locale: Locale): string {
  return typeof text === "string" ? text : text[locale];
}

import type { IncidentEvent, Recorded } from "../incident/event.ts";
import type { Incident } from "../incident/incident.ts";
import { actorText, tellTimeline } from "../incident/tell.ts";
import { reportSaid as said } from "../locale/report.ts";
import type { Said } from "../locale/said.ts";
import type { Mark } from "../monitor/mark.ts";
import type { Policy } from "../policy/policy.ts";
import type { PersonId } from "../roster/roster.ts";
import type { Instant } from "../time/instant.ts";
import type { Alert } from "../triage/alert.ts";
import { answeredBy, type FieldMeaning } from "./field-meaning.ts";
import type { Report, ReportField, ReportLine } from "./report.ts";
import { type TemplateField, templateOf } from "./template.ts";

export type ReportFacts = {
  readonly incident: Incident;
  /** All of its events, in order. */
  readonly events: readonly Recorded[];
  readonly alerts: readonly Alert[];
  /** What was deployed or changed shortly before it began. */
  readonly marks: readonly Mark[];
  /** The policy that it runs under. */
  readonly policy: Policy;
  readonly nameOf: (person: string) => string;
  readonly timeOf: (at: Instant) => string;
};

/**
 * The report of an incident as far as its record can write it (`보고서 작성` of the document). Pure: the same record gives
 * the same draft. What the record cannot know is left to people, with what the record has to go by.
 */
export function draftReport(facts: ReportFacts): Report {
  return templateOf(facts.policy).map(({ title, clause, fields }) => ({
    title,
    ...(clause === undefined ? {} : { clause }),
    fields: fields.map((field) => draftField(field, facts)),
  }));
}

function draftField({ title, clause, meaning }: TemplateField, facts: ReportFacts): ReportField {
  const lines = meaning === undefined ? [] : LINES[meaning](facts);
  const toWrite = toBeWritten(meaning, lines);
  return {
    title,
    ...(clause === undefined ? {} : { clause }),
    lines,
    ...(toWrite === undefined ? {} : { toWrite }),
  };
}

/** What nobody but people can know, and what nobody recorded. */
function toBeWritten(meaning: FieldMeaning | undefined, lines: readonly ReportLine[]): Said | undefined {
  if (answeredBy(meaning) === "record" && lines.length > 0) return undefined;
  switch (meaning) {
    case "scope":
      return said.writeScope();
    case "cause":
      return said.writeCause({ leads: lines.length });
    case "prevention":
      return said.writePrevention();
    case "actions":
      return said.writeActions();
    default:
      return said.write();
  }
}

const LINES: Readonly<Record<FieldMeaning, (facts: ReportFacts) => readonly ReportLine[]>> = {
  occurred,
  grade,
  scope,
  phenomena,
  cause,
  actions,
  prevention: () => [],
  watching,
};

/** When it began, was opened, taken and over, and whether the deadline was kept. */
function occurred({ incident, events, alerts, nameOf }: ReportFacts): readonly ReportLine[] {
  const { openedAt, resolvedAt } = incident;
  const firstAlert = Math.min(...alerts.map(({ startsAt }) => startsAt));
  const acknowledged = events.find(({ event }) => event.type === "acknowledged");
  const overdue = events.find(({ event }) => event.type === "step-taken" && event.overdue);
  const reopened = events.filter(({ event }) => event.type === "reopened").length;
  const began = Math.min(firstAlert, openedAt);
  return [
    ...(firstAlert < openedAt ? [line(said.began(), firstAlert)] : []),
    line(said.opened(), openedAt),
    ...(acknowledged === undefined
      ? [line(said.neverAcknowledged())]
      : [
          line(
            said.acknowledged({
              who: actorText(acknowledged.by, { nameOf }),
              afterMs: acknowledged.at - openedAt,
            }),
            acknowledged.at,
          ),
        ]),
    ...(overdue === undefined ? [] : [line(said.overdue(), overdue.at)]),
    ...(reopened === 0 ? [] : [line(said.reopened({ times: reopened }))]),
    resolvedAt === undefined
      ? line(said.notResolved())
      : line(said.resolved({ afterMs: resolvedAt - began }), resolvedAt),
  ];
}

/** The grade it has, how it came to it, and the document's criteria that people ticked. */
function grade(facts: ReportFacts): readonly ReportLine[] {
  const { incident, policy } = facts;
  const ticked = policy.grades
    .flatMap(({ criteria }) => criteria)
    .filter(({ id }) => incident.ticked.has(id))
    .map(({ text }) => both(text));
  return [
    line(said.grade({ grade: incident.grade, drill: incident.drill })),
    ...tellThose(facts, ({ type }) => type === "graded"),
    ...(ticked.length === 0 ? [] : [{ text: said.criteria(), details: ticked }]),
  ];
}

/** Which services and hosts had alerts, and what depends on them. */
function scope({ incident, events, alerts }: ReportFacts): readonly ReportLine[] {
  const services = distinct([incident.service, ...alerts.map(({ service }) => service)]);
  const hosts = distinct(alerts.flatMap(({ labels }) => (labels.host === undefined ? [] : [labels.host])));
  const inhibited = events.flatMap(({ event }) => (event.type === "alerts-inhibited" ? event.services : []));
  const dependents = distinct(inhibited).filter((service) => !services.includes(service));
  return [
    line(said.services({ names: named(services), count: services.length })),
    ...(hosts.length === 0 ? [] : [line(said.hosts({ names: named(hosts), count: hosts.length }))]),
    ...(dependents.length === 0 ? [] : [line(said.dependents({ names: named(dependents), count: dependents.length }))]),
  ];
}

const ALERTS_TOLD = 20;

/** What was seen: the alerts in the order in which they came, and how they behaved. */
function phenomena(facts: ReportFacts): readonly ReportLine[] {
  const { incident, alerts } = facts;
  const inOrder = alerts.toSorted((one, other) => one.startsAt - other.startsAt || (one.id < other.id ? -1 : 1));
  const told = inOrder.slice(0, ALERTS_TOLD).map(({ title, startsAt, resolvedAt, status, description, count }) => ({
    at: startsAt,
    text: said.alert({ title, lastedMs: resolvedAt === undefined ? undefined : resolvedAt - startsAt, status, count }),
    details: description === undefined || description === title ? [] : [both(description)],
  }));
  const behaved = ["flapping-began", "flapping-ended", "source-silent", "alerts-inhibited"];
  return [
    ...(alerts.length === 0 ? [line(both(incident.title), incident.openedAt)] : told),
    ...(inOrder.length > ALERTS_TOLD ? [line(said.moreAlerts({ count: inOrder.length - ALERTS_TOLD }))] : []),
    ...tellThose(facts, ({ type }) => behaved.includes(type)),
  ];
}

/** Not the cause: what there is to go by. */
function cause({ incident, events, marks }: ReportFacts): readonly ReportLine[] {
  const changed = marks.map(({ at, title, kind, by, link }) => ({
    at,
    text: said.changed({ title, kind, by, beforeMs: incident.openedAt - at }),
    details: link === undefined ? [] : [both(link)],
  }));
  const taken = events.flatMap(({ at, event }) =>
    event.type === "alerts-joined" && event.cause !== undefined
      ? [line(said.takenForCause({ service: event.cause }), at)]
      : [],
  );
  return [...changed, ...taken];
}

const ACTS: readonly IncidentEvent["type"][] = [
  "acknowledged",
  "unacknowledged",
  "handed-over",
  "escalated",
  "snoozed",
  "noted",
  "ticked",
  "resolved",
  "reopened",
  "closed",
];

/** Who was called, and what people did. */
function actions(facts: ReportFacts): readonly ReportLine[] {
  const { events, nameOf } = facts;
  const pages = events.flatMap(({ event }) => (event.type === "step-taken" ? event.reaches : []));
  const people = distinct(pages.flatMap((reach): readonly PersonId[] => reach.people));
  const done = tellThose(facts, ({ type }) => ACTS.includes(type));
  return [
    ...(pages.length === 0
      ? []
      : [line(said.called({ pages: pages.length, names: named(people.map(nameOf)), people: people.length }))]),
    ...done,
  ];
}

/** 모니터링 강화: what was watched harder after the recovery, and what that found. */
function watching({ incident, events }: ReportFacts): readonly ReportLine[] {
  const told = events.flatMap(({ at, event }): readonly ReportLine[] => {
    switch (event.type) {
      case "watch-began":
        return [line(said.watchBegan({ series: event.series, forMs: event.until - at }), at)];
      case "watch-found":
        return [line(said.watchFound({ title: event.alert.title }), at)];
      case "watch-ended":
        return [line(said.watchEnded({ found: event.found, unseen: event.unseen ?? 0 }), at)];
      default:
        return [];
    }
  });
  if (told.length > 0) return told;
  return [line(incident.resolvedAt === undefined ? said.watchAfterwards() : said.notWatched())];
}

/** Lines of the timeline, as the timeline tells them, each with who did it. */
function tellThose(facts: ReportFacts, isWanted: (event: IncidentEvent) => boolean): readonly ReportLine[] {
  const { events, policy } = facts;
  const told = tellTimeline(events, { ...facts, clauseOf: (id) => policy.clauses.get(id) });
  return told.flatMap(({ at, by, what }, index) => {
    const event = events[index]?.event;
    if (event === undefined || !isWanted(event)) return [];
    return [{ at, text: { ko: `${by.ko}: ${what.ko}`, en: `${by.en}: ${what.en}` }, details: [] }];
  });
}

const NAMES_TOLD = 12;

function named(names: readonly string[]): string {
  return names.slice(0, NAMES_TOLD).join(", ");
}

function line(text: Said, at?: Instant): ReportLine {
  return at === undefined ? { text, details: [] } : { at, text, details: [] };
}

function both(text: string): Said {
  return { ko: text, en: text };
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}

import type { FastifyInstance } from "fastify";
import { timeText } from "../../locale/page.ts";
import { concerns } from "../../monitor/mark.ts";
import { draftReport } from "../../report/draft-report.ts";
import { writeMarkdown } from "../../report/write-markdown.ts";
import { HOUR_MS, type Instant, toIso } from "../../time/instant.ts";
import { type HttpFacts, localeFor, may } from "../access.ts";
import { incidentNamed } from "../incident-named.ts";
import { clauseRef, gradeRankOf, iso, nameIn } from "../show/shown-incident.ts";
import type { ReportDraft } from "../wire/report.ts";

const EVENTS_MAX = 20_000;
const ALERTS_MAX = 10_000;
const MARKS_MAX = 500;
/** What was deployed so long before an incident may have to do with it; the incident page shows the same. */
const CHANGES_BEFORE_MS = 2 * HOUR_MS;

/** The incident report as far as the record can write it: as fields, and as a document to go on writing in. */
export function reportRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, clock, settings } = engine.ports;

  server.get(
    "/api/v1/incidents/:number/report",
    may(facts, "incidents.read"),
    async (request): Promise<ReportDraft> => {
      const locale = localeFor(request);
      const incident = await incidentNamed(store, request);
      const { number, title, grade, service, openedAt } = incident;
      const at = clock.now();
      const { policy, roster } = await engine.knowledge.planFacts(store, incident, at, at);
      const timeOf = (instant: Instant): string => timeText(instant, settings.zone, locale);
      const marks = await store.marksBetween(openedAt - CHANGES_BEFORE_MS, openedAt + 1, MARKS_MAX);
      const report = draftReport({
        incident,
        events: await store.eventsOf(incident.id, 0, EVENTS_MAX),
        alerts: await store.alertsOfIncident(incident.id, ALERTS_MAX),
        marks: marks.filter((mark) => concerns(mark, service, roster.services)),
        policy,
        nameOf: nameIn(roster),
        timeOf,
      });
      const clauseOf: Parameters<typeof writeMarkdown>[1]["clauseOf"] = (id) => policy.clauses.get(id);
      return {
        number,
        title,
        grade,
        gradeRank: gradeRankOf(policy, grade),
        at: toIso(at),
        policy: { id: policy.id, title: policy.title },
        sections: report.map((section) => ({
          title: section.title[locale],
          fields: section.fields.map(({ title: name, clause, lines, toWrite }) => ({
            title: name[locale],
            clause: clause === undefined ? null : clauseRef(policy.clauses.get(clause)),
            lines: lines.map((line) => ({
              at: iso(line.at),
              text: line.text[locale],
              details: line.details.map((detail) => detail[locale]),
            })),
            toWrite: toWrite?.[locale] ?? null,
          })),
        })),
        markdown: writeMarkdown(report, { number, title, at, locale, timeOf, clauseOf }),
      };
    },
  );
}

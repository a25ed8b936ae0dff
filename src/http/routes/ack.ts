import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { act } from "../../engine/actions.ts";
import { noteAnswer } from "../../engine/contact-proofs.ts";
import { acknowledgeTestPage } from "../../engine/test-page.ts";
import type { Actor } from "../../incident/event.ts";
import type { Incident } from "../../incident/incident.ts";
import { pageSaid, timeText } from "../../locale/page.ts";
import { type Locale, localeOf } from "../../locale/said.ts";
import { oneLine } from "../../notify/words.ts";
import type { AckLink, Delivery } from "../../store/store.ts";
import { type HttpFacts, openTo } from "../access.ts";
import { type AckPage, ackPage } from "../ack-page.ts";
import { sha256 } from "../tokens.ts";

type Found = { readonly link: AckLink; readonly incident: Incident; readonly locale: Locale };
type FoundTest = { readonly page: Delivery; readonly locale: Locale };

/** The page behind a mail's link. Getting it changes nothing (mail scanners do); posting it acknowledges. */
export function ackRoutes(server: FastifyInstance, { engine }: HttpFacts): void {
  const { store, clock, settings } = engine.ports;

  const find = async (request: FastifyRequest): Promise<Found | undefined> => {
    const { token } = request.params as { token: string };
    const link = await store.ackLink(sha256(token));
    if (link?.incident === undefined || link.expiresAt <= clock.now()) return undefined;
    const incident = await store.incident(link.incident);
    if (incident === undefined) return undefined;
    // Used once, it only tells its own person that the incident is theirs; it takes nothing a second time.
    if (link.usedAt !== undefined && isOpen(incident) && !isHeldBy(link, incident)) return undefined;
    const roster = await engine.knowledge.roster(store);
    return { link, incident, locale: roster.people.get(link.person)?.locale ?? localeOf(undefined) };
  };
  const findTest = async (request: FastifyRequest): Promise<FoundTest | undefined> => {
    const { token } = request.params as { token: string };
    const link = await store.ackLink(sha256(token));
    if (link === undefined || link.incident !== undefined || link.expiresAt <= clock.now()) return undefined;
    const page = await store.delivery(link.delivery);
    if (page?.kind !== "test") return undefined;
    const roster = await engine.knowledge.roster(store);
    return { page, locale: roster.people.get(link.person)?.locale ?? localeOf(undefined) };
  };
  const show = (reply: FastifyReply, page: AckPage, locale: Locale): FastifyReply =>
    reply
      .code(page.is === "gone" ? 410 : 200)
      .header("cache-control", "no-store")
      .type("text/html; charset=utf-8")
      .send(ackPage(page, locale));

  server.get("/a/:token", openTo("the link is the secret"), async (request, reply) => {
    const test = await findTest(request);
    if (test !== undefined) {
      const { page, locale } = test;
      const headline = testHeadline(test);
      const of = page.reach.target.kind;
      if (page.state === "acknowledged") return show(reply, { is: "done", headline, test: of }, locale);
      const lines = [page.text?.title ?? "", timeText(page.createdAt, settings.zone, locale)];
      return show(reply, { is: "ask", action: request.url, headline, lines, test: of }, locale);
    }
    const found = await find(request);
    if (found === undefined)
      return show(reply, { is: "gone" }, localeOf(request.headers["accept-language"]?.toString()));
    const { incident, locale } = found;
    const headline = headlineOf(incident);
    if (incident.state === "resolved" || incident.state === "closed")
      return show(reply, { is: "over", headline }, locale);
    const taken = await takenBySomebodyElse(found);
    if (taken !== undefined) return show(reply, { is: "already", headline, by: taken }, locale);
    if (isHeldBy(found.link, incident)) return show(reply, { is: "done", headline }, locale);
    const lines = [timeText(incident.openedAt, settings.zone, locale)];
    return show(reply, { is: "ask", action: request.url, headline, lines }, locale);
  });

  server.post("/a/:token", openTo("the link is the secret"), async (request, reply) => {
    const test = await findTest(request);
    if (test !== undefined) {
      await acknowledgeTestPage(engine, test.page.id, test.page.person);
      return show(reply, { is: "done", headline: testHeadline(test), test: test.page.reach.target.kind }, test.locale);
    }
    const found = await find(request);
    if (found === undefined)
      return show(reply, { is: "gone" }, localeOf(request.headers["accept-language"]?.toString()));
    const { link, incident, locale } = found;
    const by: Actor = { kind: "person", person: link.person, via: "mail-link" };
    const result = await act(engine, incident.id, { do: "acknowledge", delivery: link.delivery }, by);
    await store.useAckLink(link.hash, clock.now());
    await noteAnswer(engine, { delivery: await store.delivery(link.delivery), person: link.person, by: "link" });
    const headline = headlineOf(incident);
    if (result.is === "done") return show(reply, { is: "done", headline }, locale);
    if (result.because !== "already-acknowledged") return show(reply, { is: "over", headline }, locale);
    const taken = await takenBySomebodyElse({ ...found, incident: result.incident ?? incident });
    return show(reply, taken === undefined ? { is: "done", headline } : { is: "already", headline, by: taken }, locale);
  });

  /** Whoever took it, unless that is the person whose link this is or somebody is being asked to take over. */
  async function takenBySomebodyElse({ link, incident }: Found): Promise<string | undefined> {
    const by = incident.acknowledged?.by;
    if (incident.state !== "acknowledged" || by === undefined || incident.handOver !== undefined) return undefined;
    if (by.kind !== "person") return by.kind === "token" ? by.name : by.kind;
    if (by.person === link.person) return undefined;
    return (await engine.knowledge.roster(store)).people.get(by.person)?.name ?? by.person;
  }
}

function testHeadline({ locale }: FoundTest): string {
  return `Bongsu · ${pageSaid.occasion({ occasion: "test" })[locale]}`;
}

function isOpen({ state }: Incident): boolean {
  return state === "triggered" || state === "acknowledged";
}

/** It is theirs already. */
function isHeldBy(link: AckLink, incident: Incident): boolean {
  const by = incident.acknowledged?.by;
  return incident.state === "acknowledged" && by?.kind === "person" && by.person === link.person;
}

function headlineOf(incident: Incident): string {
  return `${incident.grade} · INC-${incident.number} · ${oneLine(incident.service)}: ${oneLine(incident.title)}`;
}

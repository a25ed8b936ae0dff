import type { FastifyInstance } from "fastify";
import { act } from "../../engine/actions.ts";
import { noteAnswer } from "../../engine/contact-proofs.ts";
import type { Engine } from "../../engine/engine.ts";
import { acknowledgeTestPage } from "../../engine/test-page.ts";
import { Fault } from "../../fault/fault.ts";
import { asId } from "../../id/id.ts";
import type { Actor } from "../../incident/event.ts";
import { type Interaction, isFromSlack, readInteraction } from "../../notify/slack/interaction.ts";
import { parseSlack } from "../../notify/slack/slack.ts";
import { type Instant, MINUTE_MS } from "../../time/instant.ts";
import { type HttpFacts, openTo } from "../access.ts";

/** `POST /slack/interactions`: the buttons of our messages, signed by Slack. Answered at once; Slack waits three seconds. */
export function slackRoutes(server: FastifyInstance, { engine }: HttpFacts): void {
  const seen = new SeenSignatures();
  server.post("/slack/interactions", openTo("signed by Slack"), async (request, reply) => {
    const roster = await engine.knowledge.roster(engine.ports.store);
    const raw = roster.channels.find(({ kind }) => kind === "slack")?.settings;
    const secret = raw === undefined ? undefined : parseSlack(raw).signingSecret;
    if (secret === undefined) throw new Fault("not-found", { because: "channels.slack.signing_secret is not set" });
    const body = typeof request.body === "string" ? request.body : "";
    const timestamp = request.headers["x-slack-request-timestamp"]?.toString();
    const signature = request.headers["x-slack-signature"]?.toString();
    if (!isFromSlack(secret, { timestamp, signature, body }, engine.ports.clock.now())) throw new Fault("not-known");
    // Slack itself sends a press again that it got no answer to; it counts once.
    if (!seen.isFirst(signature ?? "", engine.ports.clock.now())) return reply.code(200).send();
    const payload = new URLSearchParams(body).get("payload");
    const interaction = payload === null ? undefined : readInteraction(jsonOf(payload));
    if (interaction !== undefined) await press(engine, interaction);
    return reply.code(200).send();
  });
}

/** As long as a signature is believed (interaction.ts), and a little longer. */
const SEEN_MS = 10 * MINUTE_MS;

class SeenSignatures {
  readonly #seen = new Map<string, Instant>();

  isFirst(signature: string, at: Instant): boolean {
    for (const [old, seenAt] of this.#seen) {
      if (at - seenAt < SEEN_MS) break;
      this.#seen.delete(old);
    }
    if (this.#seen.has(signature)) return false;
    this.#seen.set(signature, at);
    return true;
  }
}

/** What pressing a button of a Slack message does, however it came (signed request or Socket Mode). */
export async function press(engine: Engine, interaction: Interaction): Promise<void> {
  const { store, log } = engine.ports;
  const roster = await engine.knowledge.roster(store);
  const person = [...roster.people.values()].find(({ contacts }) =>
    contacts.some(({ channel, address }) => channel === "slack" && address === interaction.slackUser),
  );
  const delivery = await store.delivery(asId<"delivery">(interaction.delivery));
  // Of a test page only the one whom it is for: anybody else who presses proves nothing.
  if (delivery?.kind === "test") {
    if (person?.id !== delivery.person) return;
    await acknowledgeTestPage(engine, delivery.id, person.id);
    return noteAnswer(engine, { delivery, person: person.id, by: "button" });
  }
  const incident = await store.incidentByNumber(interaction.incident);
  if (incident === undefined) return;
  const by: Actor =
    person === undefined
      ? { kind: "token", name: `slack:${interaction.userName}`, via: "slack" }
      : { kind: "person", person: person.id, via: "slack" };
  const action =
    interaction.action === "resolve"
      ? ({ do: "resolve" } as const)
      : ({ do: "acknowledge", delivery: asId<"delivery">(interaction.delivery) } as const);
  const result = await act(engine, incident.id, action, by);
  if (person !== undefined) await noteAnswer(engine, { delivery, person: person.id, by: "button" });
  log("info", "slack.pressed", { incident: incident.number, action: action.do, result: result.is });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

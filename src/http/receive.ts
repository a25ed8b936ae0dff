import type { Engine } from "../engine/engine.ts";
import { randomText } from "../id/chance.ts";
import { sources } from "../ingest/registry.ts";
import type { Reply } from "../ingest/source.ts";

/**
 * Takes in one request of one kind of sender: reads it, makes what was readable durable, then answers in the sender's
 * own words. A promise only where something had to be written.
 */
export function receive(engine: Engine, source: string, text: string, integration: string): Reply | Promise<Reply> {
  const { clock, chance } = engine.ports;
  const adapter = sources.get(source);
  if (adapter === undefined) return { status: 404, body: `no such source: ${source}` };
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return unparsable(source);
  }
  const at = clock.now();
  let made: string | undefined;
  const newKey = (): string => {
    made ??= randomText(chance, 26);
    return made;
  };
  const read = adapter.read(body, { at, integration, newKey });
  const reply = adapter.reply(read);
  if (read.signals.length === 0) return reply;
  const stored = source === "pagerduty" ? withoutSecret(body as object, made) : text;
  const durable = engine.intake.accept({ source, integration, body: stored, signals: read.signals, at });
  return durable === undefined ? reply : durable.then(() => reply);
}

/** The token is kept nowhere; a key that we made has to be, so that reading it again gives the same alert. */
function withoutSecret(body: object, madeKey: string | undefined): string {
  const kept = { ...body, routing_key: undefined, ...(madeKey === undefined ? {} : { dedup_key: madeKey }) };
  try {
    return JSON.stringify(kept);
  } catch {
    // Nested deeper than can be written down again: what pages is above the details.
    const { payload } = body as { payload?: object };
    return JSON.stringify({ ...kept, payload: { ...payload, custom_details: "(nested too deeply)" } });
  }
}

function unparsable(source: string): Reply {
  if (source === "pagerduty") {
    const body = {
      status: "Unrecognized object",
      message: "Event object format is unrecognized",
      errors: ["JSON parse error"],
    };
    return { status: 400, body };
  }
  return { status: 400, body: "the body is not valid JSON" };
}

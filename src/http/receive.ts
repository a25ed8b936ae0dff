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
  // A key that we made has to be in what is stored, so that reading it again gives the same alert.
  const stored = made === undefined ? text : JSON.stringify({ ...(body as object), dedup_key: made });
  const durable = engine.intake.accept({ source, integration, body: stored, signals: read.signals, at });
  return durable === undefined ? reply : durable.then(() => reply);
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

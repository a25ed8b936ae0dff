import { Agent } from "node:https";
import { connect, type Socket } from "node:net";
import { type Action, type EventPayloadV2, event } from "@pagerduty/pdjs/build/src/events.js";

export type PagerDutyAnswer = { readonly status: number; readonly data: Readonly<Record<string, unknown>> };

/** PagerDuty's own client insists on https; the agent leads it to a server on this host, in the clear. */
class PlainAgent extends Agent {
  readonly #port: number;

  constructor(port: number) {
    super({ keepAlive: false });
    this.#port = port;
  }

  override createConnection(): Socket {
    return connect(this.#port, "127.0.0.1");
  }
}

/** Sends one event with PagerDuty's own JavaScript client. */
export async function sendWithPdjs(
  port: number,
  data: Partial<EventPayloadV2> & { readonly event_action: Action },
): Promise<PagerDutyAnswer> {
  const parameters = { data: data as EventPayloadV2, server: `127.0.0.1:${port}`, agent: new PlainAgent(port) };
  const { status, data: body } = await event(parameters);
  return { status, data: body as Readonly<Record<string, unknown>> };
}

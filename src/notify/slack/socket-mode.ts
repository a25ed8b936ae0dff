import type { Clock } from "../../time/clock.ts";
import { type Interaction, readInteraction } from "./interaction.ts";
import type { SlackSettings } from "./slack.ts";

const BACKOFF_MS_MAX = 60_000;
const BACKOFF_MS_MIN = 1_000;

export type SocketMode = { close(): void };

/**
 * Socket Mode: Bongsu calls Slack and keeps a connection open, so buttons work on a host that nothing can reach. States:
 * connecting → open → (disconnect asked, or broken) → waiting → connecting; the wait doubles up to a minute and starts
 * anew after a `hello`. Every envelope is acknowledged at once, then handed on.
 */
export function socketMode(
  settings: SlackSettings,
  facts: {
    readonly clock: Clock;
    readonly log: (level: "info" | "warn", event: string, facts: Readonly<Record<string, unknown>>) => void;
    readonly press: (interaction: Interaction) => void;
  },
): SocketMode {
  const { clock, log, press } = facts;
  let closed = false;
  let backoff = BACKOFF_MS_MIN;
  let socket: WebSocket | undefined;
  let cancel = (): void => {};

  const again = (because: string): void => {
    if (closed) return;
    log("warn", "slack.socket-closed", { because, againInMs: backoff });
    cancel = clock.after(backoff, () => void connect());
    backoff = Math.min(backoff * 2, BACKOFF_MS_MAX);
  };

  const connect = async (): Promise<void> => {
    try {
      const response = await fetch(new URL("apps.connections.open", settings.apiUrl), {
        method: "POST",
        headers: { authorization: `Bearer ${settings.appToken?.reveal() ?? ""}` },
      });
      const answer = (await response.json()) as { ok?: boolean; url?: string; error?: string };
      if (answer.ok !== true || answer.url === undefined) return again(answer.error ?? `HTTP ${response.status}`);
      if (closed) return;
      listen(new WebSocket(answer.url));
    } catch (error) {
      again(String(error));
    }
  };

  const listen = (opened: WebSocket): void => {
    socket = opened;
    opened.addEventListener("message", ({ data }) => {
      const envelope = envelopeOf(String(data));
      if (envelope === undefined) return;
      if (envelope.type === "hello") {
        backoff = BACKOFF_MS_MIN;
        log("info", "slack.socket-open", {});
      }
      if (envelope.envelope_id !== undefined) opened.send(JSON.stringify({ envelope_id: envelope.envelope_id }));
      if (envelope.type === "disconnect") opened.close();
      const interaction = envelope.type === "interactive" ? readInteraction(envelope.payload) : undefined;
      if (interaction !== undefined) press(interaction);
    });
    opened.addEventListener("close", ({ code }) => again(`closed ${code}`));
  };

  void connect();
  return {
    close() {
      closed = true;
      cancel();
      socket?.close();
    },
  };
}

function envelopeOf(
  text: string,
): { readonly type?: string; readonly envelope_id?: string; readonly payload?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

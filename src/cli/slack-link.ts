import type { Engine } from "../engine/engine.ts";
import { press } from "../http/routes/slack.ts";
import { parseSlack } from "../notify/slack/slack.ts";
import { type SocketMode, socketMode } from "../notify/slack/socket-mode.ts";

/** How late a change of Slack's settings is seen: somebody waits for it in front of the wizard. */
const LOOK_MS = 2_000;

/**
 * Socket Mode as the settings of the moment ask for it: taken up, exchanged and put down while the server runs. At the
 * start, settings that cannot be read are a Fault; later they are told to the log, and the connection stays as it was.
 */
export async function keepSlackLink(engine: Engine): Promise<{ close(): void }> {
  const { store, clock, log } = engine.ports;
  let socket: SocketMode | undefined;
  let seen: { readonly revision: number; readonly settings: string } = { revision: -1, settings: "" };
  let closed = false;
  let cancel = (): void => {};

  const look = async (): Promise<void> => {
    const revision = await store.rosterRevision();
    if (revision === seen.revision) return;
    const roster = await engine.knowledge.roster(store);
    const raw = roster.channels.find(({ kind }) => kind === "slack")?.settings;
    const before = seen;
    seen = { revision, settings: JSON.stringify(raw ?? null) };
    if (before.settings === seen.settings) return;
    const settings = raw === undefined ? undefined : parseSlack(raw);
    socket?.close();
    socket =
      settings?.appToken === undefined || closed ? undefined : socketMode(settings, { clock, log, press: pressed });
  };
  const pressed = (interaction: Parameters<typeof press>[1]): void =>
    void press(engine, interaction).catch((error: unknown) =>
      log("error", "slack.press-failed", { error: String(error) }),
    );
  const again = (): void => {
    if (closed) return;
    cancel = clock.after(LOOK_MS, () => {
      look()
        .catch((error: unknown) => log("warn", "slack.settings-unread", { error: String(error) }))
        .finally(again);
    });
  };

  await look();
  again();
  return {
    close() {
      closed = true;
      cancel();
      socket?.close();
    },
  };
}

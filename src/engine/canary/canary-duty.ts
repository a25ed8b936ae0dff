import type { Channel } from "../../notify/channel.ts";
import type { Instant } from "../../time/instant.ts";
import type { Signal } from "../../triage/signal.ts";
import { change, untilNotOvertaken } from "../change.ts";
import type { Intake } from "../intake/intake.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Duty, Ports } from "../ports.ts";
import { CANARY_SERVICE, CANARY_SOURCE } from "./canary-policy.ts";

/** A canary that is not back after so long has not come through. */
const BACK_WITHIN_MS = 60_000;

/**
 * Every few minutes a signal goes the whole way: inbox, triage, incident, plan, outbox, channel. The loop-back channel
 * hears it; what is not heard within a minute is told to the administrators (see `watch`).
 */
export function canaryDuty(
  parts: { readonly ports: Ports; readonly knowledge: Knowledge; readonly intake: Intake },
  heard: CanaryEar,
): Duty & { readonly missing: (at: Instant) => boolean } {
  const { ports, knowledge, intake } = parts;
  let sentAt: Instant | undefined;
  let lastRoundMs: number | null = null;
  let lost = 0;
  return {
    name: "canary",
    promise: {
      ko: "시험 신호를 전 구간에 흘려 끝까지 도달하는지 확인합니다.",
      en: "Sends a signal the whole way and sees that it arrives.",
    },
    everyMs: ports.settings.canaryEveryMs,
    missing: (at) => sentAt !== undefined && heard.at === undefined && at - sentAt > BACK_WITHIN_MS,
    async run(at) {
      if (sentAt !== undefined && heard.at !== undefined) {
        lastRoundMs = heard.at - sentAt;
        await bury(ports, knowledge, at);
        sentAt = undefined;
        heard.at = undefined;
      } else if (sentAt !== undefined && at - sentAt > ports.settings.canaryEveryMs) {
        lost++;
        await bury(ports, knowledge, at);
        sentAt = undefined;
      }
      const due = heard.startedAt + ports.settings.canaryEveryMs;
      if (sentAt === undefined && at >= due) {
        heard.startedAt = at;
        heard.at = undefined;
        sentAt = at;
        const body = JSON.stringify({ at });
        await intake.accept({
          source: CANARY_SOURCE,
          integration: CANARY_SOURCE,
          body,
          signals: [canarySignal(at)],
          at,
        });
      }
      const next = sentAt === undefined ? heard.startedAt + ports.settings.canaryEveryMs : at + CHECK_EVERY_MS;
      return { status: { roundTripMs: lastRoundMs, waiting: sentAt !== undefined, lost }, next };
    },
  };
}

const CHECK_EVERY_MS = 5_000;

/** Where the loop-back channel tells the duty that it heard something. */
export type CanaryEar = { at: Instant | undefined; startedAt: Instant };

/** The one signal of a canary request; read again from the inbox like any other. */
export function canarySignal(at: Instant): Signal {
  return {
    source: CANARY_SOURCE,
    integration: CANARY_SOURCE,
    key: `canary/${at}`,
    action: "fire",
    title: "canary",
    labels: { service: CANARY_SERVICE },
    annotations: {},
    startsAt: at,
    links: [],
  };
}

/** The channel that leads back here. */
export function loopbackChannel(ear: CanaryEar): Channel {
  return {
    kind: "loopback",
    speaksTo: "people",
    parse: (raw) => raw,
    render: (page) => page.incident.service,
    send: (_body, _address, _settings, { clock }) => {
      ear.at ??= clock.now();
      return Promise.resolve({ is: "accepted", receipt: "heard" });
    },
  };
}

/** A canary leaves nothing behind: its incident is removed with all that belongs to it. */
async function bury(ports: Ports, knowledge: Knowledge, at: Instant): Promise<void> {
  await untilNotOvertaken(ports, async (queries) => {
    for (const incident of await queries.incidents({ service: CANARY_SERVICE, limit: 50 })) {
      if (incident.state === "triggered" || incident.state === "acknowledged") {
        await change(queries, { id: incident.id, state: incident }, [{ do: "resolve" }], {
          ports,
          knowledge,
          at,
          by: { kind: "bongsu" },
        });
      }
      await queries.removeIncident(incident.id);
    }
  });
}

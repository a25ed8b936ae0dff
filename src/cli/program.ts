import { join } from "node:path";
import { calendarsOver } from "../calendar/calendars.ts";
import { createEngine, type Engine } from "../engine/engine.ts";
import { DEFAULT_SETTINGS, type EngineSettings, type Ports } from "../engine/ports.ts";
import { readBack } from "../engine/read-back.ts";
import { systemChance } from "../id/system-chance.ts";
import { channels } from "../notify/registry.ts";
import type { Store } from "../store/store.ts";
import { DAY_MS } from "../time/instant.ts";
import { steadyClock } from "../time/steady-clock.ts";
import { systemClock } from "../time/system-clock.ts";
import type { Config } from "./config.ts";
import { ROOT } from "./package.ts";
import { sha256 } from "./read-files.ts";

/** The web UI as it was built. */
export const WEB = join(ROOT, "web", "dist");

/** Puts the engine together: the one place where the parts meet the world. */
export function engineOver(store: Store, config: Config, facts: EngineFacts): Engine {
  const { node, log } = facts;
  const clock = steadyClock(facts.clock ?? systemClock, (jump) => log("warn", "clock.jumped", { byMs: jump.by }));
  const ports: Ports = {
    store,
    clock,
    chance: facts.chance ?? systemChance,
    sha256,
    node,
    channels: facts.channels ?? channels,
    ...readBack,
    calendars: calendarsOver(config.calendarNetworks),
    log,
    settings: {
      ...DEFAULT_SETTINGS,
      publicUrl: config.publicUrl,
      zone: config.zone,
      canaryEveryMs: config.canarySeconds * 1_000,
      minutesKeepMs: config.metricMinutesDays * DAY_MS,
      hoursKeepMs: config.metricHoursDays * DAY_MS,
      failpoint: crashAt(process.env.BONGSU_CRASH_AT),
      ...facts.settings,
    },
  };
  return createEngine(ports);
}

/** What tells one engine from another; the rest only where the world is played (`start --demo`). */
export type EngineFacts = Pick<Ports, "node" | "log"> &
  Partial<Pick<Ports, "clock" | "chance" | "channels">> & { readonly settings?: Partial<EngineSettings> };

/** For the crash tests: `name:n` ends the process without ceremony when that point is passed the nth time. */
function crashAt(setting: string | undefined): (name: string) => void {
  const [wanted, count = "1"] = (setting ?? "").split(":");
  if (wanted === "" || wanted === undefined) return () => {};
  let passed = 0;
  return (name) => {
    if (name !== wanted) return;
    passed++;
    if (passed === Number(count)) process.kill(process.pid, "SIGKILL");
  };
}

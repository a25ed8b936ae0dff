import { existsSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { Engine } from "../../engine/engine.ts";
import { playedTime } from "../../engine/played-time.ts";
import { Fault } from "../../fault/fault.ts";
import { seededChance } from "../../id/chance.ts";
import { cliSaid as said } from "../../locale/cli.ts";
import type { Said } from "../../locale/said.ts";
import type { Store } from "../../store/store.ts";
import { MINUTE_MS } from "../../time/instant.ts";
import { SimClock } from "../../time/sim-clock.ts";
import { systemClock } from "../../time/system-clock.ts";
import type { Config } from "../config.ts";
import { nodeName } from "../hold-data.ts";
import { jsonLog } from "../json-log.ts";
import { ROOT } from "../package.ts";
import { type EngineFacts, engineOver } from "../program.ts";
import { policyIdOf, readTextFile } from "../read-files.ts";
import { furnishAccounts } from "./accounts.ts";
import { activate, backdrop, troublesOf } from "./backdrop.ts";
import { furnishRoster, furnishTokens, touchTokens } from "./furnish.ts";
import { furnishHeartbeats } from "./furnish-heartbeats.ts";
import { furnishMetrics, furnishTargets } from "./furnish-metrics.ts";
import { PAST_STORIES } from "./past-stories.ts";
import { playMetrics } from "./play-metrics.ts";
import { playStories } from "./play-stories.ts";
import { playedChannels } from "./played-channels.ts";
import { playedSeries } from "./played-hosts.ts";
import { PRESENT_STORIES } from "./present-stories.ts";

/** The same history each time, but for when it was. */
const SEED = 119;
const DAYS = 23;
/** What only looks around, looks around less often while weeks pass in seconds. */
const LOOK_MS = 10 * MINUTE_MS;
const NEVER_MS = 1_000 * 86_400_000;

/** The demo has a folder of its own below the data, listens to this machine only, and uses the files that we ship. */
export function demoConfig(config: Config): Config {
  if (config.host !== "127.0.0.1" && config.host !== "::1" && config.host !== "localhost")
    throw new Fault("config-invalid", {
      path: "host",
      got: config.host,
      expected: "127.0.0.1 with --demo: everybody may know its password",
    });
  const data = join(config.data, "demo");
  return Object.freeze({
    ...config,
    data,
    store: join(data, "bongsu.db"),
    policy: join(ROOT, "policies", "example-policy.ko.md"),
    roster: join(ROOT, "policies", "demo-roster.yaml"),
  });
}

/** Removes what the demo left the last time; of nothing else. The folder has to be held. */
export function removeDemo({ store }: Config): void {
  for (const file of [store, `${store}-wal`, `${store}-shm`]) if (existsSync(file)) rmSync(file);
}

/**
 * Plays three weeks of an operations team up to now: the real engine over the real store, on a clock that we turn, with
 * people, sources and providers that follow a script. What it leaves is what the server goes on with.
 */
export async function playDemo(store: Store, config: Config): Promise<Played> {
  const { zone } = config;
  const now = systemClock.now();
  const begins = now - DAYS * 86_400_000;
  const channels = playedChannels(troublesOf({ now, zone }));
  const policy = policyOf(config);
  await activate(store, earlierPolicy(config), begins, "kim");
  await furnishRoster(store, config.roster, begins);
  const integrations = await furnishTokens(store, begins);

  const clock = new SimClock(begins);
  const engine = engineOver(store, config, {
    node: "demo",
    log: (level, event, facts) => {
      if (level === "error") jsonLog(level, event, facts);
    },
    clock,
    chance: seededChance(SEED),
    channels,
    settings: { pollMs: LOOK_MS * 6, watchMs: LOOK_MS, canaryEveryMs: NEVER_MS, proves: false, measures: false },
  });
  const time = playedTime(engine, clock);
  await engine.start();
  const facts = { now, zone, integrations };
  await playStories(time, [...PAST_STORIES, ...PRESENT_STORIES], facts, backdrop(time, facts, policy));
  await time.until(now);
  await furnishHeartbeats(store, now, zone);
  await touchTokens(store, integrations, now);
  const stopped = engine.stop(0);
  await time.until(now + 1);
  await stopped;
  const measured = playedSeries({ now, offset: offsetOf(now, zone) });
  await furnishMetrics(store, { series: measured, now: systemClock.now(), node: nodeName(config.data) });
  await furnishTargets(store, begins, now);
  // There is nothing to set up in it.
  await store.putSetting("onboarding", {
    exampleChosen: true,
    answers: {},
    skipped: [],
    dismissed: true,
    doneAt: begins,
  });
  const login = await furnishAccounts(store, begins, now);
  return {
    channels,
    measure: (engine) => playMetrics(engine, measured, "bongsu"),
    tell: (url) => said.demoListening({ url, ...login, data: config.data }),
  };
}

function offsetOf(at: number, zone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6;
}

/** What the server goes on with, and what it tells whoever started it. */
type Played = Required<Pick<EngineFacts, "channels">> & {
  readonly tell: (url: string) => Said;
  /** Goes on inventing what is measured; returns what stops it. */
  readonly measure: (engine: Engine) => () => void;
};

type Version = Parameters<typeof activate>[1];

function policyOf({ policy }: Config): Version {
  const text = readTextFile(policy);
  return { id: policyIdOf(text), file: basename(policy), text };
}

/** The version before it: slower, and without somebody at L2 for the middle of the night. */
function earlierPolicy(config: Config): Version {
  const text = readTextFile(config.policy)
    .replace("대응시간: 2시간 이내", "대응시간: 3시간 이내")
    .replace("확인 기한: 5분", "확인 기한: 10분")
    .replace("    - 에러율\n", "");
  return { id: policyIdOf(text), file: basename(config.policy), text };
}

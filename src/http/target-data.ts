import { Fault } from "../fault/fault.ts";
import { asId } from "../id/id.ts";
import {
  COLLECTOR_KINDS,
  TARGET_EVERY_MS_DEFAULT,
  TARGET_EVERY_MS_MAX,
  TARGET_EVERY_MS_MIN,
  type Target,
} from "../monitor/target.ts";
import { goesElsewhere, withStoredSecrets } from "../monitor/target-secrets.ts";
import { SECOND_MS } from "../time/instant.ts";
import { textIn } from "./access.ts";

type Body = Readonly<Record<string, unknown>>;

const NAME_LENGTH_MAX = 200;
const LABELS_MAX = 20;
/** What reaches into the machine that runs it, beyond asking an address; `allow` opens where clouds keep credentials. */
const MACHINE_NAME = /^(command|env|file|allow)$/iu;

/** The target that a form sends; `known` is what is stored under that name, whose hidden secrets it keeps. */
export function targetIn(id: string, body: unknown, known: Target | undefined): Target {
  if (!isRecord(body)) throw new Fault("bad-request", { field: "target", expected: "an object" });
  const collector = COLLECTOR_KINDS.find((kind) => kind === body.collector);
  if (collector === undefined) throw new Fault("bad-request", { field: "collector", expected: COLLECTOR_KINDS });
  const { settings = {}, labels = {}, everySeconds = TARGET_EVERY_MS_DEFAULT / SECOND_MS } = body;
  if (!isRecord(settings)) throw new Fault("bad-request", { field: "settings", expected: "an object" });
  const [least, most] = [TARGET_EVERY_MS_MIN / SECOND_MS, TARGET_EVERY_MS_MAX / SECOND_MS];
  if (
    typeof everySeconds !== "number" ||
    !Number.isInteger(everySeconds) ||
    !(everySeconds >= least && everySeconds <= most)
  )
    throw new Fault("bad-request", { field: "everySeconds", expected: `a whole number from ${least} to ${most}` });
  if (!isRecord(labels) || Object.keys(labels).length > LABELS_MAX)
    throw new Fault("bad-request", { field: "labels", expected: `an object of at most ${LABELS_MAX} labels` });
  const given = Object.entries(labels).map(([name, value]) => {
    if (typeof value !== "string" || value.length > NAME_LENGTH_MAX || !/^[a-zA-Z_]\w*$/u.test(name))
      throw new Fault("bad-request", { field: "labels", got: name, expected: "names of letters, with a text each" });
    return [name, value] as const;
  });
  const agent =
    body.agent === undefined || body.agent === null || body.agent === "" ? undefined : textIn(body, "agent");
  const stored = known?.collector === collector ? known.settings : {};
  return {
    id: asId<"target">(id),
    collector,
    settings: withStoredSecrets(settings, stored),
    every: everySeconds * SECOND_MS,
    ...(agent === undefined ? {} : { agent: agent.normalize("NFC") }),
    labels: Object.fromEntries(given),
  };
}

/**
 * Whether the settings name something of the machine that the stored ones do not: a program, a file, an environment
 * variable; or lead what they name to another address.
 */
export function reachesIntoMachine(settings: Body, stored: Body): boolean {
  const reaches = reachesOf(settings);
  if (reaches.length === 0) return false;
  const before = new Set(reachesOf(stored));
  if (reaches.some((reach) => !before.has(reach))) return true;
  return goesElsewhere(settings, stored);
}

function reachesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(reachesOf);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, one]) => {
    if (!MACHINE_NAME.test(name)) return reachesOf(one);
    const named = [one].flat().filter((text) => typeof text === "string");
    return named.length > 0 ? named.map((text) => `${name}=${text}`) : reachesOf(one);
  });
}

function isRecord(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

import { Fault } from "../fault/fault.ts";
import { asId } from "../id/id.ts";
import {
  COLLECTOR_KINDS,
  TARGET_EVERY_MS_DEFAULT,
  TARGET_EVERY_MS_MAX,
  TARGET_EVERY_MS_MIN,
  type Target,
} from "../monitor/target.ts";
import { SECOND_MS } from "../time/instant.ts";
import { textIn } from "./access.ts";

type Body = Readonly<Record<string, unknown>>;

/** What stands in an answer where a secret is; sent back, it keeps the one that is stored. */
export const HIDDEN = "<hidden>";

const NAME_LENGTH_MAX = 200;
const LABELS_MAX = 20;
/** Settings that hold a secret, by their names, wherever they stand; and all headers, for nobody knows which are. */
const SECRET_NAME =
  /^(password|passwd|passphrase|pass|token|bearer|secret|authorization|api[-_]?key|credentials?|cookie|key)$|(password|token|secret)$/iu;
const HEADERS = /^headers$/iu;
/** Where a target is asked. A stored secret goes only where it was meant to go. */
const ADDRESS_NAME = /^(url|urls|host|port|address|target|targets|server|socket|proxy)$/iu;
/** What reaches into the machine that runs it, beyond asking an address. */
const MACHINE_NAME = /^(command|env|file)$/iu;

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
  const isElsewhere = JSON.stringify(addressesOf(settings)) !== JSON.stringify(addressesOf(stored));
  return {
    id: asId<"target">(id),
    collector,
    settings: unhidden(settings, stored, isElsewhere, "settings") as Body,
    every: everySeconds * SECOND_MS,
    ...(agent === undefined ? {} : { agent: agent.normalize("NFC") }),
    labels: Object.fromEntries(given),
  };
}

/** Settings as they may be shown: secrets hidden, where they come from told. */
export function maskedSettings(settings: Body): Body {
  return mask(settings, false) as Body;
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
  return JSON.stringify(addressesOf(settings)) !== JSON.stringify(addressesOf(stored));
}

function mask(value: unknown, isSecret: boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => mask(one, isSecret));
  if (typeof value === "string") return isSecret ? HIDDEN : withoutUser(value);
  if (!isRecord(value)) return isSecret && value !== null && typeof value !== "boolean" ? HIDDEN : value;
  if (isReference(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      mask(one, isSecret || SECRET_NAME.test(name) || HEADERS.test(name)),
    ]),
  );
}

/** `https://user:password@host/` without its password. */
function withoutUser(text: string): string {
  return text.replace(/^([a-z][a-z0-9+.-]*:\/\/[^/?#@\s:]*):[^/?#@\s]*@/iu, `$1:${HIDDEN}@`);
}

function unhidden(given: unknown, stored: unknown, isElsewhere: boolean, path: string): unknown {
  if (typeof given === "string" && given.includes(HIDDEN)) {
    const isKept = typeof stored === "string" && (given === HIDDEN || withoutUser(stored) === given);
    if (!isKept || (isElsewhere && given === HIDDEN))
      throw new Fault("bad-request", { field: path, expected: "the secret anew, for it would go to another address" });
    return stored;
  }
  if (Array.isArray(given))
    return given.map((one, index) =>
      unhidden(one, Array.isArray(stored) ? stored[index] : undefined, isElsewhere, `${path}.${index}`),
    );
  if (!isRecord(given)) return given;
  const before = isRecord(stored) ? stored : {};
  return Object.fromEntries(
    Object.entries(given).map(([name, one]) => [
      name,
      unhidden(one, Object.hasOwn(before, name) ? before[name] : undefined, isElsewhere, `${path}.${name}`),
    ]),
  );
}

function addressesOf(settings: Body): readonly (readonly [string, unknown])[] {
  return Object.entries(settings)
    .filter(([name]) => ADDRESS_NAME.test(name))
    .map(([name, value]) => [name, mask(value, false)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

function reachesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(reachesOf);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    MACHINE_NAME.test(name) && typeof one === "string" ? [`${name}=${one}`] : reachesOf(one),
  );
}

function isReference(value: Body): boolean {
  const names = Object.keys(value);
  return names.length === 1 && (names[0] === "env" || names[0] === "file");
}

function isRecord(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

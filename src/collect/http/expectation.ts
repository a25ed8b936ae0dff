import { RE2JS } from "re2js";
import type { CollectReason } from "../../monitor/collect-reason.ts";
import type { TimedAnswer } from "../../net/timed-request.ts";
import type { SettingsReader } from "../settings.ts";

/** What an answer has to be for the check to hold. */
export type Expectation = {
  /** Absent: 200 to 299; where no redirect is followed, 300 to 399 as well. */
  readonly status?: readonly StatusRange[];
  /** Headers by their names in lower case, and a text that each has to have in it. */
  readonly headers: readonly (readonly [name: string, text: string])[];
  readonly bodyContains?: string;
  /** What must not be in it: the words of a page that says that all is well and shows that nothing is. */
  readonly bodyLacks?: string;
  readonly bodyMatches?: RE2JS;
  /** Dotted paths into a JSON body, and what is to be found there. */
  readonly json: readonly (readonly [path: string, value: JsonScalar])[];
  /** How much of the body is read and looked at. */
  readonly bytesMax: number;
};

type StatusRange = { readonly from: number; readonly to: number };
type JsonScalar = string | number | boolean | null;

export const EXPECT_SETTINGS = [
  "status",
  "headers",
  "body_contains",
  "body_lacks",
  "body_matches",
  "json",
  "max_bytes",
] as const;

const BYTES_MAX_DEFAULT = 1024 * 1024;
const BYTES_RANGE = { min: 1, max: 16 * 1024 * 1024 };
const PATTERN_LENGTH_MAX = 500;

export function readExpectation(settings: SettingsReader | undefined): Expectation {
  if (settings === undefined) return { headers: [], json: [], bytesMax: BYTES_MAX_DEFAULT };
  const status = readStatus(settings);
  const bodyContains = settings.textOr("body_contains", undefined);
  const bodyLacks = settings.textOr("body_lacks", undefined);
  const pattern = settings.textOr("body_matches", undefined);
  const bodyMatches = pattern === undefined ? undefined : compiled(pattern);
  if (pattern !== undefined && bodyMatches === undefined) {
    throw settings.refuse("body_matches", "a regular expression in RE2's syntax");
  }
  return {
    ...(status === undefined ? {} : { status }),
    headers: Object.entries(settings.words("headers")).map(([name, text]) => [name.toLowerCase(), text] as const),
    ...(bodyContains === undefined ? {} : { bodyContains }),
    ...(bodyLacks === undefined ? {} : { bodyLacks }),
    ...(bodyMatches === undefined ? {} : { bodyMatches }),
    json: readJson(settings),
    bytesMax: settings.number("max_bytes", BYTES_MAX_DEFAULT, BYTES_RANGE),
  };
}

/**
 * Why an answer is not what was expected; nothing: it is. Nothing of the body is told, which may hold what is nobody's
 * business.
 */
export function unmet(
  expectation: Expectation,
  answer: Pick<TimedAnswer, "status" | "headers" | "body" | "isCut"> & { readonly redirectsMax: number },
): readonly CollectReason[] {
  const outside = unmetOutside(expectation, answer);
  if (outside !== undefined) return [outside];
  const inside = unmetInside(expectation, answer.body);
  if (inside === undefined) return [];
  return answer.isCut ? [inside, { code: "body-cut", bytes: expectation.bytesMax }] : [inside];
}

function unmetOutside(
  { status: expected, headers: wanted }: Expectation,
  { status, headers, redirectsMax }: Parameters<typeof unmet>[1],
): CollectReason | undefined {
  const ranges = expected ?? [{ from: 200, to: redirectsMax > 0 ? 299 : 399 }];
  if (!ranges.some(({ from, to }) => status >= from && status <= to)) {
    const isLed = redirectsMax > 0 && status >= 300 && status <= 399 && headers.location !== undefined;
    if (isLed) return { code: "redirected-too-often", times: redirectsMax };
    const told = ranges.map(({ from, to }) => (from === to ? from : `${from}-${to}`)).join(", ");
    return { code: "status-unlike-expected", got: status, expected: told };
  }
  const missed = wanted.find(([name, text]) => headers[name] === undefined || !String(headers[name]).includes(text));
  return missed === undefined ? undefined : { code: "header-unlike-expected", header: missed[0], text: missed[1] };
}

function unmetInside(
  { bodyContains, bodyLacks, bodyMatches, json }: Expectation,
  body: string,
): CollectReason | undefined {
  if (bodyContains !== undefined && !body.includes(bodyContains)) return { code: "body-lacks-text" };
  if (bodyLacks !== undefined && body.includes(bodyLacks)) return { code: "body-has-text" };
  if (bodyMatches !== undefined && !bodyMatches.matcher(body).find()) return { code: "body-unlike-pattern" };
  if (json.length === 0) return undefined;
  const parsed = parsedJson(body);
  if (parsed === undefined) return { code: "body-not-json" };
  const missed = json.find(([path, value]) => memberAt(parsed.value, path) !== value);
  if (missed === undefined) return undefined;
  return { code: "body-value-unlike-expected", path: missed[0], expected: JSON.stringify(missed[1]) };
}

function readStatus(settings: SettingsReader): readonly StatusRange[] | undefined {
  const given = settings.raw("status");
  if (given === undefined) return undefined;
  // A form has one text for all of them.
  const ranges = (Array.isArray(given) ? given : [given]).flatMap((one: unknown) => String(one).split(","));
  return ranges.map((one) => {
    const [, from, to] = /^\s*([1-5]\d\d)(?:\s*-\s*([1-5]\d\d))?\s*$/.exec(one) ?? [];
    const family = /^\s*([1-5])xx\s*$/i.exec(one)?.[1];
    if (family !== undefined) return { from: Number(family) * 100, to: Number(family) * 100 + 99 };
    if (from === undefined) throw settings.refuse("status", "codes such as 200, 200-299 or 2xx");
    return { from: Number(from), to: Number(to ?? from) };
  });
}

function readJson(settings: SettingsReader): Expectation["json"] {
  const given = settings.raw("json") ?? {};
  if (typeof given !== "object" || Array.isArray(given)) throw settings.refuse("json", "paths with a value each");
  return Object.entries(given).map(([path, value]: [string, unknown]) => {
    const isScalar = value === null || ["string", "number", "boolean"].includes(typeof value);
    if (!isScalar) throw settings.refuse("json", `a text, a number, true, false or null for '${path}'`);
    return [path, value as JsonScalar];
  });
}

function compiled(pattern: string): RE2JS | undefined {
  if (pattern.length > PATTERN_LENGTH_MAX) return undefined;
  try {
    return RE2JS.compile(pattern, RE2JS.DOTALL);
  } catch {
    return undefined;
  }
}

function parsedJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** `checks.0.status`; a name with dots in it is found as it stands. */
function memberAt(value: unknown, path: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  if (Object.hasOwn(value, path)) return (value as Record<string, unknown>)[path];
  const [first = "", ...rest] = path.split(".");
  if (rest.length === 0 || !Object.hasOwn(value, first)) return undefined;
  return memberAt((value as Record<string, unknown>)[first], rest.join("."));
}

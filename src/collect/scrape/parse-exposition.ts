import type { Labels } from "../../metric/sample.ts";
import type { Instant } from "../../time/instant.ts";

/** A series as an exporter tells it. The value may be NaN or infinite. */
export type RawSample = {
  readonly name: string;
  readonly labels: Labels;
  readonly value: number;
  /** Where the exporter tells a time. */
  readonly at?: Instant;
};

export type Exposition =
  | {
      readonly samples: readonly RawSample[];
      /** Native histograms, whose one value is many: they are passed over. */
      readonly histograms: number;
    }
  | { readonly line: number; readonly problem: string };

export type Format = "prometheus" | "openmetrics";

/** By the answer's Content-Type; they differ in what timestamps are. */
export function formatOf(contentType: string): Format {
  return /^application\/openmetrics-text\b/iu.test(contentType) ? "openmetrics" : "prometheus";
}

/**
 * Prometheus' text format 0.0.4 and OpenMetrics 1.0, names in quotes (Prometheus 3) among them. As Prometheus does, it
 * takes all of it or, where a line is none or OpenMetrics' end is missing, nothing: half a text tells of half a machine.
 */
export function parseExposition(text: string, format: Format): Exposition {
  const samples: RawSample[] = [];
  let histograms = 0;
  let hasEnded = format === "prometheus";
  let [start, line] = [0, 1];
  for (; start < text.length; line++) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline;
    const first = text.charCodeAt(start);
    if (first === HASH) {
      if (format === "openmetrics" && text.startsWith("# EOF", start)) {
        hasEnded = true;
        break;
      }
    } else if (end > start && !(first === RETURN && end === start + 1)) {
      const sample = readLine(text, start, end, format);
      if (typeof sample === "string") return { line, problem: sample };
      if (sample === HISTOGRAM) histograms++;
      else if (sample !== undefined) samples.push(sample);
    }
    start = end + 1;
  }
  return hasEnded ? { samples, histograms } : { line, problem: "the text ends before its # EOF" };
}

/** What a line tells that has no one value: `{count:17,sum:3.2,schema:3,…}` (OpenMetrics 2). */
const HISTOGRAM = Symbol("histogram");
const COMPOSITE = /\{\s*(?:count|sum|schema|bucket|quantile)\s*:/uy;

const HASH = 35;
const RETURN = 13;
const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;
const COMMA = 44;
const EQUALS = 61;

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === RETURN;
}

/** Letters, digits, `_`, `:`; `.` and `-` are no part of a name without quotes. */
function isNamePart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    code === 58 ||
    (code >= 48 && code <= 57)
  );
}

function isNameStart(code: number): boolean {
  return isNamePart(code) && !(code >= 48 && code <= 57);
}

const NONE: Labels = Object.freeze({});

/** A line; a text where it is none; undefined where it is blank. */
function readLine(
  text: string,
  start: number,
  end: number,
  format: Format,
): RawSample | typeof HISTOGRAM | string | undefined {
  let at = start;
  const isComposite = (): boolean => {
    COMPOSITE.lastIndex = at;
    return name !== "" && text.charCodeAt(at) === OPEN && COMPOSITE.test(text) && COMPOSITE.lastIndex <= end;
  };
  const skipBlanks = (): void => {
    while (at < end && isBlank(text.charCodeAt(at))) at++;
  };
  const readName = (): string => {
    const from = at;
    if (isNameStart(text.charCodeAt(at))) while (at < end && isNamePart(text.charCodeAt(at))) at++;
    return text.slice(from, at);
  };
  /** What stands between quotes, with its escapes undone; undefined where the line ends before it. */
  const readQuoted = (): string | undefined => {
    at++;
    let from = at;
    let value = "";
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        value += text.slice(from, at);
        at++;
        return value;
      }
      if (code !== BACKSLASH) continue;
      const escaped = text[at + 1];
      const meant = escaped === "n" ? "\n" : escaped === '"' ? '"' : escaped === "\\" ? "\\" : undefined;
      if (meant === undefined) continue;
      value += text.slice(from, at) + meant;
      at++;
      from = at + 1;
    }
    return undefined;
  };

  skipBlanks();
  if (at >= end) return undefined;
  let name = readName();
  let labels: Labels = NONE;
  skipBlanks();
  if (isComposite()) return HISTOGRAM;
  if (text.charCodeAt(at) === OPEN && at < end) {
    at++;
    const found: Record<string, string> = {};
    for (;;) {
      skipBlanks();
      if (at >= end) return "the labels do not end";
      if (text.charCodeAt(at) === CLOSE) break;
      const isQuoted = text.charCodeAt(at) === QUOTE;
      const label = isQuoted ? readQuoted() : readName();
      if (label === undefined || label === "") return "a label has no name";
      skipBlanks();
      if (text.charCodeAt(at) === EQUALS && at < end) {
        at++;
        skipBlanks();
        if (at >= end || text.charCodeAt(at) !== QUOTE) return `the value of label ${label} is not in quotes`;
        const value = readQuoted();
        if (value === undefined) return `the value of label ${label} does not end`;
        if (Object.hasOwn(found, label)) return `label ${label} stands there twice`;
        // An empty label is the same as none.
        if (value !== "") define(found, label, value);
      } else if (isQuoted && name === "") name = label;
      else return `label ${label} has no value`;
      skipBlanks();
      const next = text.charCodeAt(at);
      if (next === COMMA && at < end) at++;
      else if (next !== CLOSE) return "the labels do not end";
    }
    at++;
    labels = found;
  }
  if (name === "") return "a name is expected";
  skipBlanks();
  if (isComposite()) return HISTOGRAM;
  const rest = text.slice(at, end);
  const [number = "", timestamp, ...more] = (format === "openmetrics" ? withoutExemplar(rest) : rest)
    .trim()
    .split(/[ \t]+/u);
  const value = readNumber(number);
  if (value === undefined) return `${number === "" ? "nothing" : JSON.stringify(number.slice(0, 40))} is no value`;
  if (timestamp === undefined) return { name, labels, value };
  const told = readNumber(timestamp);
  if (told === undefined || !Number.isFinite(told) || more.length > 0) return "what follows the value is no time";
  return { name, labels, value, at: Math.round(format === "openmetrics" ? told * 1_000 : told) };
}

/** `__proto__` is a label like any other. */
function define(labels: Record<string, string>, name: string, value: string): void {
  if (name === "__proto__") Object.defineProperty(labels, name, { value, enumerable: true });
  else labels[name] = value;
}

function withoutExemplar(rest: string): string {
  const hash = rest.indexOf(" #");
  return hash === -1 ? rest : rest.slice(0, hash);
}

/** As Go reads a float, without the forms that no exporter writes. */
function readNumber(text: string): number | undefined {
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/u.test(text)) return Number(text);
  if (/^nan$/iu.test(text)) return Number.NaN;
  if (/^[+-]?inf(inity)?$/iu.test(text))
    return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return undefined;
}

import type { ShownCollectorField, ShownTarget, TargetBody } from "../../../../src/http/wire/monitors.ts";
import type { Locale } from "../../words/locale.tsx";
import { readLength, writeLength } from "../monitor-editor/written-value.ts";
import { type DraftSecret, secretValue } from "../settings/secret-value.ts";

/** A target while it is written: as texts, as they stand in the form. */
export type TargetDraft = {
  readonly id: string;
  readonly collector: string;
  readonly every: string;
  readonly agent: string;
  readonly labels: string;
  readonly values: Readonly<Record<string, string | boolean | DraftSecret>>;
  /** By group of fields, of which one is set: which one. */
  readonly chosen: Readonly<Record<string, string>>;
  /** What the form has no field for, as JSON. */
  readonly more: string;
};

const EVERY_MS = { usual: 30_000, min: 5_000, max: 3_600_000 } as const;
/** How the server tells that a secret is stored. */
const HIDDEN = "<hidden>";

type Fields = readonly ShownCollectorField[];
type Settings = Readonly<Record<string, unknown>>;

export function newDraft(
  collector: string,
  fields: Fields,
  { locale, settings = {} }: { readonly locale: Locale; readonly settings?: Settings },
): TargetDraft {
  return {
    id: "",
    collector,
    every: writeLength(EVERY_MS.usual, locale),
    agent: "",
    labels: "",
    ...valuesOf(fields, settings),
  };
}

export function draftOf(target: ShownTarget, fields: Fields, locale: Locale): TargetDraft {
  const { id, collector, everySeconds, agent, labels, settings } = target;
  return {
    id,
    collector,
    every: writeLength(everySeconds * 1_000, locale),
    agent: agent ?? "",
    labels: Object.entries(labels)
      .map(([name, value]) => `${name}=${value}`)
      .join("\n"),
    ...valuesOf(fields, settings),
  };
}

/** What is in the fields, and what has no field or another form than its field can show. */
function valuesOf(fields: Fields, settings: Settings): Pick<TargetDraft, "values" | "chosen" | "more"> {
  const values: Record<string, string | boolean | DraftSecret> = {};
  const chosen: Record<string, string> = {};
  let rest = settings;
  for (const field of fields) {
    const { name, type, otherwise, oneOf } = field;
    const value = memberOf(settings, name);
    const shown = shownIn(type, value);
    if (value !== undefined && shown !== undefined) rest = withoutMember(rest, name);
    values[name] =
      shown ?? (type === "flag" ? otherwise === true : type === "secret" ? { how: "text" as const, text: "" } : "");
    if (oneOf !== null && (chosen[oneOf] === undefined || (value !== undefined && shown !== undefined)))
      chosen[oneOf] = name;
  }
  return { values, chosen, more: Object.keys(rest).length === 0 ? "" : JSON.stringify(rest, undefined, 2) };
}

function shownIn(type: ShownCollectorField["type"], value: unknown): string | boolean | DraftSecret | undefined {
  switch (type) {
    case "flag":
      return typeof value === "boolean" ? value : undefined;
    case "texts": {
      const list: readonly unknown[] = typeof value === "string" ? [value] : Array.isArray(value) ? value : [];
      return list.length > 0 && list.every((one) => typeof one === "string") ? list.join("\n") : undefined;
    }
    case "secret": {
      if (value === HIDDEN) return { how: "text", text: "" };
      const named = typeof value === "object" && value !== null ? (value as { env?: unknown; file?: unknown }) : {};
      if (typeof named.env === "string") return { how: "env", text: named.env };
      return typeof named.file === "string" ? { how: "file", text: named.file } : undefined;
    }
    default:
      return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  }
}

export type DraftProblems = Partial<Record<"id" | "every" | "labels" | "more", true>> & {
  /** By the name of the collector's field. */
  readonly fields?: Readonly<Record<string, "missing" | "not-an-address" | "not-a-number">>;
};

/** What keeps the target from being measured at all, tried or stored; its name and interval matter to what is stored alone. */
export function isWhole({ labels, more, fields }: DraftProblems): boolean {
  return labels === undefined && more === undefined && fields === undefined;
}

export function problemsOf(draft: TargetDraft, fields: Fields): DraftProblems {
  const wrong = fields.flatMap(
    (field): readonly (readonly [string, "missing" | "not-an-address" | "not-a-number"])[] => {
      const problem = fieldProblem(field, draft);
      return problem === undefined ? [] : [[field.name, problem]];
    },
  );
  return {
    ...(wrong.length > 0 ? { fields: Object.fromEntries(wrong) } : {}),
    ...(draft.id.trim() === "" ? { id: true as const } : {}),
    ...(everyOf(draft) === undefined ? { every: true as const } : {}),
    ...(labelsOf(draft.labels) === undefined ? { labels: true as const } : {}),
    ...(moreOf(draft.more) === undefined ? { more: true as const } : {}),
  };
}

function fieldProblem(
  { name, type, required, oneOf }: Fields[number],
  draft: TargetDraft,
): "missing" | "not-an-address" | "not-a-number" | undefined {
  if (oneOf !== null && draft.chosen[oneOf] !== name) return undefined;
  const value = draft.values[name];
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  // What stands among the settings written as JSON is read by the server alone.
  if (text === "") return (required || oneOf !== null) && draft.more.trim() === "" ? "missing" : undefined;
  if (name === "url" && !/^https?:\/\/[^/]/u.test(text)) return "not-an-address";
  if (type === "number" && !/^\d+$/u.test(text)) return "not-a-number";
  return undefined;
}

/** As the server takes it. `before` is what is stored: a secret that is not written anew stays. */
export function bodyOf(draft: TargetDraft, fields: Fields, before: Settings): TargetBody {
  let settings: Record<string, unknown> = { ...moreOf(draft.more) };
  for (const field of fields) {
    if (field.oneOf !== null && draft.chosen[field.oneOf] !== field.name) continue;
    const value = settingOf(field, draft.values[field.name], memberOf(before, field.name));
    if (value !== undefined) settings = withMember(settings, field.name, value);
  }
  return {
    collector: draft.collector,
    settings,
    everySeconds: (everyOf(draft) ?? EVERY_MS.usual) / 1_000,
    agent: draft.agent === "" ? null : draft.agent,
    labels: labelsOf(draft.labels) ?? {},
  };
}

function settingOf(
  { type, otherwise }: ShownCollectorField,
  value: TargetDraft["values"][string] | undefined,
  before: unknown,
): unknown {
  if (typeof value === "boolean") return value === (otherwise ?? false) ? undefined : value;
  if (typeof value === "object") {
    const secret = secretValue(value);
    if (secret === null) return undefined;
    return secret ?? before;
  }
  const text = value?.trim() ?? "";
  if (text === "") return undefined;
  if (type === "number") return Number(text);
  if (type === "texts")
    return text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
  return text;
}

function everyOf({ every }: TargetDraft): number | undefined {
  const ms = readLength(every);
  return ms === undefined || ms < EVERY_MS.min || ms > EVERY_MS.max ? undefined : ms;
}

function labelsOf(text: string): Readonly<Record<string, string>> | undefined {
  const labels: Record<string, string> = {};
  for (const line of text.split("\n").filter((one) => one.trim() !== "")) {
    const [, name = "", value = ""] = /^([^=]+)=(.*)$/u.exec(line) ?? [];
    if (name.trim() === "") return undefined;
    labels[name.trim()] = value.trim();
  }
  return labels;
}

function moreOf(text: string): Settings | undefined {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Settings) : undefined;
  } catch {
    return undefined;
  }
}

/** `expect.status` is the member `status` of `expect`. */
export function memberOf(settings: Settings, name: string): unknown {
  const [outer = "", inner] = name.split(".");
  const value = settings[outer];
  if (inner === undefined) return value;
  return typeof value === "object" && value !== null ? (value as Settings)[inner] : undefined;
}

function withMember(settings: Settings, name: string, value: unknown): Record<string, unknown> {
  const [outer = "", inner] = name.split(".");
  if (inner === undefined) return { ...settings, [outer]: value };
  return { ...settings, [outer]: { ...(settings[outer] as Settings | undefined), [inner]: value } };
}

function withoutMember(settings: Settings, name: string): Settings {
  const [outer = "", inner] = name.split(".");
  const { [outer]: value, ...rest } = settings;
  if (inner === undefined) return rest;
  const { [inner]: _, ...left } = value as Settings;
  return Object.keys(left).length === 0 ? rest : { ...rest, [outer]: left };
}

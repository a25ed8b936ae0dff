import { Fault } from "../fault/fault.ts";
import type { Policy } from "../policy/policy.ts";

type Body = Readonly<Record<string, unknown>>;

/** Fifty times the policies that people write. A larger text would hold up everything else while it is read. */
const POLICY_BYTES_MAX = 256 * 1024;
/** More than any policy promises; what is found and bound grows with them. */
const CLAUSES_MAX = 5_000;
const LINE_LENGTH_MAX = 2_000;
/** Quotes within quotes and lists within lists: reading them takes the square of their depth. */
const NESTED_TOO_DEEP = /^(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])){40}|^[ \t]{200}/mu;
/** Room for what JSON adds to it: `\n`, and `\u` for each of a text that is escaped throughout. */
export const POLICY_BODY_BYTES_MAX = 6 * POLICY_BYTES_MAX;

/** The document in a request, as it was written: its white space is part of it. */
export function documentIn(body: Body): { readonly text: string; readonly file: string } {
  const { text } = body;
  if (typeof text !== "string" || text.trim() === "")
    throw new Fault("bad-request", { field: "text", expected: "the document" });
  if (!text.isWellFormed() || text.includes("\0"))
    throw new Fault("bad-request", { field: "text", expected: "valid Unicode without NUL" });
  if (new TextEncoder().encode(text).length > POLICY_BYTES_MAX)
    throw new Fault("too-large", { field: "text", bytesMax: POLICY_BYTES_MAX });
  if (text.split("\n").some((line) => line.length > LINE_LENGTH_MAX))
    throw new Fault("too-large", { field: "text", lineLengthMax: LINE_LENGTH_MAX });
  if (NESTED_TOO_DEEP.test(text)) throw new Fault("bad-request", { field: "text", expected: "less nesting" });
  return { text, file: fileIn(body) };
}

/** Fault `too-large` where a document that could be read has more clauses than can be looked at while others wait. */
export function demandFewClauses(policy: Policy | undefined): void {
  const clauses = policy?.clauses.size ?? 0;
  if (clauses > CLAUSES_MAX) throw new Fault("too-large", { clauses, clausesMax: CLAUSES_MAX });
}

/** A name, not a path: the ending says whether it is Markdown or YAML. */
function fileIn({ file }: Body): string {
  if (file === undefined || file === null || file === "") return "policy.md";
  if (typeof file !== "string" || file.length > 200 || !file.isWellFormed() || /[\p{Cc}/\\]/u.test(file))
    throw new Fault("bad-request", { field: "file", expected: "the name of a file, without folders" });
  return file.trim();
}

/** A list of texts, empty where the field is missing. */
export function listIn(body: Body, field: string): readonly string[] {
  const value = body[field] ?? [];
  if (!Array.isArray(value) || value.length > 1_000 || !value.every((one) => typeof one === "string"))
    throw new Fault("bad-request", { field, expected: "a list of texts" });
  return value as readonly string[];
}

/** `answers`: findings by id, each with the text chosen for it, or the id alone for the proposed one. */
export function answersIn(body: Body): readonly { readonly finding: string; readonly choice?: string }[] {
  const value = body.answers ?? [];
  if (!Array.isArray(value) || value.length > 1_000) throw new Fault("bad-request", EXPECTED_ANSWERS);
  return value.map((one: unknown) => {
    if (typeof one === "string") return { finding: one };
    const { finding, choice } = (one ?? {}) as { readonly finding?: unknown; readonly choice?: unknown };
    if (typeof finding !== "string" || (choice !== undefined && typeof choice !== "string"))
      throw new Fault("bad-request", EXPECTED_ANSWERS);
    return choice === undefined ? { finding } : { finding, choice };
  });
}

const EXPECTED_ANSWERS = { field: "answers", expected: "a list of {finding, choice}" };

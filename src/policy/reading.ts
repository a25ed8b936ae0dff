import { asId } from "../id/id.ts";
import { policySaid as said } from "../locale/policy.ts";
import type { Said } from "../locale/said.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { BlockKind, Clause, ClauseId } from "./policy.ts";
import type { Entry, Position, Tree } from "./tree.ts";
import { type FieldName, fieldNamed, nearest, wordsOfField } from "./vocabulary.ts";

/** A line of the document and the clause that it became; none where the line became nothing. */
export type Leaf = { readonly line: number; readonly text: string; readonly clause: ClauseId | undefined };

/** A part of a path that has a name of ours in the id, so that a translated document keeps its ids. */
export type PathWord = { readonly id: string; readonly shown: string };

/** What is gathered while a document is read: clauses, what is wrong, and which lines became what. */
export class Reading {
  readonly file: string;
  readonly diagnostics: Diagnostic[] = [];
  readonly clauses = new Map<ClauseId, Clause>();
  readonly #claimed = new Map<string, ClauseId>();
  readonly #repeats = new Map<string, number>();

  constructor(file: string) {
    this.file = file;
  }

  /** Makes a line traceable. Ids stay the same when lines move; a repeated text gets a number. */
  clause(block: BlockKind, path: readonly (string | PathWord)[], text: string, at: Position): ClauseId {
    const ids = path.map((part) => (typeof part === "string" ? part : part.id));
    const shown = path.map((part) => (typeof part === "string" ? part : part.shown));
    const base = [block, ...ids].join("/").normalize("NFC");
    const nth = (this.#repeats.get(base) ?? 0) + 1;
    this.#repeats.set(base, nth);
    const id = asId<"clause">(nth === 1 ? base : `${base}#${nth}`);
    this.clauses.set(id, { id, block, path: shown, text, line: at.line, column: at.column });
    this.claim(at, id);
    return id;
  }

  /** Says that what stands there is part of a clause. */
  claim(at: Position, clause: ClauseId): void {
    this.#claimed.set(`${at.line}:${at.column}`, clause);
  }

  clauseAt(at: Position): ClauseId | undefined {
    return this.#claimed.get(`${at.line}:${at.column}`);
  }

  of(id: ClauseId): Clause {
    const clause = this.clauses.get(id);
    if (clause === undefined) throw new Error(`no clause ${id}`);
    return clause;
  }

  say(level: Diagnostic["level"], code: string, at: Position, found: string, message: Said, expected: Said): void {
    const { line, column } = at;
    this.diagnostics.push({
      level,
      code,
      message,
      file: this.file,
      line,
      column,
      found: found.slice(0, 200),
      expected,
    });
  }

  entries(tree: Tree, what: string): readonly Entry[] {
    if (tree.kind === "map") return tree.entries;
    if (tree.kind !== "empty") this.wrongShape(tree, what, said.expectsMap());
    return [];
  }

  /** A list of texts; a single text stands for a list of one. */
  texts(tree: Tree, what: string): readonly (Tree & { readonly kind: "text" })[] {
    if (tree.kind === "text") return [tree];
    if (tree.kind === "empty") return [];
    if (tree.kind !== "list") {
      this.wrongShape(tree, what, said.expectsList());
      return [];
    }
    return tree.items.flatMap((item) => {
      if (item.kind === "text") return [item];
      if (item.kind !== "empty") this.wrongShape(item, what, said.expectsText());
      return [];
    });
  }

  isEmpty(tree: Tree): boolean {
    return tree.kind === "empty" || (tree.kind === "list" && tree.items.every(({ kind }) => kind === "empty"));
  }

  /** The fields of a mapping by meaning; unknown and repeated ones are errors. */
  fields(tree: Tree, what: string, known: readonly FieldName[]): ReadonlyMap<FieldName, Entry> {
    const fields = new Map<FieldName, Entry>();
    for (const entry of this.entries(tree, what)) {
      const name = fieldNamed(entry.key);
      if (name === undefined || !known.includes(name)) {
        const words = known.flatMap((field) => wordsOfField(field).slice(0, 2));
        this.unknownKey(entry, words, known.flatMap(wordsOfField));
      } else if (fields.has(name)) this.repeatedKey(entry);
      else fields.set(name, entry);
    }
    return fields;
  }

  /** `words` are proposed, the nearest of `all` first. */
  unknownKey(entry: Entry, words: readonly string[], all: readonly string[] = words): void {
    const expected = said.expectsOneOf({ words, nearest: nearest(entry.key, all) });
    this.say("error", "unknown-key", entry.at, entry.key, said.unknownKey(entry), expected);
  }

  repeatedKey(entry: Entry): void {
    this.say("error", "duplicate-key", entry.at, entry.key, said.duplicate({ what: entry.key }), said.expectsOnce());
  }

  missing(at: Position, what: string, field: FieldName, example: string): void {
    const word = wordsOfField(field)[0] ?? field;
    this.say(
      "error",
      "missing-field",
      at,
      what,
      said.missingField({ word, in: what }),
      said.expectsField({ word, example }),
    );
  }

  wrongShape(at: Position, what: string, expected: Said): void {
    this.say("error", "wrong-shape", at, what, said.wrongShape({ what }), expected);
  }
}

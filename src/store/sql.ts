/** A value that both stores bind and give back alike: numbers, text, bytes, null. */
export type Value = string | number | Uint8Array | null;
export type Row = Readonly<Record<string, Value>>;

/**
 * What the queries are written against: one SQL that both stores speak, with the two places where they differ. A
 * statement is durable when it returns, or with the transaction that holds it.
 */
export type Sql = {
  readonly kind: "sqlite" | "mariadb";
  all(text: string, values?: readonly Value[]): Promise<readonly Row[]>;
  /** How many rows matched (an update that sets what was there counts). */
  run(text: string, values?: readonly Value[]): Promise<number>;
  /** `ignore` leaves rows whose key exists as they are; `replace` puts the new one in their place. */
  insert(
    mode: "plain" | "ignore" | "replace",
    table: string,
    columns: readonly string[],
    rows: readonly (readonly Value[])[],
  ): Promise<void>;
};

/** An Sql with transactions: the root of a store. */
export type SqlRoot = Sql & {
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Reads that all see one moment, while others write. */
  snapshot<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  size(): Promise<number | undefined>;
  close(): Promise<void>;
};

/** `(?, ?, ?)`. */
export function marks(count: number): string {
  return `(${Array.from({ length: count }, () => "?").join(", ")})`;
}

/** Reads a JSON column. */
export function fromJson<T>(value: Value | undefined): T {
  return JSON.parse(String(value)) as T;
}

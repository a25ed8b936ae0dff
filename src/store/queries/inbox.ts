import { assert } from "../../fault/fault.ts";
import { asId } from "../../id/id.ts";
import { marks, type Row, type Sql } from "../sql.ts";
import type { Inbox, NewInbox, Queries } from "../store.ts";

type InboxQueries = Pick<
  Queries,
  "insertInbox" | "dueInbox" | "finishInbox" | "postponeInbox" | "pruneInbox" | "inboxBacklog" | "recentInbox"
>;

const COLUMNS = [
  "id",
  "source",
  "integration",
  "received_at",
  "due_at",
  "attempts",
  "state",
  "because",
  "requests",
  "parts",
  "body",
];

export function inboxQueries(sql: Sql): InboxQueries {
  return {
    insertInbox: (rows) =>
      sql.insert(
        "plain",
        "inbox",
        COLUMNS,
        rows.map((row) => [
          row.id,
          row.source,
          row.integration,
          row.receivedAt,
          row.receivedAt,
          0,
          "new",
          null,
          row.parts?.length ?? 1,
          row.parts?.join(",") ?? null,
          row.body,
        ]),
      ),
    async dueInbox(at, limit) {
      const text = "select * from inbox where state = 'new' and due_at <= ? order by due_at, id limit ?";
      return (await sql.all(text, [at, limit])).map(inboxOf);
    },
    async finishInbox(ids, outcome, because) {
      if (ids.length === 0) return;
      const text = `update inbox set state = ?, because = ? where id in ${marks(ids.length)}`;
      await sql.run(text, [outcome, because ?? null, ...ids]);
    },
    async postponeInbox(id, dueAt) {
      await sql.run("update inbox set due_at = ?, attempts = attempts + 1 where id = ?", [dueAt, id]);
    },
    pruneInbox: (before) => sql.run("delete from inbox where state <> 'new' and received_at < ?", [before]),
    async inboxBacklog() {
      const [row] = await sql.all(
        "select sum(requests) as number, min(received_at) as oldest from inbox where state = 'new'",
      );
      const oldest = row?.oldest ?? null;
      return { count: Number(row?.number ?? 0), ...(oldest === null ? {} : { oldest: Number(oldest) }) };
    },
    async recentInbox(integration, limit) {
      const rows = await sql.all("select * from inbox where integration = ? order by id desc limit ?", [
        integration,
        limit,
      ]);
      return rows.map((row) => ({
        ...newInboxOf(row),
        // The newest of those that came together.
        body: bodiesOf(newInboxOf(row)).at(-1) ?? "",
        outcome: String(row.state),
        ...(row.because === null ? {} : { because: String(row.because) }),
      }));
    },
  };
}

function newInboxOf(row: Row): NewInbox {
  return {
    id: asId(String(row.id)),
    source: String(row.source),
    integration: String(row.integration),
    receivedAt: Number(row.received_at),
    ...(row.parts === null ? {} : { parts: String(row.parts).split(",").map(Number) }),
    body: String(row.body),
  };
}

/** The requests of a row, each as it came. */
export function bodiesOf({ body, parts }: NewInbox): readonly string[] {
  if (parts === undefined) return [body];
  let from = 0;
  return parts.map((length) => {
    from += length;
    return body.slice(from - length, from);
  });
}

/** What one sender sent within one commit is one row: a row costs as much as ten requests. */
export function together(rows: readonly NewInbox[]): readonly NewInbox[] {
  const groups = new Map<string, NewInbox[]>();
  const whole: NewInbox[] = [];
  for (const row of rows) {
    const key = `${row.source}/${row.integration}`;
    const group = groups.get(key) ?? [];
    const length = group.reduce((sum, { body }) => sum + body.length, row.body.length);
    if (group.length > 0 && (length > TOGETHER_LENGTH_MAX || group.length >= TOGETHER_MAX)) {
      whole.push(joined(group));
      groups.set(key, [row]);
    } else groups.set(key, [...group, row]);
  }
  return [...whole, ...[...groups.values()].map(joined)];
}

const TOGETHER_MAX = 128;
const TOGETHER_LENGTH_MAX = 256 * 1024;

function joined(rows: readonly NewInbox[]): NewInbox {
  const [first] = rows;
  assert(first !== undefined, "a group has at least one row");
  if (rows.length === 1) return first;
  return { ...first, parts: rows.map(({ body }) => body.length), body: rows.map(({ body }) => body).join("") };
}

function inboxOf(row: Row): Inbox {
  return { ...newInboxOf(row), attempts: Number(row.attempts), dueAt: Number(row.due_at) };
}

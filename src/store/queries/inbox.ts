import { asId } from "../../id/id.ts";
import { marks, type Row, type Sql } from "../sql.ts";
import type { Inbox, NewInbox, Queries } from "../store.ts";

type InboxQueries = Pick<
  Queries,
  "insertInbox" | "dueInbox" | "finishInbox" | "postponeInbox" | "pruneInbox" | "inboxBacklog" | "recentInbox"
>;

const COLUMNS = ["id", "source", "integration", "received_at", "due_at", "attempts", "state", "because", "body"];

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
        "select count(*) as number, min(received_at) as oldest from inbox where state = 'new'",
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
    body: String(row.body),
  };
}

function inboxOf(row: Row): Inbox {
  return { ...newInboxOf(row), attempts: Number(row.attempts), dueAt: Number(row.due_at) };
}

import type { DeliveryId } from "../../incident/event.ts";
import { fromJson, type Row, type Sql, type Value } from "../sql.ts";
import type { Attempt, Delivery, Queries } from "../store.ts";

type DeliveryQueries = Pick<
  Queries,
  | "insertDeliveries"
  | "delivery"
  | "deliveriesOfIncident"
  | "deliveriesInto"
  | "dueDeliveries"
  | "nextDeliveryDue"
  | "claimDelivery"
  | "updateDelivery"
  | "withdrawDeliveries"
  | "releaseDeliveries"
  | "recentSends"
  | "sentTo"
  | "testPages"
  | "lastOutcomes"
  | "putAttempt"
  | "attemptsOf"
  | "attemptsOfIncident"
  | "thread"
  | "putThread"
>;

/** More than a year of tests at a good house; the newest have the greatest ids. */
const TEST_PAGES_MAX = 2_000;

const COLUMNS = [
  "id",
  "incident",
  "step",
  "person",
  "channel",
  "state",
  "priority",
  "due_at",
  "lease_until",
  "epoch",
  "owner",
  "into_id",
  "sent_at",
  "data",
];

export function deliveryQueries(sql: Sql): DeliveryQueries {
  const list = async (where: string, values: readonly Value[]): Promise<readonly Delivery[]> =>
    (await sql.all(`select * from delivery where ${where}`, values)).map(deliveryOf);
  return {
    async insertDeliveries(deliveries) {
      if (deliveries.length > 0) await sql.insert("ignore", "delivery", COLUMNS, deliveries.map(rowOf));
    },
    delivery: async (id) => (await list("id = ?", [id]))[0],
    deliveriesOfIncident: (incident) => list("incident = ? order by id", [incident]),
    deliveriesInto: (bundle) => list("into_id = ? order by id", [bundle]),
    dueDeliveries: async (at, limit) => {
      const queued = await list("state = 'queued' and due_at <= ? order by priority, due_at, id limit ?", [at, limit]);
      const left = await list("state = 'sending' and lease_until <= ? order by priority, due_at, id limit ?", [
        at,
        limit,
      ]);
      return [...queued, ...left]
        .sort((one, other) => one.priority - other.priority || one.dueAt - other.dueAt)
        .slice(0, limit);
    },
    async nextDeliveryDue() {
      const text = `select min(due) as due from (select min(due_at) as due from delivery where state = 'queued'
        union all select min(lease_until) as due from delivery where state = 'sending') as dues`;
      const [row] = await sql.all(text);
      return row === undefined || row.due === null ? undefined : Number(row.due);
    },
    async claimDelivery(id, epoch, owner, at, leaseUntil) {
      const text = `update delivery set state = 'sending', owner = ?, lease_until = ?, epoch = epoch + 1
        where id = ? and epoch = ? and (state = 'queued' or (state = 'sending' and lease_until <= ?))`;
      return (await sql.run(text, [owner, leaseUntil, id, epoch, at])) === 1;
    },
    async updateDelivery(delivery, epoch) {
      const [id, ...values] = rowOf(delivery);
      const sets = COLUMNS.slice(1).map((column) => `${column} = ?`);
      const text = `update delivery set ${sets.join(", ")} where id = ? and epoch = ?`;
      return (await sql.run(text, [...values, id ?? null, epoch])) === 1;
    },
    async withdrawDeliveries(incident, kinds, because) {
      const queued = await list("incident = ? and state in ('queued', 'bundled')", [incident]);
      let withdrawn = 0;
      for (const delivery of queued) {
        if (!kinds.includes(delivery.kind)) continue;
        const row = rowOf({ ...delivery, state: "withdrawn", because });
        // The epoch moves on, so that a claim that read the row before this misses.
        const text =
          "update delivery set state = 'withdrawn', data = ?, epoch = epoch + 1 where id = ? and epoch = ? and state in ('queued', 'bundled')";
        withdrawn += await sql.run(text, [row.at(-1) ?? null, delivery.id, delivery.epoch]);
      }
      return withdrawn;
    },
    releaseDeliveries: (owner, at) =>
      sql.run("update delivery set lease_until = ? where state = 'sending' and owner = ? and lease_until > ?", [
        at,
        owner,
        at,
      ]),
    async recentSends(person, channel, since) {
      const text =
        "select id, sent_at from delivery where person = ? and channel = ? and sent_at > ? order by sent_at desc";
      const rows = await sql.all(text, [person, channel, since]);
      return rows.map((row) => ({ id: row.id as DeliveryId, sentAt: Number(row.sent_at) }));
    },
    sentTo: (person, channel, from, to) =>
      list("person = ? and channel = ? and sent_at >= ? and sent_at < ? order by sent_at, id", [
        person,
        channel,
        from,
        to,
      ]),
    async testPages(since, limit) {
      // By the primary key: test pages are few among many, and their ids are apart from all others.
      const pages = await list("id >= 'test.' and id < 'test/' order by id desc limit ?", [TEST_PAGES_MAX]);
      return pages
        .filter(({ createdAt }) => createdAt >= since)
        .sort((one, other) => other.createdAt - one.createdAt)
        .slice(0, limit);
    },
    async lastOutcomes(channel, limit) {
      const found: Delivery[] = [];
      // One state after the other, so that the index by state and time gives the newest first.
      for (const state of ["accepted", "delivered", "acknowledged", "failed"]) {
        const where = "state = ? and channel = ? order by due_at desc limit ?";
        found.push(...(await list(where, [state, channel, limit])));
      }
      return found.sort((one, other) => other.dueAt - one.dueAt).slice(0, limit);
    },
    async putAttempt(attempt) {
      const [known] = await sql.all("select data from attempt where delivery = ? and nth = ?", [
        attempt.delivery,
        attempt.nth,
      ]);
      const before = known === undefined ? undefined : fromJson<Attempt>(known.data);
      // The beginning of an attempt is what was noted first.
      const data = JSON.stringify({ ...attempt, startedAt: before?.startedAt ?? attempt.startedAt });
      await sql.insert("replace", "attempt", ["delivery", "nth", "data"], [[attempt.delivery, attempt.nth, data]]);
    },
    async attemptsOf(delivery) {
      const rows = await sql.all("select data from attempt where delivery = ? order by nth", [delivery]);
      return rows.map((row) => fromJson<Attempt>(row.data));
    },
    async attemptsOfIncident(incident) {
      const text = `select attempt.data from delivery join attempt on attempt.delivery = delivery.id
        where delivery.incident = ? order by attempt.delivery, attempt.nth`;
      const rows = await sql.all(text, [incident]);
      return rows.map((row) => fromJson<Attempt>(row.data));
    },
    async thread(incident, channel, person) {
      const text = "select handle from thread where incident = ? and channel = ? and person = ?";
      const [row] = await sql.all(text, [incident, channel, person]);
      return row === undefined ? undefined : String(row.handle);
    },
    putThread: (incident, channel, person, handle) =>
      sql.insert(
        "ignore",
        "thread",
        ["incident", "channel", "person", "handle"],
        [[incident, channel, person, handle]],
      ),
  };
}

function rowOf(delivery: Delivery): readonly Value[] {
  const {
    id,
    incident,
    step,
    person,
    channel,
    state,
    priority,
    dueAt,
    leaseUntil,
    epoch,
    owner,
    into,
    sentAt,
    ...rest
  } = delivery;
  return [
    id,
    incident ?? null,
    step,
    person,
    channel,
    state,
    priority,
    dueAt,
    leaseUntil ?? null,
    epoch,
    owner ?? null,
    into ?? null,
    sentAt ?? null,
    JSON.stringify(rest),
  ];
}

function deliveryOf(row: Row): Delivery {
  const present = <T>(name: string, value: T | null): object => (value === null ? {} : { [name]: value });
  return {
    ...fromJson<Delivery>(row.data),
    id: row.id as Delivery["id"],
    step: row.step as Delivery["step"],
    person: row.person as Delivery["person"],
    channel: row.channel as Delivery["channel"],
    state: row.state as Delivery["state"],
    priority: Number(row.priority),
    dueAt: Number(row.due_at),
    epoch: Number(row.epoch),
    ...present("incident", row.incident ?? null),
    ...present("leaseUntil", row.lease_until === null ? null : Number(row.lease_until)),
    ...present("owner", row.owner ?? null),
    ...present("into", row.into_id ?? null),
    ...present("sentAt", row.sent_at === null ? null : Number(row.sent_at)),
  };
}

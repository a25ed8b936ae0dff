import type { Sql } from "../sql.ts";

/**
 * Numbered, in order, each applied once. Expand, then contract one release later: an older version runs on beside a
 * newer one during an upgrade, so a migration adds and never renames or removes what the release before it reads.
 * Types by name: ID (short ASCII key), NAME (people's words, exact to the letter), TIME (epoch ms), TEXT (any length),
 * REAL (double precision).
 */
export const migrations: readonly (readonly string[])[] = [
  [
    `create table inbox (id ID primary key, source NAME not null, integration NAME not null, received_at TIME not null,
       due_at TIME not null, attempts INT not null, state ID not null, because TEXT, requests INT not null default 1,
       parts TEXT, body TEXT not null)`,
    "create index inbox_due on inbox (state, due_at, id)",
    "create index inbox_recent on inbox (integration, id)",
    `create table alert (id ID primary key, status ID not null, service NAME not null, incident ID, expires_at TIME,
       suppressed INT not null, updated_at TIME not null, times INT not null, data TEXT not null)`,
    "create index alert_status on alert (status, id)",
    "create index alert_expiry on alert (status, expires_at)",
    "create index alert_incident on alert (incident, id)",
    "create index alert_suppressed on alert (suppressed, status)",
    `create table incident (id ID primary key, number INT not null, service NAME not null, state ID not null,
       grade NAME not null, opened_at TIME not null, resolved_at TIME, due_at TIME, version INT not null, data TEXT not null)`,
    "create index incident_number on incident (number)",
    "create index incident_state on incident (state, number)",
    "create index incident_service on incident (service, opened_at)",
    "create index incident_due on incident (due_at)",
    `create table event (position SERIAL, incident ID not null, seq INT not null, at TIME not null,
       by_whom TEXT not null, data TEXT not null, hash ID not null)`,
    "create unique index event_seq on event (incident, seq)",
    `create table delivery (id ID primary key, incident ID, step ID not null, person ID not null, channel ID not null,
       state ID not null, priority INT not null, due_at TIME not null, lease_until TIME, epoch INT not null,
       owner ID, into_id ID, sent_at TIME, data TEXT not null)`,
    "create index delivery_due on delivery (state, due_at)",
    "create index delivery_incident on delivery (incident)",
    "create index delivery_into on delivery (into_id)",
    "create index delivery_sent on delivery (person, channel, sent_at)",
    "create table attempt (delivery ID not null, nth INT not null, data TEXT not null, primary key (delivery, nth))",
    "create table thread (incident ID not null, channel ID not null, person ID not null, handle NAME not null, primary key (incident, channel, person))",
    "create table ack_link (hash ID primary key, expires_at TIME not null, used_at TIME, data TEXT not null)",
    "create table policy_version (id ID primary key, file NAME not null, activated_at TIME not null, by_whom NAME not null, text TEXT not null)",
    `create table roster_item (kind ID not null, id NAME not null, managed_by NAME, revision INT not null,
       updated_at TIME not null, data TEXT not null, primary key (kind, id))`,
    "create table silence (id ID primary key, ends_at TIME not null, data TEXT not null)",
    "create table token (id ID primary key, hash ID not null, last_used_at TIME, data TEXT not null)",
    "create table setting (name ID primary key, value TEXT not null)",
    "create table duty_run (name ID not null, node ID not null, data TEXT not null, primary key (name, node))",
    "create table audit (position SERIAL, at TIME not null, by_whom NAME not null, action NAME not null, facts TEXT not null)",
    "create table counter (name ID primary key, value INT not null)",
  ],
  // The web UI: who signs in, the search over incidents, maintenance windows.
  [
    "create table account (id ID primary key, login NAME not null, state ID not null, data TEXT not null)",
    "create unique index account_login on account (login)",
    "create table session (hash ID primary key, account ID not null, seen_at TIME not null, expires_at TIME not null, data TEXT not null)",
    "create index session_account on session (account)",
    "create table passkey (id ID primary key, account ID not null, data TEXT not null)",
    "create index passkey_account on passkey (account)",
    "create table invite (hash ID primary key, account ID, expires_at TIME not null, used_at TIME, data TEXT not null)",
    "create table maintenance (id ID primary key, data TEXT not null)",
    "create table incident_text (incident ID primary key, number INT not null, body TEXT not null)",
    "create table incident_gram (gram ID not null, incident ID not null, primary key (gram, incident))",
    "create index incident_gram_incident on incident_gram (incident)",
  ],
  // On call: what the schedule was, who asked whom to cover, calendar feeds and imports, what contacts were proven.
  [
    `create table roster_past (position SERIAL, kind ID not null, id NAME not null, from_at TIME not null,
       until_at TIME not null, data TEXT not null)`,
    "create index roster_past_until on roster_past (until_at)",
    "create table shift_request (id ID primary key, state ID not null, ends_at TIME not null, data TEXT not null)",
    "create index shift_request_state on shift_request (state, ends_at)",
    "create table calendar_feed (id ID primary key, hash ID not null, data TEXT not null)",
    "create index calendar_feed_hash on calendar_feed (hash)",
    "create table calendar_import (id ID primary key, data TEXT not null)",
    "create table contact_proof (person ID not null, channel ID not null, revision INT not null, data TEXT not null, primary key (person, channel))",
  ],
  // Detection: series and what is kept of them, who measures, heartbeats, what was deployed, watching after recovery.
  [
    "create table series (id ID primary key, metric NAME not null, labels TEXT not null, host NAME, last_at TIME not null)",
    "create index series_metric on series (metric, last_at)",
    "create table sample_batch (id ID primary key, node ID not null, at TIME not null, state INT not null, data BYTES not null)",
    "create index sample_batch_state on sample_batch (state, at)",
    "create table sample_batch_past (day INT not null, id ID not null, primary key (day, id)) CLUSTERED",
    "create table metric_recent (id ID primary key, hour TIME not null, shard ID not null, data BYTES not null)",
    "create index metric_recent_hour on metric_recent (hour)",
    "create table metric_minute (series ID not null, at TIME not null, data BYTES not null, primary key (series, at))",
    "create index metric_minute_at on metric_minute (at)",
    "create table metric_hour (series ID not null, at TIME not null, data BYTES not null, primary key (series, at))",
    "create index metric_hour_at on metric_hour (at)",
    "create table mark (id ID primary key, at TIME not null, data TEXT not null)",
    "create index mark_at on mark (at)",
    "create table agent (host NAME primary key, last_at TIME not null, data TEXT not null, silent_since TIME)",
    "create table heartbeat (id NAME primary key, ping_hash ID not null, due_at TIME, revision INT not null, data TEXT not null)",
    "create index heartbeat_hash on heartbeat (ping_hash)",
    "create index heartbeat_due on heartbeat (due_at)",
    "create table heartbeat_ping (position SERIAL, heartbeat NAME not null, at TIME not null, data TEXT not null, excerpt TEXT)",
    "create index heartbeat_ping_of on heartbeat_ping (heartbeat, position)",
    "create table harder_watch (id ID primary key, incident ID not null, until_at TIME not null, data TEXT not null)",
    "create index harder_watch_until on harder_watch (until_at)",
    "alter table alert add column calm_at TIME",
    "create index alert_calm on alert (calm_at)",
    "create index alert_service on alert (service, status)",
    "create table lease (name ID primary key, owner ID not null, until_at TIME not null, epoch INT not null)",
  ],
];

const TYPES: Readonly<Record<Sql["kind"], Readonly<Record<string, string>>>> = {
  sqlite: {
    ID: "text",
    NAME: "text",
    TIME: "integer",
    TEXT: "text",
    BYTES: "blob",
    INT: "integer",
    REAL: "real",
    SERIAL: "integer primary key",
    // Its rows lie in the order of its key, and nowhere else.
    CLUSTERED: "without rowid",
  },
  mariadb: {
    ID: "varchar(250) character set utf8mb4 collate utf8mb4_bin",
    NAME: "varchar(250) character set utf8mb4 collate utf8mb4_bin",
    TIME: "bigint",
    TEXT: "longtext character set utf8mb4 collate utf8mb4_bin",
    BYTES: "longblob",
    INT: "bigint",
    REAL: "double",
    SERIAL: "bigint auto_increment primary key",
    // As every table of InnoDB does.
    CLUSTERED: "",
  },
};

/** A statement in the words of one of the stores. Type names stand in capitals, and nothing else does. */
export function inDialect(statement: string, kind: Sql["kind"]): string {
  return statement.replace(
    /\b(ID|NAME|TIME|TEXT|BYTES|INT|REAL|SERIAL|CLUSTERED)\b/g,
    (name) => TYPES[kind][name] ?? name,
  );
}

/** What somebody who signed in may be. Each role may do what the ones below it may. */
export const ROLES = ["admin", "manager", "responder", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/**
 * What a token may do. `ingest` sends signals and measured values, `agent` is what `bongsu agent` runs with, `read` looks,
 * `respond` acts on incidents, `admin` everything.
 */
export const SCOPES = ["ingest", "agent", "read", "respond", "admin"] as const;
export type Scope = (typeof SCOPES)[number];

type Demand = { readonly role: Role; readonly scope: Scope };

/**
 * Who may do what: the one table, asked by every route, sent to the web UI for its buttons, and walked by the tests.
 * `role` is the least role of an account that may; `scope` what a token needs.
 */
export const PERMISSIONS = {
  "signals.send": { role: "admin", scope: "ingest" },
  "incidents.read": { role: "viewer", scope: "read" },
  "incidents.respond": { role: "responder", scope: "respond" },
  "alerts.read": { role: "viewer", scope: "read" },
  "silences.edit": { role: "responder", scope: "respond" },
  "maintenance.edit": { role: "manager", scope: "admin" },
  "policy.read": { role: "viewer", scope: "read" },
  "policy.activate": { role: "manager", scope: "admin" },
  "roster.read": { role: "viewer", scope: "read" },
  /** Phone numbers and addresses in full. */
  "contacts.read": { role: "responder", scope: "respond" },
  /** One's own contacts: to change them, and to verify them by a code. */
  "contacts.own": { role: "responder", scope: "respond" },
  "roster.edit": { role: "manager", scope: "admin" },
  /** One's own leave and calendars, and asking others to take one's shifts. */
  "schedule.own": { role: "responder", scope: "respond" },
  "channels.test": { role: "responder", scope: "respond" },
  "channels.edit": { role: "admin", scope: "admin" },
  "tokens.edit": { role: "admin", scope: "admin" },
  "integrations.read": { role: "manager", scope: "admin" },
  "accounts.edit": { role: "admin", scope: "admin" },
  "monitors.read": { role: "viewer", scope: "read" },
  /** Monitors, targets and heartbeats. */
  "monitors.edit": { role: "manager", scope: "admin" },
  /** What jobs sent with their pings, from where, and by which program. */
  "pings.read": { role: "responder", scope: "respond" },
  "metrics.send": { role: "admin", scope: "ingest" },
  /** What an agent is to measure, with what it needs to get in. */
  "agent.targets": { role: "admin", scope: "agent" },
  "audit.read": { role: "manager", scope: "admin" },
  "operation.read": { role: "viewer", scope: "read" },
  "onboarding.edit": { role: "admin", scope: "admin" },
} as const satisfies Readonly<Record<string, Demand>>;
export type Permission = keyof typeof PERMISSIONS;

/** Whether an account of that role may. */
export function roleMay(role: Role, permission: Permission): boolean {
  return ROLES.indexOf(role) <= ROLES.indexOf(PERMISSIONS[permission].role);
}

/** Whether a token with those scopes may; `respond` implies `read`, `agent` that it sends what it measures, `admin` everything. */
export function scopesMay(scopes: readonly string[], permission: Permission): boolean {
  const { scope } = PERMISSIONS[permission];
  if (scopes.includes("admin") || scopes.includes(scope)) return true;
  if (permission === "metrics.send" && scopes.includes("agent")) return true;
  return scope === "read" && scopes.includes("respond");
}

/** Everything that a role may do, for the web UI's buttons. */
export function permissionsOf(role: Role): readonly Permission[] {
  return (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => roleMay(role, permission));
}

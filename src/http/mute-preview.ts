import type { Engine } from "../engine/engine.ts";
import { Fault } from "../fault/fault.ts";
import type { IncidentId } from "../incident/incident.ts";
import { mutingSaid } from "../locale/muting.ts";
import type { Locale } from "../locale/said.ts";
import { DAY_MS, HOUR_MS, type Instant, type Millis } from "../time/instant.ts";
import type { Alert } from "../triage/alert.ts";
import { covers } from "../triage/maintenance.ts";
import { mayMuteTopGrade } from "../triage/mutes-top-grade.ts";
import type { Matcher } from "../triage/silence.ts";
import { alertRows } from "./show/shown-alert.ts";
import { gradeRankOf } from "./show/shown-incident.ts";
import type { MutePreview } from "./wire/alerts.ts";

/** What a mute is for: a window's services, matchers, or both. */
export type MuteScope = { readonly services: readonly string[]; readonly matchers: readonly Matcher[] };

const WEEK_MS = 7 * DAY_MS;
const LOOKED_AT_MAX = 20_000;
const PAGE = 2_000;
const SAMPLE_MAX = 20;
const INCIDENTS_MAX = 50;
const QUIET_MS_MAX = DAY_MS;

/** What a mute of that scope would hold back now, what it would have last week, and whether that is a lot to ask. */
export async function mutePreview(
  engine: Engine,
  scope: MuteScope,
  facts: { readonly length: Millis; readonly locale: Locale },
): Promise<MutePreview> {
  const { store, clock } = engine.ports;
  const at = clock.now();
  const open: Alert[] = [];
  let lastWeek = 0;
  let looked = 0;
  let isMore = false;
  for (let after: { updatedAt: Instant; id: Alert["id"] } | undefined; ; ) {
    const page: readonly Alert[] = await store.alerts({
      since: at - WEEK_MS,
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    for (const alert of page) {
      if (!covers(scope, alert)) continue;
      lastWeek++;
      if (alert.status !== "resolved") open.push(alert);
    }
    looked += page.length;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    if (looked >= LOOKED_AT_MAX) {
      isMore = true;
      break;
    }
    after = { updatedAt: last.updatedAt, id: last.id };
  }
  return {
    alerts: open.length,
    sample: await alertRows(engine, open.slice(0, SAMPLE_MAX)),
    incidents: await heldOnlyBy(engine, open),
    lastWeek,
    isMore,
    warning: await warningOf(engine, scope, facts),
  };
}

/** Why such a mute wants to be confirmed; null where it does not. */
async function warningOf(
  engine: Engine,
  { matchers }: MuteScope,
  { length, locale }: { readonly length: Millis; readonly locale: Locale },
): Promise<string | null> {
  if (length <= QUIET_MS_MAX) return null;
  const { store } = engine.ports;
  const policy = await engine.knowledge.currentPolicy(store);
  const roster = await engine.knowledge.roster(store);
  if (!mayMuteTopGrade(matchers, policy, [...roster.services, ...policy.services])) return null;
  return mutingSaid.topGrade({ grade: policy.grades[0]?.name ?? "", hours: Math.round(length / HOUR_MS) })[locale];
}

/** Fault `confirm-needed` where a mute is as wide and long as that and nobody said that it is meant. */
export async function demandConfirmed(
  engine: Engine,
  scope: MuteScope,
  facts: { readonly length: Millis; readonly locale: Locale; readonly confirmed: boolean },
): Promise<void> {
  if (facts.confirmed) return;
  const warning = await warningOf(engine, scope, facts);
  if (warning !== null) throw new Fault("confirm-needed", { warning });
}

async function heldOnlyBy(engine: Engine, alerts: readonly Alert[]): Promise<MutePreview["incidents"]> {
  const { store } = engine.ports;
  const counts = new Map<IncidentId, number>();
  for (const { incident } of alerts) {
    if (incident !== undefined) counts.set(incident, (counts.get(incident) ?? 0) + 1);
  }
  const held = [];
  for (const [id, count] of [...counts].slice(0, INCIDENTS_MAX)) {
    const incident = await store.incident(id);
    if (incident === undefined || incident.firing > count) continue;
    if (incident.state !== "triggered" && incident.state !== "acknowledged") continue;
    const { number, title, grade, state } = incident;
    const policy = await engine.knowledge.policy(store, incident.policy);
    held.push({ number, title, grade, gradeRank: gradeRankOf(policy, grade), state });
  }
  return held;
}

import { reachAlarm } from "../../locale/reach-alarms.ts";
import type { Said } from "../../locale/said.ts";
import { type Alarm, alarmsDue, type Problem } from "../../proof/alarms.ts";
import type { PersonId, Roster } from "../../roster/roster.ts";
import type { Queries } from "../../store/store.ts";
import { DAY_MS, type Instant } from "../../time/instant.ts";
import type { Knowledge } from "../knowledge.ts";
import { tellQuietly } from "../notices.ts";
import type { Ports } from "../ports.ts";
import { tellAdmins } from "../watch/watch-duty.ts";
import { noteTold, readProofHead } from "./stored-proof.ts";

/** A message about what is days ahead is of use for a day. */
const KEPT_MS = DAY_MS;

/** Tells the administrators what is due, in the transaction that notes it: each thing once, however many nodes there are. */
export async function tellAlarms(
  queries: Queries,
  ports: Ports,
  knowledge: Knowledge,
  problems: readonly Problem[],
  at: Instant,
): Promise<number> {
  const head = await readProofHead(queries);
  if (head === undefined) return 0;
  const { alarms, told } = alarmsDue(problems, head.told, { at, zone: ports.settings.zone });
  if (alarms.length === 0 || !(await noteTold(queries, head, told))) return 0;
  const roster = await knowledge.roster(queries);
  for (const alarm of alarms) await tell(alarm, { queries, ports, knowledge, roster, at });
  return alarms.length;
}

async function tell(
  alarm: Alarm,
  context: {
    readonly queries: Queries;
    readonly ports: Ports;
    readonly knowledge: Knowledge;
    readonly roster: Roster;
    readonly at: Instant;
  },
): Promise<void> {
  const { queries, ports, knowledge, roster, at } = context;
  const { key, title, detail } = wordsOf(alarm, ports, at);
  ports.log("warn", "proof.alarm", { key, is: alarm.is, title: title.en });
  const admins = [...roster.people.values()].filter(({ admin }) => admin).map(({ id }) => id);
  const notice = { key: `proof.${key}.${at}`, title, description: detail, at, until: at + KEPT_MS };
  const isLoud = alarm.is === "problem" && alarm.loud;
  const quiet: readonly PersonId[] = isLoud ? [] : await tellQuietly(queries, ports, roster, admins, notice);
  // Whom nothing quiet reaches is woken rather than left in the dark; for good news nobody is.
  if (isLoud || (quiet.length === 0 && alarm.is === "problem"))
    await tellAdmins(queries, ports, knowledge, { key: `proof/${key}`, title, detail, at });
}

function wordsOf(
  alarm: Alarm,
  { settings }: Ports,
  at: Instant,
): { readonly key: string; readonly title: Said; readonly detail: Said } {
  if (alarm.is === "mended") {
    const { key, message: what } = alarm;
    return { key, title: reachAlarm.mendedTitle(), detail: reachAlarm.mendedDetail({ what }) };
  }
  const { because, problem, next } = alarm;
  const link = `${settings.publicUrl}/schedule/proof`;
  const when = { because, at: next.start, isNow: next.start <= at, zone: settings.zone };
  return { key: problem.key, title: reachAlarm.title(when), detail: reachAlarm.detail({ ...problem.finding, link }) };
}

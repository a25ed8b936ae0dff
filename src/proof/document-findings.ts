import { type Drivers, isQuiet } from "../escalation/means.ts";
import { proofSaid as said } from "../locale/proof.ts";
import type { Said } from "../locale/said.ts";
import { proposedThreshold } from "../monitor/propose-threshold.ts";
import { QUANTITIES, quantityNamed } from "../monitor/quantity.ts";
import type { Clause, ClauseId, Grade, NotificationRule, Policy, Team } from "../policy/policy.ts";
import { channelNamed } from "../policy/vocabulary.ts";
import { sameName } from "../roster/same-name.ts";
import type { Finding } from "./finding.ts";

/** A week has 168 hours; the statutory week that a shift plan has to fit in (Labour Standards Act of Korea, art. 50, 53). */
const WEEK_HOURS = 168;
export const WORK_WEEK_HOURS_MAX = 52;
/** Fewer than this many people cannot take nights in turn without one of them being on every other night. */
export const NIGHT_TURN_PEOPLE_MIN = 4;
/** How many people a shift around the clock takes. */
export const HEADS_NEEDED = Math.max(NIGHT_TURN_PEOPLE_MIN, Math.ceil(WEEK_HOURS / WORK_WEEK_HOURS_MAX));

/** What the document alone leaves open or contradicts. */
export function documentFindings(policy: Policy, drivers: Drivers): readonly Finding[] {
  return [
    ...policy.grades.flatMap((grade) => gradeFindings(grade, policy)),
    ...policy.teams.flatMap(shiftFindings),
    ...policy.notifications.flatMap((rule) => ruleFindings(rule, policy, drivers)),
    ...escalationFindings(policy),
    ...procedureFindings(policy),
    ...monitoringFindings(policy),
  ];
}

function gradeFindings(grade: Grade, policy: Policy): readonly Finding[] {
  const found: Finding[] = [];
  const owner = policy.teams.find(({ name }) => name === grade.owner);
  const rule = policy.notifications.find((one) => one.grade === grade.name);
  const named = rule?.recipients ?? [];
  const isNamed = named.some(({ kind, name }) => kind === "on-duty-operator" || sameName(name, grade.owner));
  if (rule !== undefined && !isNamed) {
    const f = { grade: grade.name, owner: grade.owner, recipients: named.map(({ name }) => name) };
    found.push(finding("warning", "owner-not-told", grade.ownerClause, said.ownerNotTold(f)));
  }
  if (grade.aroundTheClock && owner !== undefined && !owner.aroundTheClock) {
    const heads = owner.staffing.reduce((sum, { count }) => sum + count, 0);
    const shifted = policy.teams.filter((team) => team.aroundTheClock).map(({ name }) => name);
    const f = { grade: grade.name, owner: owner.name, heads, shifted };
    found.push(finding("error", "around-the-clock-without-shift", grade.deadlineClause, said.noShift(f)));
  }
  const timing = policy.timing.get(grade.name);
  const left = new Set(policy.defaults.filter(({ clause }) => clause === grade.deadlineClause).map(({ code }) => code));
  if (grade.deadline.kind === "immediate" && left.has("timing.respondWithin")) {
    const minutes = Math.round((timing?.respondWithin ?? 0) / 60_000);
    found.push(
      finding(
        "warning",
        "immediate-without-number",
        grade.deadlineClause,
        said.noNumber({ grade: grade.name, minutes }),
      ),
    );
  }
  return found;
}

/** Hours a week for each where a team is to be there around the clock. */
function shiftFindings(team: Team): readonly Finding[] {
  const heads = team.staffing.reduce((sum, { count }) => sum + count, 0);
  if (!team.aroundTheClock || heads === 0 || heads >= NIGHT_TURN_PEOPLE_MIN) return [];
  const hours = Math.round(WEEK_HOURS / heads);
  const needed = Math.ceil(WEEK_HOURS / WORK_WEEK_HOURS_MAX);
  const clause = team.staffing[0]?.clause ?? team.clause;
  const f = { team: team.name, role: team.staffing[0]?.role ?? "", heads, hours, needed };
  return [finding("warning", "shift-too-thin", clause, said.shiftTooThin(f))];
}

function ruleFindings(rule: NotificationRule, policy: Policy, drivers: Drivers): readonly Finding[] {
  const found: Finding[] = [];
  for (const channel of rule.channels) {
    if (drivers.has(channel.kind)) continue;
    // The people are reached all the same where another channel of the rule can be sent through.
    const level = rule.channels.some((other) => drivers.has(other.kind)) ? "info" : "warning";
    const f = { grade: rule.grade, channel: policy.clauses.get(channel.clause)?.text ?? channel.kind };
    found.push(finding(level, "channel-without-driver", channel.clause, said.noDriver(f)));
  }
  const here = rule.channels.find(({ mention }) => mention === "here");
  if (here !== undefined) found.push(finding("warning", "here-misses-the-absent", here.clause, said.hereMisses(rule)));
  const grade = policy.grades.find(({ name }) => name === rule.grade);
  const timing = policy.timing.get(rule.grade);
  const wakesNobody = rule.channels.every(({ kind, mention }) => isQuiet(kind) && mention === undefined);
  if (grade !== undefined && timing !== undefined && rule.channels.length > 0 && wakesNobody) {
    const hours = timing.respondWithin / 3_600_000;
    found.push(
      finding("warning", "nobody-watches-at-night", rule.clause, said.quietOnly({ grade: rule.grade, hours })),
    );
  }
  return found;
}

function escalationFindings(policy: Policy): readonly Finding[] {
  const open = policy.grades.filter((grade) =>
    policy.defaults.some(({ code, clause }) => code === "timing.levelEvery" && clause === grade.deadlineClause),
  );
  const [first] = open;
  if (first === undefined) return [];
  const grades = open.map(({ name }) => {
    const timing = policy.timing.get(name);
    return { name, respond: timing?.respondWithin ?? 0, level: timing?.levelEvery ?? 0 };
  });
  // Where the procedure speaks of escalating, that is the line which promises what no number keeps.
  const stage = policy.procedures
    .flatMap(({ stages }) => stages)
    .find(({ title }) => /에스컬레이션|escalat/iu.test(title));
  return [
    finding("warning", "no-escalation-interval", stage?.clause ?? first.deadlineClause, said.noInterval({ grades })),
  ];
}

/** Steps that tell somebody outside, for which the document names no channel. */
const TELLING =
  /(고객|유관\s*부서|협력사|외부|경영진|임원).*(안내|통보|공지|보고|연락)|notify|inform|announce|tell (the )?customers/iu;

function procedureFindings(policy: Policy): readonly Finding[] {
  const steps: readonly Clause[] = policy.procedures.flatMap(({ stages }) => stages.flatMap((stage) => stage.steps));
  return steps
    .filter(({ text }) => TELLING.test(text) && !namesChannel(text))
    .map(({ id, text }) => finding("warning", "step-without-channel", id, said.noChannelFor({ step: text })));
}

/** `공지 (이메일, 고객 메일링 리스트)`: the channel stands in brackets after the step. */
function namesChannel(text: string): boolean {
  const inside = /[（(]([^()（）]*)[)）]\s*$/u.exec(text)?.[1] ?? "";
  return inside.split(/[,:·\s]+/u).some((word) => channelNamed(word) !== undefined);
}

function monitoringFindings(policy: Policy): readonly Finding[] {
  const areas = [...new Set(policy.monitoring.map(({ area }) => area))];
  const unknown = policy.monitoring.filter(({ name, area }) => quantityNamed(name, area) === undefined);
  return [
    ...areas.flatMap((area) => {
      const items = openItems(policy, area);
      const [first] = items;
      if (first === undefined) return [];
      const f = { area, items, grade: policy.grades.at(-1)?.name ?? "" };
      return [finding("warning", "item-without-threshold", first.clause, said.noThreshold(f))];
    }),
    ...unknown.map(({ name, area, clause }) => {
      const quantities = QUANTITIES.map(({ title }) => title);
      return finding("warning", "item-unknown", clause, said.unknownItem({ item: name, area, quantities }));
    }),
  ];
}

/** The items of an area for which the document says no threshold, with one to begin with. */
export function openItems(
  policy: Policy,
  area: string,
): readonly { readonly name: string; readonly clause: ClauseId; readonly proposed: Said }[] {
  const named = policy.thresholds.map(({ item }) => item);
  return policy.monitoring.flatMap((item) => {
    const proposed = proposedThreshold(item.name, item.area);
    const isOpen = item.area === area && !named.some((name) => sameName(name, item.name));
    return isOpen && proposed !== undefined ? [{ name: item.name, clause: item.clause, proposed }] : [];
  });
}

export function finding(
  level: Finding["level"],
  code: string,
  clause: ClauseId,
  words: Pick<Finding, "message" | "why" | "mend" | "during">,
): Finding {
  return { level, code, clause, ...words };
}

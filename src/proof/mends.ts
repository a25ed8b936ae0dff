import type { Drivers } from "../escalation/means.ts";
import type { Locale } from "../locale/said.ts";
import { addToBlock, wordIn } from "../policy/block-text.ts";
import { addToList, type Edited, replaceAt } from "../policy/edit-text.ts";
import { readDuration } from "../policy/phrases.ts";
import type { Clause, ClauseId, Grade, NotificationRule, Policy } from "../policy/policy.ts";
import { wordsOfField } from "../policy/vocabulary.ts";
import { HOUR_MS, MINUTE_MS, type Millis, SECOND_MS } from "../time/instant.ts";
import { HEADS_NEEDED, openItems } from "./document-findings.ts";
import type { Finding } from "./finding.ts";

/** How a finding is answered in the document: what may be written, the proposed text first, and the edit that writes it. */
export type Mend = {
  /** Policy text; another text of the same kind may be given instead of these. */
  readonly choices: readonly string[];
  apply(text: string, choice: string): Edited;
};

type Context = { readonly policy: Policy; readonly drivers: Drivers; readonly isYaml: boolean };

/** The mend of a finding; undefined where writing cannot answer it: people, contacts and channels are in the roster. */
export function mendOf(finding: Finding, context: Context): Mend | undefined {
  return MENDS[finding.code]?.(finding.clause, context);
}

const MENDS: Readonly<Record<string, (clause: ClauseId, context: Context) => Mend | undefined>> = {
  "owner-not-told": (id, { policy }) => {
    const grade = policy.grades.find(({ ownerClause }) => ownerClause === id);
    const last = clauseOf(policy, ruleOf(policy, grade)?.recipients.at(-1)?.clause);
    if (grade === undefined || last === undefined) return undefined;
    return { choices: [grade.owner], apply: (text, choice) => addToList(text, last, choice) };
  },
  "around-the-clock-without-shift": (id, { policy }) => {
    const grade = policy.grades.find(({ deadlineClause }) => deadlineClause === id);
    const team = policy.teams.find(({ name }) => name === grade?.owner);
    const last = clauseOf(policy, team?.staffing.at(-1)?.clause);
    if (last === undefined) return undefined;
    const shift = policy.locale === "ko" ? "24/7 교대 근무" : "24/7 shift";
    return { choices: [shift], apply: (text, choice) => addToList(text, last, choice) };
  },
  "immediate-without-number": (id, context) => {
    const grade = context.policy.grades.find(({ deadlineClause }) => deadlineClause === id);
    if (grade === undefined) return undefined;
    const taken = context.policy.timing.get(grade.name)?.respondWithin ?? 0;
    return {
      choices: [taken, 3 * MINUTE_MS, 10 * MINUTE_MS, 15 * MINUTE_MS].map((length) => written(length, context)),
      apply: (text, choice) => escalation(text, context, [{ grade: grade.name, fields: [["respondBy", choice]] }]),
    };
  },
  "shift-too-thin": (id, { policy }) => {
    const team = policy.teams.find(({ staffing }) => staffing[0]?.clause === id);
    const first = clauseOf(policy, id);
    if (team === undefined || first === undefined) return undefined;
    const others = team.staffing.slice(1).reduce((sum, { count }) => sum + count, 0);
    const heads = withCount(first.text, Math.max(HEADS_NEEDED - others, 1));
    return { choices: [heads], apply: (text, choice) => replaceAt(text, first, first.text, choice) };
  },
  "here-misses-the-absent": (id, { policy }) => {
    const clause = clauseOf(policy, id);
    if (clause === undefined) return undefined;
    const everybody = clause.text.replace(/@here/iu, "@channel");
    return { choices: [everybody], apply: (text, choice) => replaceAt(text, clause, clause.text, choice) };
  },
  "nobody-watches-at-night": (id, { policy, drivers }) => {
    const rule = policy.notifications.find(({ clause }) => clause === id);
    const last = clauseOf(policy, rule?.channels.at(-1)?.clause);
    if (last === undefined) return undefined;
    const slack = clauseOf(policy, rule?.channels.find(({ kind }) => kind === "slack")?.clause);
    const loud = slack === undefined ? [] : [`${slack.text} (@channel)`];
    // What this build cannot send would wake nobody tonight.
    const choices = drivers.has("sms") ? ["SMS", ...loud] : [...loud, "SMS"];
    return {
      choices: [...choices, policy.locale === "ko" ? "전화" : "phone"],
      apply: (text, choice) =>
        slack !== undefined && loud.includes(choice)
          ? replaceAt(text, slack, slack.text, choice)
          : addToList(text, last, choice),
    };
  },
  "channel-without-driver": (id, { policy, drivers }) => {
    const rule = policy.notifications.find(({ channels }) => channels.some(({ clause }) => clause === id));
    const last = clauseOf(policy, rule?.channels.at(-1)?.clause);
    if (rule === undefined || last === undefined || rule.channels.some(({ kind }) => drivers.has(kind)))
      return undefined;
    return { choices: ["Email", "Slack (@channel)"], apply: (text, choice) => addToList(text, last, choice) };
  },
  "no-escalation-interval": (_, context) => {
    const { policy } = context;
    const open = policy.grades.filter((grade) => isLeftOpen(policy, grade, "timing.levelEvery"));
    const lengthOf = ({ name }: Grade): string => written(policy.timing.get(name)?.levelEvery ?? HOUR_MS, context);
    return {
      choices: [open.map((grade) => `${grade.name} ${lengthOf(grade)}`).join(", ")],
      apply: (text, choice) =>
        escalation(
          text,
          context,
          open.map((grade) => ({
            grade: grade.name,
            fields: [["level", partFor(grade.name, choice, ",") ?? lengthOf(grade)]] as const,
          })),
        ),
    };
  },
  "step-without-channel": (id, { policy }) => {
    const step = clauseOf(policy, id);
    if (step === undefined) return undefined;
    const ways = policy.locale === "ko" ? WAYS_KO : WAYS_EN;
    return {
      choices: ways.map((way) => `${step.text} (${way})`),
      apply: (text, choice) => replaceAt(text, step, step.text, choice),
    };
  },
  "item-without-threshold": (id, context) => {
    const { policy, isYaml } = context;
    const area = policy.monitoring.find(({ clause }) => clause === id)?.area;
    const grade = policy.grades.at(-1)?.name;
    const open = area === undefined ? [] : openItems(policy, area);
    if (grade === undefined || open.length === 0) return undefined;
    return {
      choices: [open.map(({ name, proposed }) => `${name}: ${proposed[policy.locale]}`).join("; ")],
      apply: (text, choice) =>
        addToBlock(
          text,
          policy,
          "thresholds",
          open.map(({ name, proposed }) => [
            name,
            [[grade, partFor(`${name}:`, choice, ";") ?? proposed[policy.locale]]],
          ]),
          isYaml,
        ),
    };
  },
};

const WAYS_KO = ["이메일, 담당 부서 메일링 리스트", "Slack, 전사 공지 채널", "전화, 비상 연락망"];
const WAYS_EN = ["by email, the department's list", "by Slack, the announcements room", "by phone, the call tree"];

function escalation(
  text: string,
  { policy, isYaml }: Context,
  grades: readonly {
    readonly grade: string;
    readonly fields: readonly (readonly ["respondBy" | "level", string])[];
  }[],
): Edited {
  // A length of time that cannot be read is not written anywhere.
  if (grades.some(({ fields }) => fields.some(([, value]) => readDuration(value) === undefined))) return undefined;
  const word = (field: "respondBy" | "level"): string => wordIn(wordsOfField(field), policy.locale);
  return addToBlock(
    text,
    policy,
    "escalation",
    grades.map(({ grade, fields }) => [grade, fields.map(([field, value]) => [word(field), value])]),
    isYaml,
  );
}

function isLeftOpen(policy: Policy, grade: Grade, code: string): boolean {
  return policy.defaults.some((one) => one.code === code && one.clause === grade.deadlineClause);
}

function ruleOf(policy: Policy, grade: Grade | undefined): NotificationRule | undefined {
  return policy.notifications.find((rule) => rule.grade === grade?.name);
}

function clauseOf(policy: Policy, id: ClauseId | undefined): Clause | undefined {
  return id === undefined ? undefined : policy.clauses.get(id);
}

/** `Critical 5분, Major 1시간`: what is said of one name. */
function partFor(name: string, choice: string, between: string): string | undefined {
  const part = choice
    .split(between)
    .map((one) => one.trim())
    .find((one) => one.startsWith(`${name} `));
  return part?.slice(name.length).trim();
}

/** `운영자 2명`, `2 operators`, `operator x 2` with another number. */
function withCount(text: string, count: number): string {
  if (!/^\d+\s/u.test(text)) return text.replace(/\d+(?=\D*$)/u, String(count));
  const counted = text.replace(/^\d+/u, String(count));
  return /^1\s.*[a-z]$/u.test(text) && count > 1 ? `${counted}s` : counted;
}

/** A length of time as the document's language writes it, to the second. */
function written(length: Millis, { policy }: { readonly policy: { readonly locale: Locale } }): string {
  const words = policy.locale === "ko" ? ["시간", "분", "초"] : [" hour", " minute", " second"];
  const many = (count: number): string => (policy.locale === "en" && count !== 1 ? "s" : "");
  const hours = Math.floor(length / HOUR_MS);
  const minutes = Math.floor((length % HOUR_MS) / MINUTE_MS);
  const seconds = Math.round((length % MINUTE_MS) / SECOND_MS);
  return [hours, minutes, seconds]
    .flatMap((count, index) => (count === 0 ? [] : [`${count}${words[index]}${many(count)}`]))
    .join(" ");
}

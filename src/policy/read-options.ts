import { policySaid as said } from "../locale/policy.ts";
import type { Millis } from "../time/instant.ts";
import { readDuration } from "./phrases.ts";
import type { ClauseId, GradeTiming, LegalClock, ServiceRule, ThresholdRule } from "./policy.ts";
import type { Reading } from "./reading.ts";
import { STORM_AFTER_MAX } from "./timing.ts";
import type { Entry, Tree } from "./tree.ts";
import { fieldNamed, wordsOfField } from "./vocabulary.ts";

/** What `에스컬레이션` says of one grade; what it leaves out keeps its default. */
export type TimingWords = {
  readonly timing: Partial<GradeTiming>;
  readonly clause: ClauseId;
  readonly at: Entry["at"];
};

export type EscalationWords = {
  readonly grades: ReadonlyMap<string, TimingWords>;
  readonly reopenWithin?: Millis;
  readonly stormAfter?: number;
};

/** `에스컬레이션`: the numbers of the plan, per grade; `재개 기준` and `폭주 기준` stand beside the grades. */
export function readEscalation(reading: Reading, tree: Tree): EscalationWords {
  const grades = new Map<string, TimingWords>();
  let reopenWithin: Millis | undefined;
  let stormAfter: number | undefined;
  for (const entry of reading.entries(tree, "에스컬레이션")) {
    const clause = reading.clause("escalation", [entry.key], entry.key, entry.at);
    if (entry.value.kind === "text") {
      reading.claim(entry.value, clause);
      if (fieldNamed(entry.key) === "reopen") reopenWithin = duration(reading, entry);
      else if (fieldNamed(entry.key) === "storm") stormAfter = servicesCount(reading, entry);
      else reading.unknownKey(entry, [...wordsOfField("reopen"), ...wordsOfField("storm")]);
      continue;
    }
    const fields = reading.fields(entry.value, entry.key, [
      "respondBy",
      "repeat",
      "reminders",
      "level",
      "stalled",
      "watchHarder",
    ]);
    for (const field of fields.values()) {
      reading.claim(field.value, reading.clause("escalation", [entry.key, field.key], field.key, field.at));
    }
    const at = (name: "respondBy" | "repeat" | "level" | "stalled" | "watchHarder"): Millis | undefined => {
      const field = fields.get(name);
      return field === undefined ? undefined : duration(reading, field);
    };
    const respondWithin = at("respondBy");
    const repeatEvery = at("repeat");
    const levelEvery = at("level");
    const stalled = isNever(fields.get("stalled")) ? null : at("stalled");
    const watchHarder = isNever(fields.get("watchHarder")) ? 0 : at("watchHarder");
    const reminders = fractions(reading, fields.get("reminders"));
    const timing: Partial<GradeTiming> = {
      ...(respondWithin === undefined ? {} : { respondWithin }),
      ...(repeatEvery === undefined ? {} : { repeatEvery }),
      ...(levelEvery === undefined ? {} : { levelEvery }),
      ...(stalled === undefined ? {} : { stalled }),
      ...(reminders === undefined ? {} : { reminders }),
      ...(watchHarder === undefined ? {} : { watchHarder }),
    };
    grades.set(entry.key, { timing, clause, at: entry.at });
  }
  return {
    grades,
    ...(reopenWithin === undefined ? {} : { reopenWithin }),
    ...(stormAfter === undefined ? {} : { stormAfter }),
  };
}

/** `10`, `서비스 10곳`, `10 services`. */
function servicesCount(reading: Reading, entry: Entry): number | undefined {
  const [text] = reading.texts(entry.value, entry.key);
  const found = text?.text ?? "";
  const count = Number(/^\D*(\d{1,4})\D*$/u.exec(found)?.[1] ?? 0);
  if (count >= 1 && count <= STORM_AFTER_MAX) return count;
  const message = said.unreadableStorm({ text: found });
  reading.say(
    "error",
    "unreadable-storm",
    text ?? entry.at,
    found,
    message,
    said.expectsStorm({ most: STORM_AFTER_MAX }),
  );
  return undefined;
}

function isNever(field: Entry | undefined): boolean {
  return field?.value.kind === "text" && /^(없음|안 함|never|none)$/iu.test(field.value.text);
}

function duration(reading: Reading, entry: Entry): Millis | undefined {
  const [text] = reading.texts(entry.value, entry.key);
  const read = text === undefined ? undefined : readDuration(text.text);
  if (read === undefined) {
    const found = text?.text ?? "";
    reading.say(
      "error",
      "unreadable-duration",
      text ?? entry.at,
      found,
      said.unreadableDuration({ text: found }),
      said.expectsDuration(),
    );
  }
  return read;
}

function fractions(reading: Reading, entry: Entry | undefined): readonly number[] | undefined {
  if (entry === undefined) return undefined;
  const parts: number[] = [];
  for (const text of reading.texts(entry.value, entry.key)) {
    for (const part of text.text.split(",")) {
      const percent = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/u.exec(part);
      const value = Number(percent?.[1]) / 100;
      if (percent !== null && value > 0 && value < 1) parts.push(value);
      else
        reading.say(
          "error",
          "unreadable-reminder",
          text,
          part.trim(),
          said.unreadableReminders({ text: part.trim() }),
          said.expectsReminders(),
        );
    }
  }
  return parts.sort((one, other) => one - other);
}

/** `서비스`: what labels belong to a service, its grade where the source does not tell, what it stands on. */
export function readServices(reading: Reading, tree: Tree): readonly ServiceRule[] {
  return reading.entries(tree, "서비스").map((entry) => {
    const clause = reading.clause("services", [entry.key], entry.key, entry.at);
    const fields = reading.fields(entry.value, entry.key, ["match", "grade", "dependsOn"]);
    const match: Record<string, string> = {};
    for (const label of reading.entries(fields.get("match")?.value ?? { kind: "empty", ...entry.at }, entry.key)) {
      const [text] = reading.texts(label.value, label.key);
      reading.clause("services", [entry.key, "match", label.key], `${label.key}: ${text?.text ?? ""}`, label.at);
      if (text !== undefined) match[label.key] = text.text;
    }
    const gradeField = fields.get("grade");
    const [grade] = gradeField ? reading.texts(gradeField.value, gradeField.key) : [];
    const dependsField = fields.get("dependsOn");
    const dependsOn = (dependsField ? reading.texts(dependsField.value, dependsField.key) : []).map(({ text }) => text);
    return { name: entry.key, match, dependsOn, clause, ...(grade === undefined ? {} : { grade: grade.text }) };
  });
}

/** `임계치`: per watched item, per grade, a condition in words. Read and kept; executed once monitors exist. */
export function readThresholds(reading: Reading, tree: Tree): readonly ThresholdRule[] {
  return reading.entries(tree, "임계치").flatMap((entry) => {
    reading.clause("thresholds", [entry.key], entry.key, entry.at);
    return reading.entries(entry.value, entry.key).flatMap((rule) => {
      const [text] = reading.texts(rule.value, rule.key);
      const clause = reading.clause("thresholds", [entry.key, rule.key], text?.text ?? "", rule.at);
      return text === undefined ? [] : [{ item: entry.key, grade: rule.key, text: text.text, clause }];
    });
  });
}

/** `법정 신고`: a clock, its length and to whom. Read and kept; executed in a later version. */
export function readLegalClocks(reading: Reading, tree: Tree): readonly LegalClock[] {
  return reading.entries(tree, "법정 신고").flatMap((entry) => {
    const clause = reading.clause("legal-clocks", [entry.key], entry.key, entry.at);
    const fields = reading.fields(entry.value, entry.key, ["within", "reportTo"]);
    const withinField = fields.get("within");
    if (withinField === undefined) {
      reading.missing(entry.at, entry.key, "within", "24시간");
      return [];
    }
    const within = duration(reading, withinField);
    const toField = fields.get("reportTo");
    const [to] = toField ? reading.texts(toField.value, toField.key) : [];
    return within === undefined ? [] : [{ name: entry.key, within, to: to?.text ?? "", clause }];
  });
}

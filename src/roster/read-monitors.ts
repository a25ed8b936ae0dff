import { asId } from "../id/id.ts";
import { rosterSaid as said } from "../locale/roster.ts";
import type { Said } from "../locale/said.ts";
import { measuredUnit, type Unit } from "../metric/metric.ts";
import { hasUsual } from "../monitor/baseline.ts";
import { HOLD_MS_MAX } from "../monitor/judge.ts";
import { readMeasureWords, writeMeasure } from "../monitor/measure-words.ts";
import type {
  Baseline,
  Measure,
  Missing,
  Monitor,
  MonitorException,
  MonitorHours,
  Threshold,
} from "../monitor/monitor.ts";
import { METRIC_NAME, MONITOR_ID } from "../monitor/names.ts";
import { QUANTITIES, quantityNamed } from "../monitor/quantity.ts";
import { inUnit, readThreshold } from "../monitor/threshold-words.ts";
import { readDuration } from "../policy/phrases.ts";
import type { Entry, Tree } from "../policy/tree.ts";
import { MINUTE_MS, type Millis, SECOND_MS } from "../time/instant.ts";
import { isWeekday, type Weekday } from "../time/weekday.ts";
import { matcherText, patternProblem, readMatcher } from "../triage/matchers.ts";
import type { Matcher } from "../triage/silence.ts";
import type { RosterReading } from "./roster-reading.ts";

const MISSING_AFTER_MS = 3 * MINUTE_MS;

/**
 * Rules of monitors as a roster file writes them:
 * `disk-full: { 이름: 디스크, 메트릭: host_disk_used_ratio, 값: 5분 평균, 임계치: { Major: 95% 이상 5분 } }`.
 */
export function readMonitors(reading: RosterReading, entry: Entry | undefined): readonly Monitor[] {
  return reading.entries(entry?.value, "모니터").flatMap((one): readonly Monitor[] => {
    const fields = reading.fields(one.value, one.key, [
      "name",
      "item",
      "metric",
      "match",
      "value",
      "thresholds",
      "unusual",
      "missing",
      "exceptions",
      "service",
      "enabled",
    ]);
    if (!MONITOR_ID.test(one.key)) {
      const expected = said.expects({
        ko: "영문 소문자, 숫자, -, _ (예: disk-full)",
        en: "a-z, 0-9, - and _, such as disk-full",
      });
      reading.say("bad-name", one.at, one.key, said.badName({ text: one.key.slice(0, 50) }), expected);
      return [];
    }
    const metric = reading.text(fields.get("metric"));
    if (metric === undefined || !METRIC_NAME.test(metric)) {
      const expected = said.expects({
        ko: "메트릭 이름, 예: host_disk_used_ratio",
        en: "a metric's name, such as host_disk_used_ratio",
      });
      reading.say(
        "missing-field",
        fields.get("metric")?.value ?? one.at,
        metric ?? one.key,
        said.missing({ what: one.key, field: "메트릭" }),
        expected,
      );
      return [];
    }
    const measure = readMeasure(reading, fields.get("value"));
    const unit = measuredUnit(metric, measure);
    const quantity = readItem(reading, fields.get("item"));
    const baseline = readUnusual(reading, fields.get("unusual"), measure);
    const missing = readMissing(reading, fields.get("missing"));
    const service = reading.text(fields.get("service"));
    return [
      {
        id: asId<"monitor">(one.key),
        title: reading.text(fields.get("name")) ?? one.key,
        ...(quantity === undefined ? {} : { quantity }),
        query: { metric, matchers: readConditions(reading, fields.get("match")?.value) },
        measure,
        thresholds: readLines(reading, fields.get("thresholds")?.value, one.key, unit),
        ...(baseline === undefined ? {} : { baseline }),
        missing,
        exceptions: readExceptions(reading, fields.get("exceptions")?.value, one.key, unit),
        ...(service === undefined || service === "" ? {} : { service }),
        enabled: reading.oneOf(fields.get("enabled"), YES_NO) !== "no",
        from: "people",
      },
    ];
  });
}

/** A monitor's rule as the file writes it. */
export function monitorText(monitor: Monitor): object {
  const { title, quantity, query, measure, thresholds, baseline, missing, exceptions, service, enabled } = monitor;
  const unit = measuredUnit(query.metric, measure);
  return {
    이름: title,
    ...(quantity === undefined ? {} : { 항목: quantity }),
    메트릭: query.metric,
    ...(query.matchers.length === 0 ? {} : { 조건: query.matchers.map(matcherText) }),
    값: writeMeasure(measure),
    ...(thresholds.length === 0 ? {} : { 임계치: linesText(thresholds, unit) }),
    ...(baseline === undefined
      ? {}
      : {
          "평소와 다름": {
            등급: baseline.grade,
            주: baseline.weeks,
            배수: baseline.spreads,
            방향: baseline.side,
            지속: lengthText(baseline.hold),
          },
        }),
    ...(missing.then === "keep" && missing.after === MISSING_AFTER_MS
      ? {}
      : {
          "값 없음": {
            이후: lengthText(missing.after),
            ...(missing.then === "alert" ? { 등급: missing.grade } : {}),
            ...(missing.then === "end" ? { 해제: "예" } : {}),
          },
        }),
    ...(exceptions.length === 0
      ? {}
      : {
          예외: exceptions.map((one) => ({
            조건: one.matchers.map(matcherText),
            ...(one.thresholds.length === 0 ? {} : { 임계치: linesText(one.thresholds, unit) }),
          })),
        }),
    ...(service === undefined ? {} : { 서비스: service }),
    ...(enabled ? {} : { 사용: "아니오" }),
  };
}

const YES_NO = { yes: ["예", "yes", "true", "on"], no: ["아니오", "no", "false", "off"] } as const;
const SIDES = { above: ["above", "높음"], below: ["below", "낮음"], both: ["both", "양쪽"] } as const;

function readItem(reading: RosterReading, entry: Entry | undefined): Monitor["quantity"] {
  const text = reading.text(entry);
  if (entry === undefined || text === undefined) return undefined;
  const found = QUANTITIES.find(({ kind }) => kind === text) ?? quantityNamed(text, "");
  if (found === undefined) {
    const expected = said.expectsOneOf({ words: QUANTITIES.map(({ kind }) => kind) });
    reading.say("unknown-value", entry.value, text, said.unknownKey({ key: text }), expected);
  }
  return found?.kind;
}

function readMeasure(reading: RosterReading, entry: Entry | undefined): Measure {
  const text = reading.text(entry);
  if (entry === undefined || text === undefined) return { form: "avg", window: 5 * MINUTE_MS };
  const measure = readMeasureWords(text);
  if (measure !== undefined) return measure;
  refuse(reading, entry.value, text, {
    ko: "10초부터 1시간까지의 값, 예: '5분 평균', '5분 최대', '1분 마지막 값', '5분 p95', '10분 증가량'",
    en: "a value of 10 seconds to 1 hour, such as '5m avg', '5m max', '1m last', '5m p95', '10m increase'",
  });
  return { form: "avg", window: 5 * MINUTE_MS };
}

function readLines(reading: RosterReading, tree: Tree | undefined, owner: string, unit: Unit): readonly Threshold[] {
  return reading.entries(tree, owner).flatMap((entry) => {
    const lines = entry.value.kind === "list" ? entry.value.items : [entry.value];
    return lines.flatMap((line) => readLine(reading, entry, line, unit));
  });
}

function readLine(reading: RosterReading, owner: Entry, tree: Tree, unit: Unit): readonly Threshold[] {
  const fields = tree.kind === "map" ? reading.fields(tree, owner.key, ["line", "clear", "hours"]) : undefined;
  const line: Entry | undefined = fields === undefined ? { ...owner, value: tree } : fields.get("line");
  const text = reading.text(line);
  const words = text === undefined ? undefined : readThreshold(text);
  const bound = words?.is === "line" && words.measure === undefined ? inUnit(words.bound, words.unit, unit) : undefined;
  if (words?.is !== "line" || bound === undefined) {
    refuse(reading, line?.value ?? owner.at, text ?? owner.key, {
      ko: `단위에 맞는 기준, 예: '${EXAMPLES[unit].ko}'`,
      en: `a line in the metric's unit, such as '${EXAMPLES[unit].en}'`,
    });
    return [];
  }
  const hold = words.hold ?? 0;
  if (hold > HOLD_MS_MAX)
    refuse(reading, line?.value ?? owner.at, text ?? owner.key, {
      ko: "하루까지의 지속 시간, 예: '5분'",
      en: "a hold of at most a day, such as '5m'",
    });
  const clear = readClear(reading, fields?.get("clear"), unit);
  const isUp = words.when === "above" || words.when === "at-least";
  if (clear !== undefined && (isUp ? clear > bound : clear < bound))
    refuse(reading, fields?.get("clear")?.value ?? owner.at, reading.text(fields?.get("clear")) ?? owner.key, {
      ko: `기준의 정상 쪽 값: ${isUp ? "기준보다 낮거나 같은 값" : "기준보다 높거나 같은 값"}`,
      en: `a value on the normal side of the line: ${isUp ? "at most" : "at least"} the line itself`,
    });
  const hours = readHours(reading, fields?.get("hours"));
  return [
    {
      grade: owner.key,
      when: words.when,
      bound,
      hold,
      ...(clear === undefined ? {} : { clear }),
      ...(hours === undefined ? {} : { hours }),
    },
  ];
}

const EXAMPLES: Readonly<Record<Unit, Said>> = {
  ratio: { ko: "95% 이상 5분", en: "at least 95% for 5m" },
  seconds: { ko: "3초 초과 5분", en: "above 3s for 5m" },
  bytes: { ko: "10GB 미만 5분", en: "below 10GB for 5m" },
  "bytes-per-second": { ko: "100MB/초 초과 5분", en: "above 100MB/s for 5m" },
  "per-second": { ko: "5/초 초과 5분", en: "above 5/s for 5m" },
  celsius: { ko: "90°C 이상 5분", en: "at least 90°C for 5m" },
  watts: { ko: "300W 이상 5분", en: "at least 300W for 5m" },
  count: { ko: "1 미만 1분", en: "below 1 for 1m" },
};

function readClear(reading: RosterReading, entry: Entry | undefined, unit: Unit): number | undefined {
  const text = reading.text(entry);
  if (entry === undefined || text === undefined) return undefined;
  const words = readThreshold(text);
  const bound = words?.is === "line" ? inUnit(words.bound, words.unit, unit) : undefined;
  if (bound === undefined)
    refuse(reading, entry.value, text, {
      ko: "단위에 맞는 값, 예: '90%'",
      en: "a value in the metric's unit, such as '90%'",
    });
  return bound;
}

function readHours(reading: RosterReading, entry: Entry | undefined): MonitorHours | undefined {
  if (entry === undefined) return undefined;
  const fields = reading.fields(entry.value, entry.key, ["days", "from", "to", "zone", "onHolidays"]);
  const zone = reading.zone(fields.get("zone"), entry);
  const from = reading.text(fields.get("from")) ?? "00:00";
  const to = reading.text(fields.get("to")) ?? "24:00";
  const named = reading.texts(fields.get("days")?.value).flatMap(({ text }) => text.split(/[,\s]+/u));
  const days = named.length === 0 ? EVERY_DAY : named.map(dayNamed);
  const time = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/u;
  if (zone === undefined || !time.test(from) || !time.test(to) || days.some((day) => day === undefined)) {
    refuse(reading, entry.value, entry.key, {
      ko: "예: { 요일: [월, 화, 수, 목, 금], 부터: '09:00', 까지: '18:00' }",
      en: "such as { days: [mon, tue, wed, thu, fri], from: '09:00', to: '18:00' }",
    });
    return undefined;
  }
  const onHolidays = reading.oneOf(fields.get("onHolidays"), { yes: ["포함", "yes"], no: ["제외", "no"] }) !== "no";
  const weekdays = [...new Set(days as readonly Weekday[])].sort((one, other) => one - other);
  return { weekdays, from, to, zone, onHolidays };
}

const EVERY_DAY: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

function dayNamed(text: string): Weekday | undefined {
  const place = ["월", "화", "수", "목", "금", "토", "일"].indexOf(text[0] ?? "");
  const english = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].indexOf(text.slice(0, 3).toLowerCase());
  const number = Number(text);
  if (isWeekday(number)) return number;
  const found = Math.max(place, english);
  return found < 0 ? undefined : ((found + 1) as Weekday);
}

function readUnusual(reading: RosterReading, entry: Entry | undefined, measure: Measure): Baseline | undefined {
  if (entry === undefined || entry.value.kind === "empty") return undefined;
  if (!hasUsual(measure)) {
    refuse(reading, entry.value, entry.key, {
      ko: "값이 평균, 마지막 값, 초당 증가율, 증가량인 모니터 (최대, 최소, 백분위에는 평소 값이 없음)",
      en: "a value of average, last, rate or increase (highest, lowest and percentiles have no usual value)",
    });
    return undefined;
  }
  const fields = reading.fields(entry.value, entry.key, ["grade", "weeks", "spreads", "side", "hold"]);
  const grade = reading.text(fields.get("grade"));
  const hold = readLength(reading, fields.get("hold"), 15 * MINUTE_MS);
  const spreads = Number(reading.text(fields.get("spreads")) ?? 4);
  if (grade === undefined || !(spreads >= 1 && spreads <= 100)) {
    refuse(reading, entry.value, entry.key, {
      ko: "예: { 등급: Minor, 주: 4, 배수: 4, 방향: 양쪽, 지속: 15분 }",
      en: "such as { grade: Minor, weeks: 4, times: 4, side: both, hold: 15m }",
    });
    return undefined;
  }
  return {
    grade,
    weeks: reading.wholeNumber(fields.get("weeks"), { min: 2, max: 12 }) ?? 4,
    spreads,
    side: reading.oneOf(fields.get("side"), SIDES) ?? "both",
    hold,
  };
}

function readMissing(reading: RosterReading, entry: Entry | undefined): Missing {
  if (entry === undefined || entry.value.kind === "empty") return { then: "keep", after: MISSING_AFTER_MS };
  const fields = reading.fields(entry.value, entry.key, ["after", "grade", "clear"]);
  const after = readLength(reading, fields.get("after"), MISSING_AFTER_MS);
  const grade = reading.text(fields.get("grade"));
  const isEnd = reading.oneOf(fields.get("clear"), YES_NO) === "yes";
  if (grade === undefined || grade === "") return { then: isEnd ? "end" : "keep", after };
  if (isEnd)
    refuse(reading, entry.value, entry.key, {
      ko: "'등급'(경보)과 '해제'(끝난 것으로 봄) 가운데 하나",
      en: "either a grade (it fires) or 'clear' (it is over)",
    });
  return { then: "alert", after, grade };
}

function readExceptions(
  reading: RosterReading,
  tree: Tree | undefined,
  owner: string,
  unit: Unit,
): readonly MonitorException[] {
  if (tree === undefined || tree.kind === "empty") return [];
  if (tree.kind !== "list") {
    reading.shape(tree, owner, {
      ko: "목록: '- { 조건: …, 임계치: … }'",
      en: "a list: '- { match: …, thresholds: … }'",
    });
    return [];
  }
  return tree.items.flatMap((item): readonly MonitorException[] => {
    const fields = reading.fields(item, owner, ["match", "thresholds"]);
    const matchers = readConditions(reading, fields.get("match")?.value);
    if (matchers.length === 0) {
      refuse(reading, item, owner, {
        ko: "조건, 예: '조건: host=\"db-1\"'",
        en: "a condition, such as 'match: host=\"db-1\"'",
      });
      return [];
    }
    return [{ matchers, thresholds: readLines(reading, fields.get("thresholds")?.value, owner, unit) }];
  });
}

function readConditions(reading: RosterReading, tree: Tree | undefined): readonly Matcher[] {
  return reading.texts(tree).flatMap((text) => {
    const matcher = readMatcher(text.text);
    if (matcher !== undefined && !(matcher.isRegex && patternProblem(matcher.value) !== undefined)) return [matcher];
    refuse(reading, text, text.text, {
      ko: "조건, 예: 'host=\"db-1\"', 'host=~\"web-.*\"'",
      en: "a matcher, such as 'host=\"db-1\"', 'host=~\"web-.*\"'",
    });
    return [];
  });
}

function linesText(thresholds: readonly Threshold[], unit: Unit): object {
  const byGrade: Record<string, unknown[]> = {};
  for (const { grade, when, bound, hold, clear, hours } of thresholds) {
    const line = `${boundText(bound, unit)} ${WORDS[when]}${hold === 0 ? "" : ` ${lengthText(hold)}`}`;
    const plain = clear === undefined && hours === undefined;
    const written = plain
      ? line
      : {
          기준: line,
          ...(clear === undefined ? {} : { 해제: boundText(clear, unit) }),
          ...(hours === undefined
            ? {}
            : {
                시간: {
                  요일: [...hours.weekdays],
                  부터: hours.from,
                  까지: hours.to,
                  시간대: hours.zone,
                  ...(hours.onHolidays ? {} : { 휴일에는: "제외" }),
                },
              }),
        };
    byGrade[grade] = [...(byGrade[grade] ?? []), written];
  }
  return Object.fromEntries(
    Object.entries(byGrade).map(([grade, lines]) => [grade, lines.length === 1 ? lines[0] : lines]),
  );
}

const WORDS: Readonly<Record<Threshold["when"], string>> = {
  above: "초과",
  "at-least": "이상",
  below: "미만",
  "at-most": "이하",
};

/** In the unit's base, so that it reads back as the same number. */
function boundText(bound: number, unit: Unit): string {
  const number = (value: number): string => String(Number(value.toPrecision(12)));
  switch (unit) {
    case "ratio":
      return `${number(bound * 100)}%`;
    case "seconds":
      return `${number(bound)}초`;
    case "bytes":
    case "bytes-per-second":
      return `${number(bound)}B`;
    case "per-second":
      return `${number(bound)}/초`;
    case "celsius":
      return `${number(bound)}°C`;
    case "watts":
    case "count":
      return number(bound);
  }
}

function readLength(reading: RosterReading, entry: Entry | undefined, otherwise: Millis): Millis {
  const text = reading.text(entry);
  if (entry === undefined || text === undefined) return otherwise;
  const length = text === "0" ? 0 : readDuration(text);
  if (length !== undefined && length <= HOLD_MS_MAX) return length;
  refuse(reading, entry.value, text, { ko: "하루까지의 시간, 예: '5분'", en: "a time of at most a day, such as '5m'" });
  return otherwise;
}

function lengthText(length: Millis): string {
  if (length === 0) return "0";
  return length % MINUTE_MS === 0 ? `${length / MINUTE_MS}분` : `${length / SECOND_MS}초`;
}

function refuse(
  reading: RosterReading,
  at: { readonly line: number; readonly column: number },
  found: string,
  expected: Said,
): void {
  reading.say("bad-monitor", at, found, said.badMonitor({ text: found }), said.expects(expected));
}

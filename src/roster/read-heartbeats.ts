import { readCron } from "../heartbeat/cron.ts";
import {
  HEARTBEAT_EVERY_MS_MIN,
  HEARTBEAT_GRACE_MS_MIN,
  HEARTBEAT_MS_MAX,
  HEARTBEAT_NAME_LENGTH_MAX,
  type Heartbeat,
  slugOf,
} from "../heartbeat/heartbeat.ts";
import { asId } from "../id/id.ts";
import { rosterSaid as said } from "../locale/roster.ts";
import { readDuration } from "../policy/phrases.ts";
import type { Entry } from "../policy/tree.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, type Millis, SECOND_MS } from "../time/instant.ts";
import type { RosterReading } from "./roster-reading.ts";

/**
 * Dead man's switches as a roster file writes them: `이름: { 주기: 1시간, 유예: 10분 }`, or with `크론: "0 3 * * *"` and a
 * time zone in place of the interval.
 */
export function readHeartbeats(reading: RosterReading, entry: Entry | undefined): readonly Heartbeat[] {
  return reading.entries(entry?.value, "하트비트").flatMap((one): readonly Heartbeat[] => {
    const fields = reading.fields(one.value, one.key, ["every", "cron", "zone", "grace", "grade", "service"]);
    if (one.key.length > HEARTBEAT_NAME_LENGTH_MAX || slugOf(one.key) === "") {
      const expected = said.expects({
        ko: `글자나 숫자가 든 ${HEARTBEAT_NAME_LENGTH_MAX}자 이하의 이름`,
        en: `a name with letters or digits, of at most ${HEARTBEAT_NAME_LENGTH_MAX} characters`,
      });
      reading.say("bad-name", one.at, one.key, said.badName({ text: one.key.slice(0, 50) }), expected);
    }
    const schedule = readSchedule(reading, one, {
      every: fields.get("every"),
      cron: fields.get("cron"),
      zone: fields.get("zone"),
    });
    const grace = readGrace(reading, one, fields.get("grace"));
    const grade = reading.text(fields.get("grade"));
    const service = reading.text(fields.get("service"));
    if (schedule === undefined || grace === undefined) return [];
    return [
      {
        id: asId<"heartbeat">(one.key),
        schedule,
        grace,
        ...(grade === undefined || grade === "" ? {} : { grade }),
        ...(service === undefined || service === "" ? {} : { service }),
      },
    ];
  });
}

/** A heartbeat as the file writes it. */
export function heartbeatText({ schedule, grace, grade, service }: Heartbeat): object {
  return {
    ...(schedule.kind === "every"
      ? { 주기: lengthText(schedule.every) }
      : { 크론: schedule.cron, 시간대: schedule.zone }),
    유예: lengthText(grace),
    ...(grade === undefined ? {} : { 등급: grade }),
    ...(service === undefined ? {} : { 서비스: service }),
  };
}

type ScheduleFields = Readonly<Record<"every" | "cron" | "zone", Entry | undefined>>;

function readSchedule(
  reading: RosterReading,
  owner: Entry,
  { every, cron, zone }: ScheduleFields,
): Heartbeat["schedule"] | undefined {
  const line = reading.text(cron);
  if (cron === undefined || line === undefined) {
    if (every === undefined || every.value.kind === "empty") {
      const expected = said.expects({
        ko: "'주기: 1시간' 또는 '크론: 0 3 * * *'",
        en: "'every: 1h' or 'cron: 0 3 * * *'",
      });
      const message = said.missing({ what: owner.key, field: "주기" });
      reading.say("missing-field", owner.at, owner.key, message, expected);
      return undefined;
    }
    if (zone !== undefined) {
      const expected = said.expects({ ko: "'크론'과 함께", en: "together with 'cron'" });
      reading.say("unknown-key", zone.at, zone.key, said.unknownKey(zone), expected);
      return undefined;
    }
    const length = readLength(reading, every, HEARTBEAT_EVERY_MS_MIN);
    return length === undefined ? undefined : { kind: "every", every: length };
  }
  if (every !== undefined) {
    const expected = said.expects({ ko: "'주기'와 '크론' 가운데 하나", en: "one of 'every' and 'cron'" });
    reading.say("duplicate-key", every.at, every.key, said.duplicate({ what: owner.key }), expected);
    return undefined;
  }
  const where = reading.zone(zone, owner);
  if (where === undefined) return undefined;
  if (readCron(line, where) !== undefined) return { kind: "cron", cron: line, zone: where };
  const expected = said.expects({
    ko: "다섯 칸(분 시 일 월 요일), 예: '0 3 * * *'",
    en: "five fields (minute hour day month weekday), such as '0 3 * * *'",
  });
  reading.say("bad-cron", cron.value, line, said.badCron({ text: line }), expected);
  return undefined;
}

function readGrace(reading: RosterReading, owner: Entry, grace: Entry | undefined): Millis | undefined {
  if (grace !== undefined && grace.value.kind !== "empty") return readLength(reading, grace, HEARTBEAT_GRACE_MS_MIN);
  const expected = said.expects({ ko: "예: '유예: 10분'", en: "such as 'grace: 10m'" });
  reading.say("missing-field", owner.at, owner.key, said.missing({ what: owner.key, field: "유예" }), expected);
  return undefined;
}

function readLength(reading: RosterReading, entry: Entry, least: Millis): Millis | undefined {
  const text = reading.text(entry);
  if (text === undefined) return undefined;
  const length = readDuration(text);
  if (length !== undefined && length % SECOND_MS === 0 && length >= least && length <= HEARTBEAT_MS_MAX) return length;
  const expected = said.expects({
    ko: `${least / SECOND_MS}초부터 366일까지, 예: '10분', '1시간 30분'`,
    en: `${least / SECOND_MS} seconds to 366 days, such as '10m', '1 hour 30 minutes'`,
  });
  reading.say("bad-interval", entry.value, text, said.badLength({ text }), expected);
  return undefined;
}

function lengthText(length: Millis): string {
  const [unit, word] = UNITS.find(([ms]) => length % ms === 0) ?? [SECOND_MS, "초"];
  return `${length / unit}${word}`;
}

const UNITS = [
  [DAY_MS, "일"],
  [HOUR_MS, "시간"],
  [MINUTE_MS, "분"],
] as const;

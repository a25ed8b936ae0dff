import { rosterSaid as said } from "../locale/roster.ts";
import type { Said } from "../locale/said.ts";
import type { Diagnostic } from "../policy/diagnostic.ts";
import type { Entry, Position, Tree } from "../policy/tree.ts";
import { nearest } from "../policy/vocabulary.ts";
import { nameKey } from "./same-name.ts";

/** The keys of a roster file, Korean and English; the first of each is what a diagnostic proposes. */
const WORDS = {
  people: ["사람", "people", "persons"],
  groups: ["그룹", "groups"],
  teams: ["팀", "teams"],
  rotations: ["교대", "rotations"],
  services: ["서비스", "services"],
  channels: ["채널", "channels"],
  name: ["이름", "name"],
  titles: ["직책", "title", "titles"],
  locale: ["언어", "locale", "language"],
  contacts: ["연락처", "contacts"],
  admin: ["관리자", "admin"],
  members: ["구성원", "members"],
  participants: ["참여자", "participants"],
  turn: ["교대 주기", "turn"],
  start: ["시작", "start"],
  zone: ["시간대", "zone", "time zone"],
  overrides: ["대체 근무", "overrides"],
  person: ["담당자", "person"],
  from: ["부터", "from"],
  to: ["까지", "to"],
  instead: ["대신", "instead of", "instead"],
  note: ["메모", "note"],
  end: ["종료", "end"],
  priority: ["우선순위", "priority"],
  hours: ["근무 시간", "시간", "hours"],
  onHolidays: ["휴일에는", "on holidays"],
  shadow: ["참관", "shadow"],
  leaves: ["휴가", "leaves", "leave"],
  holidays: ["휴일", "holidays"],
  off: ["쉬는 날", "off"],
  match: ["조건", "match", "labels"],
  grade: ["등급", "grade"],
  dependsOn: ["의존", "depends on"],
  targets: ["대상", "targets"],
  collector: ["수집기", "collector"],
  settings: ["설정", "settings"],
  every: ["주기", "every"],
  agent: ["에이전트", "agent"],
  labels: ["라벨", "labels"],
  heartbeats: ["하트비트", "heartbeats"],
  monitors: ["모니터", "monitors"],
  item: ["항목", "item"],
  metric: ["메트릭", "metric"],
  value: ["값", "value"],
  thresholds: ["임계치", "thresholds"],
  line: ["기준", "line"],
  clear: ["해제", "clear"],
  days: ["요일", "days"],
  unusual: ["평소와 다름", "unusual"],
  weeks: ["주", "weeks"],
  spreads: ["배수", "times"],
  side: ["방향", "side"],
  hold: ["지속", "hold"],
  missing: ["값 없음", "missing"],
  after: ["이후", "after"],
  exceptions: ["예외", "exceptions"],
  enabled: ["사용", "enabled"],
  cron: ["크론", "cron"],
  grace: ["유예", "grace"],
  service: ["서비스", "service"],
} as const satisfies Record<string, readonly string[]>;

type Word = keyof typeof WORDS;

/** Turns are counted from their beginning, and no calendar ends while they are. */
const YEAR_MIN = 1_970;
const YEAR_MAX = 2_200;

/** A roster file while it is read: its values by shape, and what was wrong with them. */
export class RosterReading {
  readonly diagnostics: Diagnostic[] = [];
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  say(code: string, at: Position, found: string, message: Said, expected: Said): void {
    const { line, column } = at;
    this.diagnostics.push({
      level: "error",
      code,
      message,
      file: this.#file,
      line,
      column,
      found: found.slice(0, 200),
      expected,
    });
  }

  fields(tree: Tree | undefined, what: string, known: readonly Word[]): ReadonlyMap<Word, Entry> {
    const fields = new Map<Word, Entry>();
    for (const entry of this.entries(tree, what)) {
      const word = known.find((candidate) => WORDS[candidate].some((text) => nameKey(text) === nameKey(entry.key)));
      const words = known.flatMap((candidate) => WORDS[candidate]);
      if (word === undefined) {
        this.say(
          "unknown-key",
          entry.at,
          entry.key,
          said.unknownKey(entry),
          said.expectsOneOf({ words, nearest: nearest(entry.key, words) }),
        );
      } else if (fields.has(word)) {
        this.say(
          "duplicate-key",
          entry.at,
          entry.key,
          said.duplicate({ what: entry.key }),
          said.expects({ ko: "한 번만", en: "once" }),
        );
      } else fields.set(word, entry);
    }
    return fields;
  }

  entries(tree: Tree | undefined, what: string): readonly Entry[] {
    if (tree === undefined || tree.kind === "empty") return [];
    if (tree.kind === "map") return tree.entries;
    this.shape(tree, what, { ko: "'이름: 값' 형식", en: "a mapping, 'name: value'" });
    return [];
  }

  texts(tree: Tree | undefined): readonly (Tree & { readonly kind: "text" })[] {
    if (tree === undefined || tree.kind === "empty") return [];
    if (tree.kind === "text") return [tree];
    if (tree.kind === "list") return tree.items.flatMap((item) => this.texts(item));
    this.shape(tree, "", { ko: "값 하나 또는 목록", en: "a value or a list" });
    return [];
  }

  text(entry: Entry | undefined): string | undefined {
    if (entry === undefined || entry.value.kind === "empty") return undefined;
    if (entry.value.kind === "text") return entry.value.text;
    this.shape(entry.value, entry.key, { ko: "값 하나", en: "one value" });
    return undefined;
  }

  oneOf<T extends string>(entry: Entry | undefined, words: Readonly<Record<T, readonly string[]>>): T | undefined {
    const text = this.text(entry);
    if (entry === undefined || text === undefined) return undefined;
    const choices = Object.entries(words) as [T, readonly string[]][];
    const found = choices.find(([, all]) => all.some((word) => nameKey(word) === nameKey(text)));
    if (found !== undefined) return found[0];
    const all = choices.flatMap(([, each]) => each);
    const expected = said.expectsOneOf({ words: all, nearest: nearest(text, all) });
    this.say("unknown-value", entry.value, text, said.unknownKey({ key: text }), expected);
    return undefined;
  }

  localTime(entry: Entry | undefined, owner: Entry): string | undefined {
    const text = this.text(entry);
    if (text !== undefined) {
      try {
        const time = Temporal.PlainDateTime.from(text.replace(" ", "T"));
        if (time.year >= YEAR_MIN && time.year <= YEAR_MAX) return time.toString({ smallestUnit: "minute" });
      } catch {
        // Told below.
      }
    }
    const expected = said.expects({ ko: "예: 2026-01-05T09:00", en: "such as 2026-01-05T09:00" });
    this.say("bad-time", entry?.value ?? owner.at, text ?? "", said.badTime({ text: text ?? "" }), expected);
    return undefined;
  }

  /** A local date, or a date and time: midnight where it has none. */
  localDateOrTime(entry: Entry | undefined, owner: Entry): string | undefined {
    const text = this.text(entry);
    if (entry === undefined || text === undefined || !/^\d{4}-\d{2}-\d{2}$/u.test(text))
      return this.localTime(entry, owner);
    return this.localTime({ ...entry, value: { ...entry.value, text: `${text}T00:00` } as Tree }, owner);
  }

  wholeNumber(
    entry: Entry | undefined,
    { min, max }: { readonly min: number; readonly max: number },
  ): number | undefined {
    const text = this.text(entry);
    if (entry === undefined || text === undefined) return undefined;
    const number = Number(text);
    if (Number.isInteger(number) && number >= min && number <= max) return number;
    const expected = said.expects({ ko: `${min}부터 ${max}까지의 정수`, en: `a whole number from ${min} to ${max}` });
    this.say("bad-number", entry.value, text, said.badNumber({ text }), expected);
    return undefined;
  }

  zone(entry: Entry | undefined, owner: Entry): string | undefined {
    const zone = this.text(entry) ?? "Asia/Seoul";
    try {
      Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
      return zone;
    } catch {
      const expected = said.expects({ ko: "예: Asia/Seoul", en: "such as Asia/Seoul" });
      this.say("bad-zone", entry?.value ?? owner.at, zone, said.badZone({ text: zone }), expected);
      return undefined;
    }
  }

  shape(at: Position, what: string, expected: Said): void {
    this.say("wrong-shape", at, what, said.wrongShape({ what }), expected);
  }
}

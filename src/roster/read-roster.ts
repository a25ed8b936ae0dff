import type { Heartbeat } from "../heartbeat/heartbeat.ts";
import { asId } from "../id/id.ts";
import { rosterSaid as said } from "../locale/roster.ts";
import type { Monitor } from "../monitor/monitor.ts";
import type { Target } from "../monitor/target.ts";
import type { Diagnostic } from "../policy/diagnostic.ts";
import { CHANNEL_KINDS, type ChannelKind } from "../policy/policy.ts";
import { type Entry, type Tree, treeOf } from "../policy/tree.ts";
import { channelNamed, nearest } from "../policy/vocabulary.ts";
import type { Instant } from "../time/instant.ts";
import { e164 } from "./phone.ts";
import { readHeartbeats } from "./read-heartbeats.ts";
import { readMonitors } from "./read-monitors.ts";
import { readTargets } from "./read-targets.ts";
import type {
  ActiveHours,
  ChannelSettings,
  Contact,
  Group,
  Holiday,
  Leave,
  Member,
  Override,
  Person,
  PersonId,
  RosterTeam,
  Rotation,
  Service,
} from "./roster.ts";
import { RosterReading } from "./roster-reading.ts";
import { readHours, readTurnLength } from "./rotation-words.ts";
import { nameKey } from "./same-name.ts";

/** One fact that a file declares, as `apply` compares and stores it. */
export type DeclaredItem =
  | { readonly kind: "person"; readonly id: string; readonly data: Person }
  | { readonly kind: "group"; readonly id: string; readonly data: Group }
  | { readonly kind: "team"; readonly id: string; readonly data: RosterTeam }
  | { readonly kind: "rotation"; readonly id: string; readonly data: Rotation }
  | { readonly kind: "override"; readonly id: string; readonly data: Override }
  | { readonly kind: "leave"; readonly id: string; readonly data: Leave }
  | { readonly kind: "holiday"; readonly id: string; readonly data: Holiday }
  | { readonly kind: "service"; readonly id: string; readonly data: Service }
  | { readonly kind: "channel"; readonly id: string; readonly data: ChannelSettings }
  | { readonly kind: "target"; readonly id: string; readonly data: Target }
  | { readonly kind: "heartbeat"; readonly id: string; readonly data: Heartbeat }
  | { readonly kind: "monitor"; readonly id: string; readonly data: Monitor };

export type ReadRoster = { readonly items?: readonly DeclaredItem[]; readonly diagnostics: readonly Diagnostic[] };

/** Reads the YAML file that `bongsu apply` takes. Never throws; items are absent where anything is an error. */
export function readRoster(source: { readonly file: string; readonly text: string }): ReadRoster {
  const reader = new RosterReader(source.file);
  const { tree, problems } = treeOf({ text: source.text.replace(/\r\n?/gu, "\n"), line: 1, column: 1 });
  for (const problem of problems) {
    reader.say(
      "broken-yaml",
      problem,
      problem.found,
      said.brokenYaml(problem),
      said.expects({ ko: "올바른 YAML", en: "valid YAML" }),
    );
  }
  const items = reader.read(tree);
  return reader.diagnostics.length > 0 ? { diagnostics: reader.diagnostics } : { items, diagnostics: [] };
}

class RosterReader extends RosterReading {
  readonly #people = new Map<string, PersonId[]>();
  /** By how names are compared, the name as it was defined. */
  readonly #rotations = new Map<string, string>();

  read(tree: Tree): readonly DeclaredItem[] {
    const top = this.fields(tree, "명부", [
      "people",
      "groups",
      "teams",
      "rotations",
      "leaves",
      "holidays",
      "services",
      "channels",
      "targets",
      "heartbeats",
      "monitors",
    ]);
    const people = this.#readPeople(top.get("people"));
    for (const entry of this.entries(top.get("rotations")?.value, "교대"))
      this.#rotations.set(nameKey(entry.key), entry.key);
    return [
      ...people.map((data): DeclaredItem => ({ kind: "person", id: data.id, data })),
      ...this.entries(top.get("groups")?.value, "그룹").map(
        (entry): DeclaredItem => ({
          kind: "group",
          id: entry.key,
          data: { name: entry.key, members: this.#persons(entry.value, entry.key) },
        }),
      ),
      ...this.entries(top.get("teams")?.value, "팀").map((entry) => this.#team(entry)),
      ...this.entries(top.get("rotations")?.value, "교대").flatMap((entry) => this.#rotation(entry)),
      ...this.#leaves(top.get("leaves")),
      ...this.entries(top.get("holidays")?.value, "휴일").flatMap((entry) => this.#holiday(entry)),
      ...this.entries(top.get("services")?.value, "서비스").map((entry) => this.#service(entry)),
      ...this.entries(top.get("channels")?.value, "채널").flatMap((entry) => this.#channel(entry)),
      ...readTargets(this, top.get("targets")).map((data): DeclaredItem => ({ kind: "target", id: data.id, data })),
      ...readHeartbeats(this, top.get("heartbeats")).map(
        (data): DeclaredItem => ({ kind: "heartbeat", id: data.id, data }),
      ),
      ...readMonitors(this, top.get("monitors")).map((data): DeclaredItem => ({ kind: "monitor", id: data.id, data })),
    ];
  }

  #readPeople(entry: Entry | undefined): readonly Person[] {
    const people = this.entries(entry?.value, "사람").map((one): Person => {
      const fields = this.fields(one.value, one.key, ["name", "titles", "locale", "contacts", "admin"]);
      const id = asId<"person">(one.key);
      const name = this.text(fields.get("name")) ?? one.key;
      for (const key of new Set([nameKey(one.key), nameKey(name)]))
        this.#people.set(key, [...(this.#people.get(key) ?? []), id]);
      return {
        id,
        name,
        titles: this.texts(fields.get("titles")?.value).map(({ text }) => text),
        locale: this.oneOf(fields.get("locale"), { ko: ["ko", "한국어"], en: ["en", "영어", "english"] }) ?? "ko",
        contacts: this.#contacts(fields.get("contacts")),
        admin: this.oneOf(fields.get("admin"), YES_NO) === "yes",
      };
    });
    return people;
  }

  #contacts(entry: Entry | undefined): readonly Contact[] {
    return this.entries(entry?.value, "연락처").flatMap((one): Contact[] => {
      const channel = channelNamed(one.key);
      const text = this.text(one);
      if (channel === undefined) {
        const expected = said.expectsOneOf({ words: CHANNEL_KINDS, nearest: nearest(one.key, CHANNEL_KINDS) });
        this.say("unknown-channel", one.at, one.key, said.unknownKey(one), expected);
        return [];
      }
      if (text === undefined) {
        if (one.value.kind === "empty") this.shape(one.at, one.key, { ko: "주소 하나", en: "one address" });
        return [];
      }
      if (channel !== "phone" && channel !== "sms") return [{ channel, address: text }];
      const number = e164(text);
      if (number !== undefined) return [{ channel, address: number }];
      const expected = said.expects({ ko: "'010-1234-5678' 또는 '+82…'", en: "'010-1234-5678' or '+82…'" });
      this.say("bad-phone", one.value, text, said.badPhone({ text }), expected);
      return [];
    });
  }

  #team(entry: Entry): DeclaredItem {
    const fields = this.fields(entry.value, entry.key, ["members", "rotations"]);
    const members = this.entries(fields.get("members")?.value, entry.key).flatMap((role): Member[] =>
      this.#persons(role.value, role.key).map((person) => ({ person, role: role.key })),
    );
    const rotations = this.texts(fields.get("rotations")?.value).flatMap((text) => {
      const defined = this.#rotations.get(nameKey(text.text));
      if (defined !== undefined) return [asId<"rotation">(defined)];
      const expected = said.expects({ ko: "'교대' 아래에 정의한 이름", en: "a name defined under 'rotations'" });
      this.say("unknown-rotation", text, text.text, said.unknownRotation({ name: text.text }), expected);
      return [];
    });
    return { kind: "team", id: entry.key, data: { name: entry.key, members, rotations } };
  }

  #rotation(entry: Entry): readonly DeclaredItem[] {
    const fields = this.fields(entry.value, entry.key, ROTATION_FIELDS);
    const zone = this.zone(fields.get("zone"), entry);
    const turns = this.#turns(fields.get("turn"), entry);
    const start = this.localTime(fields.get("start"), entry);
    const end = fields.has("end") ? this.localDateOrTime(fields.get("end"), entry) : undefined;
    if (start !== undefined && end !== undefined && end <= start) {
      const expected = said.expects({ ko: "시작보다 늦은 종료", en: "an end after the beginning" });
      this.say(
        "bad-interval",
        fields.get("end")?.value ?? entry.at,
        end,
        said.badTime({ text: `${start} – ${end}` }),
        expected,
      );
    }
    const list = fields.get("participants")?.value;
    if (list === undefined || list.kind === "empty" || (list.kind === "list" && list.items.length === 0)) {
      const expected = said.expects({ ko: "'참여자: [이름, 이름]'", en: "'participants: [name, name]'" });
      this.say("missing-field", entry.at, entry.key, said.noParticipants({ name: entry.key }), expected);
    }
    const participants =
      list?.kind === "list"
        ? list.items.map((item) => this.#persons(item, entry.key))
        : this.#persons(list, entry.key).map((one) => [one]);
    const hours = this.#hours(fields.get("hours"));
    const holidays = this.oneOf(fields.get("onHolidays"), {
      "as-usual": ["평소대로", "as usual"],
      off: ["쉼", "off"],
      only: ["휴일만", "only"],
    });
    const byHoliday = turns?.[0]?.unit === "holidays";
    const shadow = this.oneOf(fields.get("shadow"), YES_NO) === "yes";
    const priority = this.wholeNumber(fields.get("priority"), { min: 0, max: 100 }) ?? 0;
    if (zone === undefined || turns === undefined || start === undefined) return [];
    const id = asId<"rotation">(entry.key);
    const data: Rotation = {
      id,
      name: this.text(fields.get("name")) ?? entry.key,
      zone,
      participants,
      turns,
      start,
      ...(end === undefined ? {} : { end }),
      priority,
      hours,
      holidays: byHoliday ? "only" : (holidays ?? "as-usual"),
      shadow,
    };
    return [{ kind: "rotation", id, data }, ...this.#overrides(fields.get("overrides"), id, zone)];
  }

  /** One length, or several that follow each other. */
  #turns(entry: Entry | undefined, owner: Entry): Rotation["turns"] | undefined {
    const written = this.texts(entry?.value).map(({ text }) => text);
    const texts = written.length === 0 ? ["1주"] : written;
    const turns = texts.flatMap((text) => readTurnLength(text) ?? []);
    const at = entry?.value ?? owner.at;
    if (turns.length < texts.length) {
      const text = texts.find((one) => readTurnLength(one) === undefined) ?? "";
      const expected = said.expects({
        ko: "'1주', '1일', '12시간', '1개월'",
        en: "'1 week', '1 day', '12 hours', '1 month'",
      });
      this.say("bad-turn", at, text, said.badTurn({ text }), expected);
      return undefined;
    }
    if (turns.length > 1 && turns.some(({ unit }) => unit === "holidays")) {
      const text = texts.join(", ");
      this.say("bad-turn", at, text, said.holidaysAlone({ text }), said.expects({ ko: "'1휴일'", en: "'1 holiday'" }));
      return undefined;
    }
    return turns;
  }

  #hours(entry: Entry | undefined): readonly ActiveHours[] {
    return this.texts(entry?.value).flatMap((item): ActiveHours[] => {
      const hours = readHours(item.text);
      if (hours !== undefined) return [hours];
      const expected = said.expects({ ko: "'월-금 09:00-18:00'", en: "'mon-fri 09:00-18:00'" });
      this.say("bad-hours", item, item.text, said.badHours({ text: item.text }), expected);
      return [];
    });
  }

  #overrides(entry: Entry | undefined, rotation: Rotation["id"], zone: string): readonly DeclaredItem[] {
    const ids = new Map<string, number>();
    return this.#listOf(entry).flatMap((item): DeclaredItem[] => {
      const fields = this.fields(item, entry?.key ?? "", ["person", "instead", "from", "to", "note"]);
      const stretch = this.#stretch(item, entry as Entry, fields, zone);
      if (stretch === undefined) return [];
      const { person, from, start, end } = stretch;
      const [instead] = fields.has("instead") ? this.#persons(fields.get("instead")?.value, "") : [];
      if (fields.has("instead") && instead === undefined) return [];
      const id = asId<"override">(numbered(ids, `${rotation}/${from}/${person}`));
      const note = this.text(fields.get("note"));
      const data = {
        id,
        rotation,
        person,
        ...(instead === undefined ? {} : { instead }),
        start,
        end,
        ...(note === undefined ? {} : { note }),
      };
      return [{ kind: "override", id, data }];
    });
  }

  #leaves(entry: Entry | undefined): readonly DeclaredItem[] {
    const ids = new Map<string, number>();
    return this.#listOf(entry).flatMap((item): DeclaredItem[] => {
      const fields = this.fields(item, entry?.key ?? "", ["person", "from", "to", "zone", "note"]);
      const zone = this.zone(fields.get("zone"), entry as Entry);
      if (zone === undefined) return [];
      const stretch = this.#stretch(item, entry as Entry, fields, zone);
      if (stretch === undefined) return [];
      const { person, from, start, end } = stretch;
      const id = asId<"leave">(numbered(ids, `${person}/${from}`));
      const note = this.text(fields.get("note"));
      return [{ kind: "leave", id, data: { id, person, start, end, ...(note === undefined ? {} : { note }) } }];
    });
  }

  /** Who, from when to when. A date alone is its midnight, and as an end the midnight after it. */
  #stretch(
    item: Tree,
    owner: Entry,
    fields: ReadonlyMap<string, Entry>,
    zone: string,
  ): { readonly person: PersonId; readonly from: string; readonly start: Instant; readonly end: Instant } | undefined {
    const [person] = this.#persons(fields.get("person")?.value, owner.key);
    const from = this.localDateOrTime(fields.get("from"), owner);
    const to = this.localDateOrTime(fields.get("to"), owner);
    if (person === undefined || from === undefined || to === undefined) return undefined;
    const written = (field: string): string => this.text(fields.get(field)) ?? "";
    const instant = (text: string, local: Temporal.PlainDateTime): Instant =>
      /T.*[+-]\d{2}:?\d{2}$/u.test(text)
        ? Temporal.Instant.from(text).epochMilliseconds
        : local.toZonedDateTime(zone).epochMilliseconds;
    const last = Temporal.PlainDateTime.from(to);
    const isDay = /^\d{4}-\d{2}-\d{2}$/u.test(written("to"));
    const start = instant(written("from"), Temporal.PlainDateTime.from(from));
    const end = instant(written("to"), isDay ? last.add({ days: 1 }) : last);
    if (end > start) return { person, from, start, end };
    const expected = said.expects({ ko: "시작보다 늦은 끝", en: "an end after the beginning" });
    this.say("bad-interval", item, to, said.badTime({ text: `${from} – ${to}` }), expected);
    return undefined;
  }

  #holiday(entry: Entry): readonly DeclaredItem[] {
    const date = entry.key;
    if (!isDate(date)) {
      this.say(
        "bad-date",
        entry.at,
        date,
        said.badDate({ text: date }),
        said.expects({ ko: "예: 2026-12-24", en: "such as 2026-12-24" }),
      );
      return [];
    }
    const fields = entry.value.kind === "map" ? this.fields(entry.value, date, ["name", "off"]) : undefined;
    const name = this.text(fields === undefined ? entry : fields.get("name")) ?? date;
    const off = this.oneOf(fields?.get("off"), YES_NO) !== "no";
    return [{ kind: "holiday", id: date, data: { date, name, off } }];
  }

  #listOf(entry: Entry | undefined): readonly Tree[] {
    if (entry === undefined || entry.value.kind === "empty") return [];
    if (entry.value.kind === "list") return entry.value.items;
    this.shape(entry.value, entry.key, { ko: "'- '로 시작하는 목록", en: "a list of '- ' items" });
    return [];
  }

  #service(entry: Entry): DeclaredItem {
    const fields = this.fields(entry.value, entry.key, ["match", "grade", "dependsOn"]);
    const match: Record<string, string> = {};
    for (const label of this.entries(fields.get("match")?.value, entry.key)) match[label.key] = this.text(label) ?? "";
    const grade = this.text(fields.get("grade"));
    const dependsOn = this.texts(fields.get("dependsOn")?.value).map(({ text }) => text);
    return {
      kind: "service",
      id: entry.key,
      data: { name: entry.key, match, dependsOn, ...(grade === undefined ? {} : { grade }) },
    };
  }

  #channel(entry: Entry): readonly DeclaredItem[] {
    const kind: ChannelKind | undefined = channelNamed(entry.key);
    if (kind === undefined) {
      const expected = said.expectsOneOf({ words: CHANNEL_KINDS, nearest: nearest(entry.key, CHANNEL_KINDS) });
      this.say("unknown-channel", entry.at, entry.key, said.unknownKey(entry), expected);
      return [];
    }
    const settings = plain(entry.value);
    if (entry.value.kind === "text" || entry.value.kind === "list")
      this.shape(entry.value, entry.key, { ko: "'이름: 값' 형식", en: "a mapping, 'name: value'" });
    const isSettings = typeof settings === "object" && settings !== null && !Array.isArray(settings);
    return [
      { kind: "channel", id: kind, data: { kind, settings: isSettings ? (settings as Record<string, unknown>) : {} } },
    ];
  }

  #persons(tree: Tree | undefined, what: string): readonly PersonId[] {
    void what;
    return this.texts(tree).flatMap((text) => {
      const found = this.#people.get(nameKey(text.text)) ?? [];
      if (found.length === 1) return found;
      const message =
        found.length === 0 ? said.unknownPerson({ name: text.text }) : said.ambiguous({ name: text.text });
      const names = [...this.#people.keys()];
      this.say(
        "unknown-person",
        text,
        text.text,
        message,
        said.expectsOneOf({ words: names.slice(0, 8), nearest: nearest(text.text, names) }),
      );
      return [];
    });
  }
}

const ROTATION_FIELDS = [
  "name",
  "participants",
  "turn",
  "start",
  "end",
  "zone",
  "priority",
  "hours",
  "onHolidays",
  "shadow",
  "overrides",
] as const;

const YES_NO = { yes: ["true", "yes", "예"], no: ["false", "no", "아니요"] } as const;

/** Named by what it says, so that its place in the file does not matter; the second of a name is told apart. */
function numbered(seen: Map<string, number>, name: string): string {
  const times = (seen.get(name) ?? 0) + 1;
  seen.set(name, times);
  return times === 1 ? name : `${name}/${times}`;
}

function isDate(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}

/** The settings of a channel as they stand; numbers and booleans as YAML means them. */
function plain(tree: Tree): unknown {
  switch (tree.kind) {
    case "empty":
      return null;
    case "text":
      if (/^(true|false)$/u.test(tree.raw)) return tree.raw === "true";
      return /^-?\d+$/u.test(tree.raw) ? Number(tree.raw) : tree.text;
    case "list":
      return tree.items.map(plain);
    case "map":
      return Object.fromEntries(tree.entries.map((entry) => [entry.key, plain(entry.value)]));
  }
}

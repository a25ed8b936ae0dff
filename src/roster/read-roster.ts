import { asId } from "../id/id.ts";
import { rosterSaid as said } from "../locale/roster.ts";
import type { Diagnostic } from "../policy/diagnostic.ts";
import { CHANNEL_KINDS, type ChannelKind } from "../policy/policy.ts";
import { type Entry, type Tree, treeOf } from "../policy/tree.ts";
import { channelNamed, nearest } from "../policy/vocabulary.ts";
import { e164 } from "./phone.ts";
import type {
  ChannelSettings,
  Contact,
  Group,
  Member,
  Override,
  Person,
  PersonId,
  RosterTeam,
  Rotation,
  Service,
} from "./roster.ts";
import { RosterReading } from "./roster-reading.ts";
import { nameKey } from "./same-name.ts";

/** One fact that a file declares, as `apply` compares and stores it. */
export type DeclaredItem =
  | { readonly kind: "person"; readonly id: string; readonly data: Person }
  | { readonly kind: "group"; readonly id: string; readonly data: Group }
  | { readonly kind: "team"; readonly id: string; readonly data: RosterTeam }
  | { readonly kind: "rotation"; readonly id: string; readonly data: Rotation }
  | { readonly kind: "override"; readonly id: string; readonly data: Override }
  | { readonly kind: "service"; readonly id: string; readonly data: Service }
  | { readonly kind: "channel"; readonly id: string; readonly data: ChannelSettings };

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
    const top = this.fields(tree, "명부", ["people", "groups", "teams", "rotations", "services", "channels"]);
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
      ...this.entries(top.get("services")?.value, "서비스").map((entry) => this.#service(entry)),
      ...this.entries(top.get("channels")?.value, "채널").flatMap((entry) => this.#channel(entry)),
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
        admin: this.oneOf(fields.get("admin"), { yes: ["true", "yes", "예"], no: ["false", "no", "아니요"] }) === "yes",
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
    const fields = this.fields(entry.value, entry.key, ["participants", "turn", "start", "zone", "overrides"]);
    const zone = this.text(fields.get("zone")) ?? "Asia/Seoul";
    const zoneAt = fields.get("zone")?.value ?? entry.at;
    const isZone = zoneIsKnown(zone);
    if (!isZone)
      this.say(
        "bad-zone",
        zoneAt,
        zone,
        said.badZone({ text: zone }),
        said.expects({ ko: "예: Asia/Seoul", en: "such as Asia/Seoul" }),
      );
    const turnText = this.text(fields.get("turn")) ?? "1주";
    const turn = readTurn(turnText);
    if (turn === undefined) {
      const expected = said.expects({ ko: "'1주', '1일', '12시간'", en: "'1 week', '1 day', '12 hours'" });
      this.say("bad-turn", fields.get("turn")?.value ?? entry.at, turnText, said.badTurn({ text: turnText }), expected);
    }
    const start = this.localTime(fields.get("start"), entry);
    const list = fields.get("participants")?.value;
    if (list === undefined || list.kind === "empty") {
      const expected = said.expects({ ko: "'참여자: [이름, 이름]'", en: "'participants: [name, name]'" });
      this.say("missing-field", entry.at, entry.key, said.noParticipants({ name: entry.key }), expected);
    }
    const participants =
      list?.kind === "list"
        ? list.items.map((item) => this.#persons(item, entry.key))
        : this.#persons(list, entry.key).map((one) => [one]);
    if (!isZone || turn === undefined || start === undefined) return [];
    const id = asId<"rotation">(entry.key);
    const rotation: DeclaredItem = {
      kind: "rotation",
      id,
      data: { id, name: entry.key, zone, participants, turn, start },
    };
    return [rotation, ...this.#overrides(fields.get("overrides"), id, zone)];
  }

  #overrides(entry: Entry | undefined, rotation: Rotation["id"], zone: string): readonly DeclaredItem[] {
    if (entry === undefined || entry.value.kind === "empty") return [];
    if (entry.value.kind !== "list") {
      this.shape(entry.value, entry.key, { ko: "'- '로 시작하는 목록", en: "a list of '- ' items" });
      return [];
    }
    const ids = new Map<string, number>();
    return entry.value.items.flatMap((item): DeclaredItem[] => {
      const fields = this.fields(item, entry.key, ["person", "from", "to"]);
      const [person] = this.#persons(fields.get("person")?.value, entry.key);
      const from = this.localTime(fields.get("from"), entry);
      const to = this.localTime(fields.get("to"), entry);
      if (person === undefined || from === undefined || to === undefined) return [];
      const instant = (local: string): number =>
        Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds;
      // Named by what it says, so that its place in the file does not matter.
      const name = `${rotation}/${from}/${person}`;
      const times = (ids.get(name) ?? 0) + 1;
      ids.set(name, times);
      const id = asId<"override">(times === 1 ? name : `${name}/${times}`);
      if (instant(to) <= instant(from)) {
        const expected = said.expects({ ko: "시작보다 늦은 끝", en: "an end after the beginning" });
        this.say("bad-interval", item, to, said.badTime({ text: `${from} – ${to}` }), expected);
        return [];
      }
      return [{ kind: "override", id, data: { id, rotation, person, start: instant(from), end: instant(to) } }];
    });
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

/** `1주`, `2 weeks`, `12시간`. */
function readTurn(text: string): Rotation["turn"] | undefined {
  const found = /^\s*(\d+)\s*(시간|일|주|hours?|days?|weeks?)\s*$/iu.exec(text.normalize("NFC"));
  const count = Number(found?.[1]);
  if (found === null || count < 1 || count > 1_000) return undefined;
  const unit = /^(시간|hour)/iu.test(found[2] ?? "") ? "hours" : /^(일|day)/iu.test(found[2] ?? "") ? "days" : "weeks";
  return { unit, count };
}

function zoneIsKnown(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
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

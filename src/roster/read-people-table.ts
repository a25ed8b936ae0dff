import Papa from "papaparse";
import { peopleTableSaid as said } from "../locale/people-table.ts";
import type { Locale, Said } from "../locale/said.ts";
import { e164, phoneTrouble } from "./phone.ts";
import type { Contact } from "./roster.ts";
import { nameKey } from "./same-name.ts";

/** A row as it was read. `error` problems keep it from being applied. */
export type PersonRow = {
  /** 1-based, in what was pasted. */
  readonly line: number;
  readonly id?: string;
  readonly name: string;
  readonly team?: string;
  readonly role?: string;
  readonly group?: string;
  readonly titles: readonly string[];
  readonly contacts: readonly Contact[];
  readonly locale?: Locale;
  readonly admin?: boolean;
  readonly problems: readonly RowProblem[];
};
export type RowProblem = { readonly level: "error" | "warning"; readonly message: Said };
export type PeopleTable = {
  readonly rows: readonly PersonRow[];
  /** What concerns the table as a whole: a column that nobody knows. */
  readonly problems: readonly RowProblem[];
};

const COLUMNS = {
  name: ["이름", "성명", "담당자", "name", "full name"],
  id: ["아이디", "id"],
  team: ["팀", "team"],
  role: ["역할", "role"],
  group: ["그룹", "부서", "group", "department"],
  title: ["직함", "직책", "title", "job title"],
  phone: ["전화", "전화번호", "휴대폰", "휴대전화", "연락처", "phone", "mobile", "tel"],
  sms: ["문자", "sms"],
  email: ["메일", "이메일", "전자우편", "email", "e-mail", "mail"],
  slack: ["슬랙", "slack", "slack id"],
  locale: ["언어", "language", "locale"],
  admin: ["관리자", "admin"],
} as const satisfies Record<string, readonly string[]>;
type Column = keyof typeof COLUMNS;

const YES = new Set(["예", "네", "o", "y", "yes", "true", "1", "관리자", "admin"]);
const ENGLISH = new Set(["en", "english", "영어"]);

/** Reads people as a spreadsheet gives them: commas, tabs or semicolons, with a header or without. Never throws. */
export function readPeopleTable(text: string): PeopleTable {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/u, ""), {
    delimitersToGuess: [",", "\t", ";"],
    skipEmptyLines: false,
  });
  const lines = data
    .map((cells, index) => ({ line: index + 1, cells: cells.map((cell) => cell.normalize("NFC").trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ""));
  const [first] = lines;
  if (first === undefined) return { rows: [], problems: [] };
  const header = headerOf(first.cells);
  if (header === undefined) return { rows: lines.map(({ line, cells }) => rowOf(line, byShape(cells))), problems: [] };
  const problems = first.cells
    .filter((cell, place) => cell !== "" && header[place] === undefined)
    .map((column): RowProblem => ({ level: "warning", message: said.unknownColumn({ column }) }));
  const rows = lines.slice(1).map(({ line, cells }) => {
    const found: Partial<Record<Column, string>> = {};
    header.forEach((column, place) => {
      const cell = cells[place] ?? "";
      if (column !== undefined && cell !== "") found[column] ??= cell;
    });
    return rowOf(line, found);
  });
  return { rows, problems };
}

/** The columns by place, where the first line names them. */
function headerOf(cells: readonly string[]): readonly (Column | undefined)[] | undefined {
  const columns = cells.map((cell) =>
    (Object.keys(COLUMNS) as Column[]).find((column) =>
      COLUMNS[column].some((word) => nameKey(word) === nameKey(cell)),
    ),
  );
  return columns.includes("name") ? columns : undefined;
}

/** Without a header a cell is what it looks like; the words are name, team and title, in this order. */
function byShape(cells: readonly string[]): Partial<Record<Column, string>> {
  const found: Partial<Record<Column, string>> = {};
  const words: Column[] = ["name", "team", "title", "role"];
  for (const cell of cells) {
    if (cell === "") {
      // An empty cell among the words holds their place.
      if (found.name !== undefined) words.shift();
      continue;
    }
    const column = shapeOf(cell) ?? (found.name === undefined ? "name" : words.find((word) => word !== "name"));
    if (column === undefined) continue;
    if (words.includes(column)) words.splice(words.indexOf(column), 1);
    found[column] ??= cell;
  }
  return found;
}

function shapeOf(cell: string): Column | undefined {
  if (cell.includes("@")) return "email";
  if (/^[+\d][\d\s().-]{2,}$/u.test(cell)) return "phone";
  return /^[UW][A-Z0-9]{7,}$/u.test(cell) ? "slack" : undefined;
}

function rowOf(line: number, cells: Partial<Record<Column, string>>): PersonRow {
  const problems: RowProblem[] = [];
  const contacts: Contact[] = [];
  if (cells.email !== undefined) {
    if (/^[^\s@<>,;]+@[^\s@<>,;]+$/u.test(cells.email)) contacts.push({ channel: "email", address: cells.email });
    else problems.push({ level: "error", message: said.badEmail({ text: cells.email }) });
  }
  if (cells.slack !== undefined) {
    contacts.push({ channel: "slack", address: cells.slack });
    if (!/^[UW][A-Z0-9]{2,}$/u.test(cells.slack))
      problems.push({ level: "warning", message: said.notASlackId({ text: cells.slack }) });
  }
  for (const channel of ["phone", "sms"] as const) {
    const text = cells[channel];
    if (text === undefined) continue;
    const number = e164(text);
    const trouble = phoneTrouble(text);
    if (trouble !== undefined)
      problems.push({ level: trouble === "old-mobile" ? "warning" : "error", message: said.phone[trouble]({ text }) });
    if (number !== undefined) contacts.push({ channel, address: number });
  }
  if (cells.name === undefined) problems.push({ level: "error", message: said.noName() });
  else if (contacts.length === 0 && problems.length === 0)
    problems.push({ level: "warning", message: said.noContact({ name: cells.name }) });
  const { id, team, role, group } = cells;
  return {
    line,
    name: cells.name ?? "",
    ...(id === undefined ? {} : { id }),
    ...(team === undefined ? {} : { team }),
    ...(role === undefined ? {} : { role }),
    ...(group === undefined ? {} : { group }),
    titles: (cells.title ?? "")
      .split(/[/;]/u)
      .map((title) => title.trim())
      .filter((title) => title !== ""),
    contacts,
    ...(cells.locale === undefined ? {} : { locale: ENGLISH.has(nameKey(cells.locale)) ? "en" : "ko" }),
    ...(cells.admin === undefined ? {} : { admin: YES.has(nameKey(cells.admin)) }),
    problems,
  };
}

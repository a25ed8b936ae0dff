import type { BlockKind, ChannelKind } from "./policy.ts";

/**
 * The words by which a document names things, Korean and English, matched without case and spacing. The first of each
 * is what a diagnostic proposes.
 */
const BLOCK_WORDS: Readonly<Record<BlockKind, readonly string[]>> = {
  grades: ["장애 등급", "grades", "incident grades", "severity levels", "severities"],
  teams: ["대응 조직", "teams", "response teams", "organization", "organisation"],
  monitoring: ["모니터링 항목", "monitoring", "monitored items"],
  notifications: ["알림 규칙", "notifications", "notification rules", "alert rules"],
  "initial-response": ["초기 대응", "initial response"],
  resolution: ["해결 절차", "resolution", "resolution procedure"],
  report: ["보고서 작성", "report", "incident report"],
  improvement: ["개선 활동", "improvement", "improvements", "improvement activities"],
  glossary: ["용어 설명", "glossary"],
  escalation: ["에스컬레이션", "escalation"],
  thresholds: ["임계치", "thresholds"],
  services: ["서비스", "services"],
  "legal-clocks": ["법정 신고", "legal clocks", "legal reporting"],
};

/** The keys inside a block. */
const FIELD_WORDS = {
  criteria: ["정의", "criteria", "definition"],
  deadline: ["대응시간", "respond within", "response time", "deadline"],
  owner: ["담당", "owner", "owned by"],
  duties: ["역할", "duties", "roles", "responsibilities"],
  staffing: ["구성", "staffing", "members", "composition"],
  channels: ["채널", "channels", "via"],
  recipients: ["대상", "recipients", "to"],
  respondBy: ["확인 기한", "acknowledge within", "ack within"],
  repeat: ["재호출 간격", "repeat every", "page again every"],
  reminders: ["재알림 시점", "remind at", "reminders"],
  level: ["단계 간격", "next level every", "level every"],
  stalled: ["방치 기준", "stalled after"],
  watchHarder: ["강화 감시", "watch harder", "watch harder for"],
  storm: ["폭주 기준", "storm after"],
  reopen: ["재개 기준", "reopen within"],
  match: ["조건", "match", "labels"],
  grade: ["등급", "grade"],
  dependsOn: ["의존", "depends on"],
  within: ["기한", "within"],
  reportTo: ["보고처", "report to"],
} as const satisfies Record<string, readonly string[]>;

export type FieldName = keyof typeof FIELD_WORDS;

const CHANNEL_WORDS: Readonly<Record<Exclude<ChannelKind, "loopback">, readonly string[]>> = {
  phone: ["전화", "phone", "call", "voice"],
  sms: ["SMS", "문자", "text message"],
  slack: ["Slack", "슬랙"],
  email: ["Email", "이메일", "메일", "e-mail", "mail"],
  webhook: ["Webhook", "웹훅"],
  console: ["Console", "콘솔"],
  push: ["Push", "푸시", "앱 푸시"],
};

/** Composed Hangul, no case, no spacing: how two names are compared. */
export function wordKey(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\s_-]+/gu, "")
    .toLowerCase();
}

const blocks = lookup(BLOCK_WORDS);
const fields = lookup(FIELD_WORDS);
const channelKinds = lookup(CHANNEL_WORDS);

export function blockNamed(text: string): BlockKind | undefined {
  return blocks.get(wordKey(text));
}

export function fieldNamed(text: string): FieldName | undefined {
  return fields.get(wordKey(text));
}

export function channelNamed(text: string): Exclude<ChannelKind, "loopback"> | undefined {
  return channelKinds.get(wordKey(text));
}

export function wordsOfBlock(kind: BlockKind): readonly string[] {
  return BLOCK_WORDS[kind];
}

export function wordsOfField(name: FieldName): readonly string[] {
  return FIELD_WORDS[name];
}

export const allBlockWords: readonly string[] = Object.values(BLOCK_WORDS).flat();
export const allChannelWords: readonly string[] = Object.values(CHANNEL_WORDS).flat();

/** The word that was probably meant: at most two letters away, for a word of four or more. */
export function nearest(text: string, words: readonly string[]): string | undefined {
  const key = wordKey(text);
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const word of words) {
    const distance = editDistance(key, wordKey(word));
    if (distance <= Math.min(2, Math.floor(key.length / 2)) && distance < (best?.distance ?? 3))
      best = { word, distance };
  }
  return best?.word;
}

function editDistance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return 3;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

function lookup<K extends string>(words: Readonly<Record<K, readonly string[]>>): ReadonlyMap<string, K> {
  const entries = Object.entries(words) as [K, readonly string[]][];
  return new Map(entries.flatMap(([name, all]) => all.map((word) => [wordKey(word), name] as const)));
}

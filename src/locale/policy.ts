import { withJosa } from "./josa.ts";
import type { Said } from "./said.ts";

/** What the policy reader says of a document. */
export const policySaid = {
  noBlocks: (): Said => ({
    ko: "정책을 읽을 수 있는 YAML 블록이 없습니다.",
    en: "There is no YAML block to read a policy from.",
  }),
  expectsBlocks: (): Said => ({
    ko: "```yaml 으로 시작하는 블록에 '장애 등급', '대응 조직', '알림 규칙'을 적으십시오.",
    en: "write 'grades', 'teams' and 'notifications' in blocks that begin with ```yaml",
  }),
  brokenYaml: (f: { message: string }): Said => ({
    ko: `YAML 문법 오류입니다: ${f.message}`,
    en: `The YAML is broken: ${f.message}`,
  }),
  expectsYaml: (): Said => ({
    ko: "들여쓰기(공백만, 탭 금지)와 콜론을 확인하십시오.",
    en: "check the indentation (spaces, no tabs) and the colons",
  }),
  unknownKey: (f: { key: string }): Said => ({ ko: `모르는 항목입니다: ${f.key}`, en: `Unknown key: ${f.key}` }),
  expectsOneOf: (f: { words: readonly string[]; nearest?: string | undefined }): Said => ({
    ko: `${f.nearest === undefined ? "" : `'${f.nearest}'을(를) 뜻하셨습니까? `}쓸 수 있는 항목: ${f.words.join(", ")}`,
    en: `${f.nearest === undefined ? "" : `did you mean '${f.nearest}'? `}one of: ${f.words.join(", ")}`,
  }),
  missingBlock: (f: { word: string }): Said => ({
    ko: `꼭 필요한 블록이 없습니다: ${f.word}`,
    en: `A block that a policy cannot do without is missing: ${f.word}`,
  }),
  emptyBlock: (f: { word: string }): Said => ({
    ko: `'${f.word}' 블록이 비어 있습니다. 이대로는 아무도 호출할 수 없습니다.`,
    en: `The block '${f.word}' is empty; nobody could be paged by it.`,
  }),
  missingField: (f: { word: string; in: string }): Said => ({
    ko: `'${f.in}'에 '${f.word}' 항목이 없습니다.`,
    en: `'${f.in}' has no '${f.word}'.`,
  }),
  expectsField: (f: { word: string; example: string }): Said => ({
    ko: `예: ${f.word}: ${f.example}`,
    en: `for example ${f.word}: ${f.example}`,
  }),
  expectsMap: (): Said => ({ ko: "'이름: 값' 형식", en: "a mapping, 'name: value'" }),
  expectsList: (): Said => ({ ko: "'- 항목' 목록", en: "a list, '- item'" }),
  expectsText: (): Said => ({ ko: "글자 값 하나", en: "one text value" }),
  wrongShape: (f: { what: string }): Said => ({
    ko: `'${f.what}'의 형식이 다릅니다.`,
    en: `'${f.what}' has another form than expected.`,
  }),
  unreadableDeadline: (f: { text: string }): Said => ({
    ko: `대응시간을 해석할 수 없습니다: ${f.text}`,
    en: `The deadline cannot be read: ${f.text}`,
  }),
  expectsDeadline: (): Said => ({
    ko: "'즉시', '즉시 (24/7)', '30분 이내', '2시간 이내', '1일 이내'",
    en: "'immediate', 'immediate (24/7)', 'within 30 minutes', 'within 2 hours', 'within 1 day'",
  }),
  unreadableDuration: (f: { text: string }): Said => ({
    ko: `시간을 해석할 수 없습니다: ${f.text}`,
    en: `The duration cannot be read: ${f.text}`,
  }),
  expectsDuration: (): Said => ({ ko: "'5분', '30분', '2시간', '1일'", en: "'5 minutes', '30m', '2 hours', '1 day'" }),
  unreadableReminders: (f: { text: string }): Said => ({
    ko: `재알림 시점을 해석할 수 없습니다: ${f.text}`,
    en: `The reminder cannot be read: ${f.text}`,
  }),
  expectsReminders: (): Said => ({
    ko: "대응시간에 대한 비율 목록(예: 50%, 80%)",
    en: "a list of parts of the deadline, such as 50%, 80%",
  }),
  unreadableStorm: (f: { text: string }): Said => ({
    ko: `폭주 기준을 해석할 수 없습니다: ${f.text}`,
    en: `The beginning of a storm cannot be read: ${f.text}`,
  }),
  expectsStorm: (f: { most: number }): Said => ({
    ko: `서비스 수, 1에서 ${f.most}까지 (예: 10)`,
    en: `a number of services from 1 to ${f.most}, such as 10`,
  }),
  unknownTeam: (f: { team: string }): Said => ({
    ko: `'대응 조직'에 정의되지 않은 팀입니다: ${f.team}`,
    en: `This team is not defined among the teams: ${f.team}`,
  }),
  unknownGrade: (f: { grade: string }): Said => ({
    ko: `'장애 등급'에 정의되지 않은 등급입니다: ${f.grade}`,
    en: `This grade is not defined among the grades: ${f.grade}`,
  }),
  unknownChannel: (f: { text: string }): Said => ({
    ko: `모르는 채널입니다: ${f.text}`,
    en: `Unknown channel: ${f.text}`,
  }),
  ruleMissing: (f: { grade: string }): Said => ({
    ko: `등급 '${f.grade}'의 알림 규칙이 없어 아무에게도 알리지 않게 됩니다.`,
    en: `Grade '${f.grade}' has no notification rule: it would tell nobody.`,
  }),
  expectsRule: (f: { grade: string }): Said => ({
    ko: `'알림 규칙' 아래 '${f.grade}'의 채널과 대상`,
    en: `channels and recipients for '${f.grade}' under 'notifications'`,
  }),
  duplicate: (f: { what: string }): Said => ({
    ko: `같은 항목이 두 번 정의되었습니다: ${f.what}`,
    en: `Defined twice: ${f.what}`,
  }),
  expectsOnce: (): Said => ({ ko: "한 번만 정의하십시오.", en: "define it once" }),
  badThreshold: (f: { item: string; text: string; problem: "unreadable" | "unknown-item" | "unit" }): Said => {
    switch (f.problem) {
      case "unreadable":
        return {
          ko: `${f.item}의 임계치 ${withJosa(`'${f.text}'`, "을/를")} 읽을 수 없습니다.`,
          en: `The threshold '${f.text}' of ${f.item} cannot be read.`,
        };
      case "unknown-item":
        return {
          ko: `${withJosa(`'${f.item}'`, "이/가")} 무엇을 재는 항목인지 알 수 없습니다.`,
          en: `Nobody can tell what '${f.item}' measures.`,
        };
      case "unit":
        return {
          ko: `'${f.text}'의 단위가 ${f.item}에 맞지 않습니다.`,
          en: `'${f.text}' is in another unit than ${f.item} is measured in.`,
        };
    }
  },
  expectsThreshold: (f: { problem: "unreadable" | "unknown-item" | "unit" }): Said =>
    f.problem === "unknown-item"
      ? {
          ko: "모니터링 항목에 있는 이름(예: CPU 사용률, API 응답시간, 연결 상태)이나 메트릭 이름",
          en: "an item as under monitoring (CPU usage, API response time, connections) or the name of a metric",
        }
      : {
          ko: "예: '90% 초과 5분', '5분 평균 3초 이상 10분', '중지 1분', '평소와 다름 15분'",
          en: "such as 'above 90% for 5m', '5m average above 3s for 10m', 'down for 1m', 'different from usual for 15m'",
        },
  notRunYet: (f: { block: string }): Said => ({
    ko: `'${f.block}' 블록은 읽었지만 이 버전은 아직 실행하지 않습니다.`,
    en: `The block '${f.block}' was read, but this version does not execute it yet.`,
  }),
  keptForLater: (): Said => ({ ko: "그대로 두어도 됩니다.", en: "it may stay as it is" }),
  unreadableStaffing: (f: { text: string }): Said => ({
    ko: `구성 인원으로 읽을 수 없어 설명으로만 둡니다: ${f.text}`,
    en: `Not readable as a head count; kept as a description: ${f.text}`,
  }),
  expectsStaffing: (): Said => ({ ko: "'운영자 2명' 또는 '24/7 교대 근무'", en: "'2 operators' or '24/7 shift'" }),
  /** The heading under which answers to the findings are written into a document that has no place for them yet. */
  addedSection: (): Said => ({ ko: "문서가 비워 두었던 기준", en: "What the document had left open" }),
} as const;

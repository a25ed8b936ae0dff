import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type Happened,
  happened,
  incidentOf,
  minute,
  opened,
  POLICY_TEXT,
  person,
  policyFrom,
  recordedOf,
} from "../../test/fixtures/core.ts";
import { asId } from "../id/id.ts";
import type { IncidentEvent } from "../incident/event.ts";
import type { Mark } from "../monitor/mark.ts";
import type { Alert } from "../triage/alert.ts";
import { draftReport, type ReportFacts } from "./draft-report.ts";
import { fieldMeaning } from "./field-meaning.ts";
import type { ReportField } from "./report.ts";
import { writeMarkdown } from "./write-markdown.ts";

const erin = person("erin");
const TEMPLATE = `${POLICY_TEXT}보고서 작성:
  기본 정보: [발생 일시, 장애 등급, 영향 범위]
  상세 내용: [장애 현상, 원인 분석, 조치 내용, 재발 방지 대책]
  후속 조치: [시스템 개선 계획, 모니터링 강화, 운영 프로세스 개선]
`;

function alert(title: string, startsAt: number, more: Partial<Alert> = {}): Alert {
  return {
    id: asId(title),
    source: "monitor",
    integration: "monitor",
    key: title,
    status: "firing",
    title,
    service: "payment",
    labels: { host: "db-1" },
    annotations: {},
    links: [],
    startsAt: minute(startsAt),
    updatedAt: minute(startsAt),
    count: 1,
    ...more,
  };
}

const found: IncidentEvent = {
  type: "watch-found",
  alert: { alert: asId("a9"), title: "db-1 CPU 사용률 72% (70% 이상) [모니터링 강화]" },
  value: "0.72",
  line: "70% 이상",
};
const WHOLE: readonly Happened[] = [
  opened("Major"),
  happened(12, { type: "acknowledged" }, erin),
  happened(20, { type: "noted", text: "인덱스를 다시 만들었습니다" }, erin),
  happened(30, { type: "resolved", because: "by-person" }, erin),
  happened(31, { type: "watch-began", until: minute(151), series: 2 }),
  happened(60, found),
  happened(151, { type: "watch-ended", found: 1 }),
];

function drafted(history: readonly Happened[], more: Partial<ReportFacts> = {}, text = TEMPLATE) {
  const report = draftReport({
    incident: incidentOf(...history),
    events: recordedOf(history),
    alerts: [],
    marks: [],
    policy: policyFrom(text),
    nameOf: (id) => id,
    timeOf: (at) => `+${(at - minute(0)) / 60_000}`,
    ...more,
  });
  const field = (title: string): ReportField => {
    const one = report.flatMap(({ fields }) => fields).find((each) => each.title.ko === title);
    assert.ok(one, title);
    return one;
  };
  return { report, field, told: (title: string) => field(title).lines.map(({ text: { ko } }) => ko) };
}

describe("the draft of a report", () => {
  test("has the sections and fields of the document in its order, each with its line", () => {
    const { report } = drafted(WHOLE);
    assert.deepEqual(
      report.map(({ title, fields }) => [title.ko, fields.length]),
      [
        ["기본 정보", 3],
        ["상세 내용", 4],
        ["후속 조치", 3],
      ],
    );
    assert.ok(report.every(({ fields }) => fields.every(({ clause }) => clause !== undefined)));
  });

  test("where the document has none it has our own, in both languages", () => {
    const { report } = drafted(WHOLE, {}, POLICY_TEXT);
    assert.deepEqual(
      report.flatMap(({ fields }) => fields.map(({ title }) => title.en)),
      [
        "When it occurred",
        "Grade",
        "Impact",
        "What was seen",
        "Cause",
        "What was done",
        "Countermeasures",
        "Watching harder",
      ],
    );
  });

  test("what was done and what watching harder found are in it, even where the document does not ask for them", () => {
    const { report } = drafted(WHOLE, {}, `${POLICY_TEXT}보고서 작성:\n  기본: [발생 일시, 원인]\n`);
    assert.deepEqual(
      report.map(({ title, fields }) => [title.ko, ...fields.map((field) => field.title.ko)]),
      [
        ["기본", "발생 일시", "원인"],
        ["그 밖의 기록", "조치 내용", "모니터링 강화"],
      ],
    );
  });

  test("tells when it began, was taken and was over, counted from the first alert", () => {
    const { told } = drafted(WHOLE, { alerts: [alert("CPU", -6)] });
    assert.deepEqual(told("발생 일시"), [
      "첫 경보 발생",
      "장애 접수",
      "erin 확인 (접수 후 12분)",
      "해결 (발생부터 36분)",
    ]);
  });

  test("says that nobody acknowledged, and that it is not over", () => {
    const { told } = drafted([opened("Major")]);
    assert.deepEqual(told("발생 일시"), ["장애 접수", "확인한 사람이 없습니다", "아직 해결되지 않았습니다"]);
  });

  test("what watching harder found is in it, with its value and the tighter line", () => {
    const { field, told } = drafted(WHOLE);
    assert.deepEqual(told("모니터링 강화"), [
      "2시간 동안 메트릭 2개를 더 엄격한 임계치로 감시",
      "발견: db-1 CPU 사용률 72% (70% 이상) [모니터링 강화]",
      "종료, 발견 1건",
    ]);
    assert.equal(field("모니터링 강화").toWrite, undefined);
  });

  test("of series that fell silent meanwhile it does not say that nothing was found in them", () => {
    const { told } = drafted([...WHOLE.slice(0, 5), happened(151, { type: "watch-ended", found: 0, unseen: 2 })]);
    assert.equal(told("모니터링 강화").at(-1), "종료, 발견한 것 없음. 메트릭 2개는 측정값이 끊겨 볼 수 없었음");
  });

  test("where nothing was watched harder it says so, and before the end that it will be", () => {
    assert.match(drafted(WHOLE.slice(0, 4)).told("모니터링 강화").join(), /하지 않았습니다/u);
    assert.match(drafted(WHOLE.slice(0, 2)).told("모니터링 강화").join(), /해결된 뒤/u);
  });

  test("the alerts come in the order in which they began, with what became of them", () => {
    const later = alert("느린 쿼리", 3, { status: "resolved", resolvedAt: minute(25), count: 4 });
    assert.deepEqual(drafted(WHOLE, { alerts: [later, alert("CPU", -6)] }).told("장애 현상"), [
      "CPU (발생 중)",
      "느린 쿼리 (22분 만에 복구, 신호 4건)",
    ]);
  });

  test("a storm's thousand alerts do not fill it: some are told, the others counted", () => {
    const alerts = Array.from({ length: 1_000 }, (_, nth) => alert(`경보 ${nth}`, nth));
    const { told } = drafted(WHOLE, { alerts });
    assert.equal(told("장애 현상").length, 21);
    assert.equal(told("장애 현상").at(-1), "그 밖의 경보 980건");
  });

  test("a cause is never claimed: what was deployed before is a lead, the cause is left to people", () => {
    const mark: Mark = { id: asId("m"), at: minute(-7), title: "payment 2.4.1", kind: "deploy", labels: {}, by: "ci" };
    const { field, told } = drafted(WHOLE, { marks: [mark] });
    assert.deepEqual(told("원인 분석"), ["접수 7분 전의 변경: payment 2.4.1 (deploy, ci)"]);
    assert.match(field("원인 분석").toWrite?.ko ?? "", /근본 원인/u);
  });

  test("what people did and wrote is what was done; what they alone know is marked to be written", () => {
    const { report, told } = drafted(WHOLE);
    assert.deepEqual(told("조치 내용"), [
      "erin: 확인했습니다. 호출을 멈춥니다",
      "erin: 메모: 인덱스를 다시 만들었습니다",
      "erin: 해결했습니다",
    ]);
    assert.deepEqual(
      report.flatMap(({ fields }) => fields.filter(({ toWrite }) => toWrite).map(({ title }) => title.ko)),
      ["영향 범위", "원인 분석", "재발 방지 대책", "시스템 개선 계획", "운영 프로세스 개선"],
    );
  });
});

test("a field is known by its words in both languages", () => {
  const FIELDS = [
    ["발생 일시", "occurred"],
    ["장애등급", "grade"],
    ["조치 내용", "actions"],
    ["장애 내용", "phenomena"],
    ["재발방지 대책", "prevention"],
    ["Root cause", "cause"],
    ["Impact", "scope"],
    ["결재", undefined],
  ] as const;
  for (const [title, meaning] of FIELDS) assert.equal(fieldMeaning(title), meaning, title);
});

test("what came from outside is text in the document, whatever it contains", () => {
  const evil = "<img src=x> [a](javascript:b)\n# 제목 `x` | y";
  const { report } = drafted(WHOLE, { alerts: [alert(evil, -1)] });
  const text = writeMarkdown(report, {
    number: 1,
    title: evil,
    at: minute(200),
    locale: "ko",
    timeOf: String,
    clauseOf: () => undefined,
  });
  assert.match(text, /^# 장애 보고서 초안: INC-1 \\<img src=x\\> \\\[a\\\]\(javascript:b\) \\# 제목 \\`x\\` \\\| y$/mu);
  assert.equal(text.match(/^#/gmu)?.length, 1 + 3 + 10);
});

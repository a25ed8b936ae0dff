/** What silences and maintenance windows share: matchers, and what a mute would hold back. */
const ko = {
  matchers: "조건 (모두 맞아야 합니다)",
  label: "레이블",
  operator: "비교",
  value: "값",
  operators: { "=": "같음", "!=": "다름", "=~": "정규식 일치", "!~": "정규식 불일치" } as Record<string, string>,
  addMatcher: "조건 추가",
  removeMatcher: (name: string) => `조건 ‘${name}’ 삭제`,
  addLabel: (text: string) => `${text} 추가`,
  addThese: "이 경보의 다른 레이블",
  preview: "미리보기",
  previewNow: (count: number) => `지금 경보 ${count}건에 해당합니다.`,
  previewNone: "지금 해당하는 경보는 없습니다.",
  previewWeek: (count: number, isMore: boolean) =>
    `지난 7일 동안 경보 ${count}건${isMore ? " 이상" : ""}이 해당했습니다.`,
  incidents: "이 경보만으로 열려 있는 장애",
  incidentsHint: "무음이나 점검은 이미 열린 장애를 끝내지 않습니다. 호출을 멈추려면 확인하거나 해결하십시오.",
  moreAlerts: (count: number) => `그 밖에 ${count}건`,
  unfinished: "조건을 채우면 무엇을 막는지 보여 줍니다.",
  confirm: "의도한 것입니다",
};
const en: typeof ko = {
  matchers: "Matchers (every one has to match)",
  label: "Label",
  operator: "Comparison",
  value: "Value",
  operators: { "=": "equals", "!=": "is not", "=~": "matches the pattern", "!~": "does not match the pattern" },
  addMatcher: "Add a matcher",
  removeMatcher: (name) => `Remove the matcher “${name}”`,
  addLabel: (text) => `Add ${text}`,
  addThese: "Other labels of this alert",
  preview: "Preview",
  previewNow: (count) => (count === 1 ? "It fits 1 alert now." : `It fits ${count} alerts now.`),
  previewNone: "It fits no alert now.",
  previewWeek: (count, isMore) =>
    `In the last seven days it would have held back ${count}${isMore ? " or more" : ""} ${count === 1 ? "alert" : "alerts"}.`,
  incidents: "Incidents that only these alerts hold open",
  incidentsHint: "A mute does not end an incident that is open. To stop its pages, acknowledge or resolve it.",
  moreAlerts: (count) => `and ${count} more`,
  unfinished: "Once there is a condition, this shows what it holds back.",
  confirm: "This is meant",
};
export const words = { ko, en };

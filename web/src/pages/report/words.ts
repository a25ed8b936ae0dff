/** The draft of the incident report. */
const ko = {
  title: (number: string | number) => `장애 보고서 초안 INC-${number}`,
  lead: "기록으로 알 수 있는 것은 채워져 있습니다. ‘작성 필요’는 담당자가 적을 곳입니다.",
  back: "장애로 돌아가기",
  copy: "Markdown 복사",
  copied: "복사했습니다. 문서 도구에 붙여 넣어 이어서 쓰십시오.",
  download: "Markdown 내려받기",
  print: "인쇄",
  toWrite: "작성 필요",
  clause: (line: number) => `정책 ${line}행`,
  asOf: "기록 기준",
};

const en: typeof ko = {
  title: (number) => `Incident report, draft INC-${number}`,
  lead: "What the record knows is filled in. “To be written” is for people.",
  back: "Back to the incident",
  copy: "Copy Markdown",
  copied: "Copied. Paste it where you write your documents and go on.",
  download: "Download Markdown",
  print: "Print",
  toWrite: "To be written",
  clause: (line) => `policy line ${line}`,
  asOf: "As of",
};

export const words = { ko, en };

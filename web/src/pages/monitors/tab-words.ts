/** The names of what monitoring consists of, on each of its pages. */
const ko = {
  label: "모니터링의 화면",
  monitors: "모니터",
  coverage: "정책 항목",
  hosts: "호스트",
  targets: "수집 대상",
  heartbeats: "하트비트",
};

const en: typeof ko = {
  label: "Parts of monitoring",
  monitors: "Monitors",
  coverage: "Policy items",
  hosts: "Hosts",
  targets: "Targets",
  heartbeats: "Heartbeats",
};

export const tabWords = { ko, en };

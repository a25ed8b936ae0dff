/** The names of the schedule's parts, on each of their pages. */
const ko = {
  label: "당번표의 화면",
  calendar: "달력",
  rotations: "교대",
  rota: "편성",
  load: "근무 부담",
  reach: "연락 점검",
  proof: "도달 증명",
};

const en: typeof ko = {
  label: "Parts of the schedule",
  calendar: "Calendar",
  rotations: "Rotations",
  rota: "Rota planner",
  load: "Load",
  reach: "Readiness",
  proof: "Proof of reach",
};

export const tabWords = { ko, en };

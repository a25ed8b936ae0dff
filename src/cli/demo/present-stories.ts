import { acknowledge, clear, fire, handOver, note, present, type Story, snooze, tick } from "./story.ts";

/** What goes on when the demo begins: one incident in each state that an incident can be in. */
export const PRESENT_STORIES: readonly Story[] = [
  // Overdue: nobody has taken it within the four hours of its grade.
  present(4 * 60 + 25, "notificationQueue", 1),
  // Acknowledged and put off.
  present(
    3 * 60 + 5,
    "settlementLate",
    1,
    acknowledge(14, "duty", "slack"),
    note(22, "duty", "배치가 진행 중입니다. 05:30쯤 끝날 것으로 보입니다."),
    snooze(150, "duty", 85),
  ),
  // Over already.
  present(
    2 * 60 + 10,
    "searchIndexOld",
    1,
    acknowledge(16, "duty"),
    note(31, "duty", "색인 작업을 다시 실행했습니다."),
    clear(97),
  ),
  // Acknowledged, with progress.
  present(
    52,
    "databaseLag",
    2,
    acknowledge(3, "duty", "slack"),
    note(6, "duty", "복제본 db-2 에서 대량 갱신이 밀려 있습니다. 영향: 주문 내역 조회가 오래된 값을 보여 줍니다."),
    tick(7, "duty", 3),
    note(21, "han", "주문 내역 조회를 주 서버로 돌렸습니다. 고객에게 보이는 영향은 없습니다."),
    tick(23, "duty", 2),
    fire(30, 3),
    note(44, "duty", "지연이 412초에서 160초로 줄었습니다. 계속 지켜봅니다."),
  ),
  // Handed over and not yet taken.
  present(
    34,
    "networkLoss",
    2,
    acknowledge(5, "duty"),
    note(12, "duty", "서버실 B 의 상단 스위치가 의심됩니다."),
    tick(13, "duty", 2),
    handOver(32, "duty", "oh"),
  ),
  // A quiet one that waits for somebody.
  present(26, "backofficeErrors", 1),
  // Ringing: the next step is minutes away.
  present(3, "paymentErrors", 3, fire(1, 5)),
];

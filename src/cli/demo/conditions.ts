/** What can break in the played company, as its sources tell it. */
export type Condition = {
  readonly source: "prometheus" | "signals" | "pagerduty";
  readonly labels: Readonly<Record<string, string>>;
  /** Further instances get a number: `db-1`, `db-2`. */
  readonly instance: string;
  readonly severity: string;
  readonly title: string;
  readonly description: string;
};

export const CONDITIONS = {
  paymentErrors: {
    source: "prometheus",
    labels: { alertname: "PaymentErrorRateHigh", service: "payment", area: "애플리케이션" },
    instance: "payment-api",
    severity: "critical",
    title: "결제 승인 API 5xx 비율 32%",
    description: "최근 5분 동안 결제 승인 요청의 32%가 실패했습니다. 임계치는 5%입니다.",
  },
  paymentSlow: {
    source: "prometheus",
    labels: { alertname: "PaymentLatencyHigh", service: "payment", area: "애플리케이션" },
    instance: "payment-api",
    severity: "error",
    title: "결제 승인 API p95 응답시간 4.8초",
    description: "p95 응답시간이 10분째 2초를 넘습니다.",
  },
  orderErrors: {
    source: "prometheus",
    labels: { alertname: "OrderErrorRateHigh", service: "order", area: "애플리케이션" },
    instance: "order-api",
    severity: "error",
    title: "주문 생성 실패율 11%",
    description: "주문 생성 API의 실패율이 임계치 3%를 넘었습니다.",
  },
  authDown: {
    source: "prometheus",
    labels: { alertname: "AuthDown", service: "auth", area: "애플리케이션" },
    instance: "auth-api",
    severity: "critical",
    title: "회원 인증 서버 응답 없음",
    description: "상태 확인이 3회 연속 실패했습니다. 새로 로그인하는 고객이 서비스를 쓸 수 없습니다.",
  },
  searchSlow: {
    source: "prometheus",
    labels: { alertname: "SearchLatencyHigh", service: "search", area: "애플리케이션" },
    instance: "search-api",
    severity: "error",
    title: "상품 검색 p95 응답시간 6.2초",
    description: "색인 노드의 GC 시간이 늘어났습니다.",
  },
  searchIndexOld: {
    source: "signals",
    labels: { service: "search" },
    instance: "search-indexer",
    severity: "warning",
    title: "상품 검색 색인이 90분째 갱신되지 않음",
    description: "마지막으로 성공한 색인 작업이 90분 전입니다.",
  },
  databaseLag: {
    source: "prometheus",
    labels: { alertname: "MariaDBReplicationLag", job: "mariadb", area: "데이터베이스" },
    instance: "db",
    severity: "error",
    title: "MariaDB 복제 지연 412초",
    description: "복제본이 주 서버보다 412초 늦습니다. 조회 결과가 오래된 값일 수 있습니다.",
  },
  databaseConnections: {
    source: "prometheus",
    labels: { alertname: "MariaDBConnectionsHigh", job: "mariadb", area: "데이터베이스" },
    instance: "db",
    severity: "error",
    title: "MariaDB 연결 수 96% 사용",
    description: "max_connections 500개 가운데 480개를 사용 중입니다.",
  },
  databaseDisk: {
    source: "prometheus",
    labels: { alertname: "DiskFull", job: "mariadb", area: "시스템" },
    instance: "db",
    severity: "warning",
    title: "데이터베이스 서버 디스크 사용률 91%",
    description: "/var/lib/mysql 의 여유 공간이 9%입니다.",
  },
  gpuTimeouts: {
    source: "prometheus",
    labels: { alertname: "InferenceTimeout", service: "recommend", area: "애플리케이션" },
    instance: "gpu",
    severity: "error",
    title: "추천 모델 추론 시간 초과",
    description: "추론 요청이 2초 안에 끝나지 않습니다.",
  },
  gpuHot: {
    source: "prometheus",
    labels: { alertname: "GpuTemperatureHigh", job: "gpu", area: "시스템" },
    instance: "gpu",
    severity: "warning",
    title: "GPU 온도 91℃",
    description: "온도 한계 때문에 클럭이 낮아졌습니다.",
  },
  settlementLate: {
    source: "pagerduty",
    labels: { component: "settlement", group: "batch", class: "delay" },
    instance: "settlement-batch",
    severity: "error",
    title: "정산 배치가 예정 시각에 끝나지 않음",
    description: "04:00까지 끝나야 하는 일일 정산 배치가 아직 63% 진행 중입니다.",
  },
  settlementMismatch: {
    source: "pagerduty",
    labels: { component: "settlement", group: "batch", class: "data" },
    instance: "settlement-batch",
    severity: "warning",
    title: "정산 금액 대사 불일치 3건",
    description: "결제 원장과 정산 원장의 합계가 다릅니다.",
  },
  notificationQueue: {
    source: "signals",
    labels: { service: "notification" },
    instance: "notification-worker",
    severity: "warning",
    title: "알림 발송 대기열 18,400건",
    description: "주문 확인 메시지가 최대 25분 늦게 발송되고 있습니다.",
  },
  backofficeCertificate: {
    source: "signals",
    labels: { service: "backoffice" },
    instance: "admin.example.com",
    severity: "warning",
    title: "관리자 포털 인증서 만료 6일 전",
    description: "admin.example.com 인증서가 6일 뒤에 만료됩니다.",
  },
  backofficeErrors: {
    source: "prometheus",
    labels: { alertname: "BackofficeErrors", service: "backoffice", area: "애플리케이션" },
    instance: "backoffice-web",
    severity: "warning",
    title: "관리자 포털 로그인 오류 증가",
    description: "사내 SSO와의 시각 차이 때문에 로그인의 8%가 실패합니다.",
  },
  networkLoss: {
    source: "prometheus",
    labels: { alertname: "PacketLoss", job: "network", area: "시스템" },
    instance: "core-sw",
    severity: "error",
    title: "코어 스위치 패킷 손실 3.4%",
    description: "서버실 A와 B 사이의 구간에서 손실이 발생합니다.",
  },
  batchFinished: {
    source: "signals",
    labels: { service: "settlement" },
    instance: "settlement-batch",
    severity: "info",
    title: "월간 정산 배치 완료",
    description: "1,204,331건을 처리했습니다.",
  },
} as const satisfies Readonly<Record<string, Condition>>;

export type ConditionName = keyof typeof CONDITIONS;

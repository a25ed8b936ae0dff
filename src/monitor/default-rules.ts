import type { Said } from "../locale/said.ts";
import { MINUTE_MS, type Millis } from "../time/instant.ts";
import type { Baseline, Comparison, Measure } from "./monitor.ts";
import type { QuantityKind } from "./quantity.ts";

/** A line of a default: `rank` is the place of its grade in the document, 0 the most severe. */
export type DefaultLine = {
  readonly rank: number;
  readonly when: Comparison;
  readonly bound: number;
  readonly hold: Millis;
  readonly clear?: number;
};

/** What is watched without anybody having said how, and where its numbers come from. */
export type DefaultRule = {
  readonly id: string;
  readonly quantity?: QuantityKind;
  readonly title: Said;
  readonly metric: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly measure: Measure;
  readonly lines: readonly DefaultLine[];
  readonly baseline?: Omit<Baseline, "grade"> & { readonly rank: number };
  /** The rule that a document's 임계치 for the quantity writes into; the first whose unit fits. */
  readonly principal?: true;
  readonly source: Said;
};

const minutes = (count: number): Millis => count * MINUTE_MS;
const avg = (count: number): Measure => ({ form: "avg", window: minutes(count) });
const last = (count: number): Measure => ({ form: "last", window: minutes(count) });

/** Past `bound` upwards; ends below `clear`. */
function over(rank: number, bound: number, hold: number, clear?: number): DefaultLine {
  return { rank, when: "at-least", bound, hold: minutes(hold), ...(clear === undefined ? {} : { clear }) };
}

function under(rank: number, bound: number, hold: number, clear?: number): DefaultLine {
  return { rank, when: "below", bound, hold: minutes(hold), ...(clear === undefined ? {} : { clear }) };
}

const NODE_MIXIN: Said = {
  ko: "node-exporter 공개 규칙 모음(node-mixin)을 바탕으로 등급별로 나눔",
  en: "after the public rules for node_exporter (node-mixin), divided into grades",
};
const MYSQL_TEMPLATE: Said = {
  ko: "공개된 MySQL 감시 템플릿을 바탕으로 함",
  en: "after public templates for watching MySQL",
};
const DOWN: Said = { ko: "응답하지 않는 것은 정상이 아님", en: "what does not answer is not normal" };
const OURS: Said = { ko: "Bongsu의 판단", en: "Bongsu's own judgement" };
const NVIDIA: Said = {
  ko: "NVIDIA 문서의 오류 분류와 감속 온도",
  en: "NVIDIA's documents on errors and slowdown temperatures",
};

/** Sensible lines for everything that a document may say is watched. Grades by rank: 0 Critical, 1 Major, 2 Minor. */
export const DEFAULT_RULES: readonly DefaultRule[] = [
  // system ------------------------------------------------------------------------------------------------------------
  {
    id: "cpu-high",
    quantity: "cpu-usage",
    title: { ko: "CPU 사용률", en: "CPU use" },
    metric: "host_cpu_used_ratio",
    measure: avg(5),
    lines: [over(1, 0.95, 15, 0.9), over(2, 0.9, 15, 0.85)],
    principal: true,
    source: NODE_MIXIN,
  },
  {
    id: "load-high",
    quantity: "cpu-usage",
    title: { ko: "코어당 부하", en: "load per core" },
    metric: "host_load_per_core",
    measure: avg(5),
    lines: [over(2, 2, 15, 1.5)],
    source: NODE_MIXIN,
  },
  {
    id: "memory-high",
    quantity: "memory-usage",
    title: { ko: "메모리 사용률", en: "memory use" },
    metric: "host_memory_used_ratio",
    measure: avg(5),
    lines: [over(1, 0.95, 5, 0.92), over(2, 0.9, 15, 0.87)],
    principal: true,
    source: NODE_MIXIN,
  },
  {
    id: "memory-pressure",
    quantity: "memory-usage",
    title: { ko: "메모리 부족 대기", en: "waiting for memory" },
    metric: "host_pressure_ratio",
    labels: { resource: "memory" },
    measure: avg(5),
    lines: [over(1, 0.3, 5, 0.2), over(2, 0.1, 10, 0.05)],
    source: OURS,
  },
  {
    id: "memory-killed",
    quantity: "memory-usage",
    title: { ko: "메모리 부족 강제 종료", en: "processes killed for lack of memory" },
    metric: "host_oom_kills_total",
    measure: { form: "increase", window: minutes(10) },
    lines: [over(1, 1, 0)],
    source: OURS,
  },
  {
    id: "disk-full",
    quantity: "disk-usage",
    title: { ko: "디스크 사용률", en: "disk use" },
    metric: "host_disk_used_ratio",
    measure: last(5),
    lines: [over(0, 0.98, 5, 0.97), over(1, 0.95, 5, 0.94), over(2, 0.85, 10, 0.83)],
    principal: true,
    source: NODE_MIXIN,
  },
  {
    id: "inodes-full",
    quantity: "disk-usage",
    title: { ko: "inode 사용률", en: "inode use" },
    metric: "host_inodes_used_ratio",
    measure: last(5),
    lines: [over(1, 0.97, 5, 0.96), over(2, 0.95, 10, 0.93)],
    source: NODE_MIXIN,
  },
  {
    id: "disk-read-only",
    quantity: "disk-usage",
    title: { ko: "파일 시스템 읽기 전용 전환", en: "file system turned read-only" },
    metric: "host_disk_read_only",
    measure: last(5),
    lines: [over(1, 1, 1)],
    source: OURS,
  },
  {
    id: "open-files",
    quantity: "process-state",
    title: { ko: "열린 파일 한도 사용률", en: "open files against the limit" },
    metric: "host_open_files_used_ratio",
    measure: last(5),
    lines: [over(1, 0.95, 5, 0.9), over(2, 0.8, 10, 0.75)],
    source: NODE_MIXIN,
  },
  {
    id: "gpu-lost",
    quantity: "gpu-state",
    title: { ko: "GPU 인식", en: "GPU present" },
    metric: "gpu_up",
    measure: last(3),
    lines: [under(1, 1, 1)],
    principal: true,
    source: NVIDIA,
  },
  {
    id: "gpu-ecc",
    quantity: "gpu-state",
    title: { ko: "GPU 정정 불가 ECC 오류", en: "uncorrected ECC errors of a GPU" },
    metric: "gpu_ecc_uncorrected_errors_total",
    measure: { form: "increase", window: minutes(30) },
    lines: [over(1, 1, 0)],
    source: NVIDIA,
  },
  {
    id: "gpu-xid",
    quantity: "gpu-state",
    title: { ko: "GPU XID 오류", en: "XID error of a GPU" },
    metric: "gpu_xid_code",
    measure: { form: "max", window: minutes(10) },
    lines: [over(2, 1, 0)],
    source: NVIDIA,
  },
  {
    id: "gpu-hot",
    quantity: "gpu-state",
    title: { ko: "GPU 온도", en: "GPU temperature" },
    metric: "gpu_temperature_celsius",
    measure: avg(5),
    lines: [over(1, 92, 5, 88), over(2, 87, 10, 84)],
    source: NVIDIA,
  },
  {
    id: "gpu-memory-full",
    quantity: "gpu-usage",
    title: { ko: "GPU 메모리 사용률", en: "GPU memory use" },
    metric: "gpu_memory_used_ratio",
    measure: avg(5),
    lines: [over(2, 0.98, 30, 0.95)],
    source: OURS,
  },
  {
    id: "gpu-busy",
    quantity: "gpu-usage",
    title: { ko: "GPU 사용률", en: "GPU use" },
    metric: "gpu_used_ratio",
    measure: avg(15),
    lines: [over(2, 0.98, 60, 0.95)],
    principal: true,
    source: OURS,
  },
  {
    id: "gpu-throttled",
    quantity: "gpu-state",
    title: { ko: "GPU 성능 제한", en: "GPU throttled" },
    metric: "gpu_throttled",
    measure: { form: "min", window: minutes(10) },
    lines: [over(2, 1, 15)],
    source: NVIDIA,
  },
  {
    id: "interface-down",
    quantity: "network-state",
    title: { ko: "네트워크 인터페이스", en: "network interface" },
    metric: "network_interface_up",
    measure: last(3),
    lines: [under(1, 1, 1)],
    principal: true,
    source: DOWN,
  },
  {
    id: "interface-errors",
    quantity: "network-state",
    title: { ko: "인터페이스 오류", en: "interface errors" },
    metric: "network_errors_per_second",
    measure: avg(5),
    lines: [over(2, 1, 15, 0.1)],
    source: NODE_MIXIN,
  },
  {
    id: "check-failed",
    quantity: "network-state",
    title: { ko: "네트워크 점검", en: "network check" },
    metric: "network_check_up",
    measure: last(5),
    lines: [under(1, 1, 1)],
    principal: true,
    source: DOWN,
  },
  {
    id: "packet-loss",
    quantity: "network-state",
    title: { ko: "패킷 손실률", en: "packet loss" },
    metric: "network_loss_ratio",
    measure: avg(5),
    lines: [over(1, 0.2, 5, 0.1), over(2, 0.05, 10, 0.02)],
    source: OURS,
  },
  {
    id: "connection-tracking",
    quantity: "network-state",
    title: { ko: "연결 추적 테이블 사용률", en: "connection tracking table" },
    metric: "network_conntrack_used_ratio",
    measure: last(5),
    lines: [over(1, 0.95, 2, 0.9), over(2, 0.75, 10, 0.7)],
    source: NODE_MIXIN,
  },
  {
    id: "certificate-expiry",
    quantity: "network-state",
    title: { ko: "인증서 남은 기간", en: "time until the certificate expires" },
    metric: "tls_expiry_seconds",
    measure: last(60),
    lines: [under(1, 3 * 86_400, 0), under(2, 14 * 86_400, 0)],
    source: { ko: "자동 갱신은 보통 30일 전에 이루어짐", en: "automatic renewal usually happens 30 days before" },
  },
  {
    id: "process-missing",
    quantity: "process-state",
    title: { ko: "프로세스 수", en: "number of processes" },
    metric: "process_count",
    measure: last(3),
    lines: [under(1, 1, 1)],
    principal: true,
    source: DOWN,
  },
  {
    id: "unit-inactive",
    quantity: "process-state",
    title: { ko: "systemd 유닛 동작", en: "systemd unit active" },
    metric: "unit_active",
    measure: last(3),
    lines: [under(1, 1, 1)],
    principal: true,
    source: DOWN,
  },
  {
    id: "units-failed",
    quantity: "process-state",
    title: { ko: "실패한 systemd 유닛", en: "failed systemd units" },
    metric: "units_failed",
    measure: last(5),
    lines: [over(2, 1, 5)],
    source: NODE_MIXIN,
  },
  {
    id: "zombies",
    quantity: "process-state",
    title: { ko: "좀비 프로세스", en: "zombie processes" },
    metric: "process_zombies",
    measure: avg(10),
    lines: [over(2, 20, 10, 10)],
    source: OURS,
  },
  // application -------------------------------------------------------------------------------------------------------
  {
    id: "response-slow",
    quantity: "response-time",
    title: { ko: "API 응답시간 (95번째 백분위)", en: "API response time (95th percentile)" },
    metric: "app_response_seconds",
    labels: { quantile: "0.95" },
    measure: avg(5),
    lines: [over(1, 3, 5, 2.5), over(2, 1, 10, 0.8)],
    principal: true,
    source: OURS,
  },
  {
    id: "http-slow",
    quantity: "response-time",
    title: { ko: "HTTP 응답시간", en: "HTTP response time" },
    metric: "http_response_seconds",
    measure: avg(5),
    lines: [over(1, 3, 5, 2.5), over(2, 1, 10, 0.8)],
    principal: true,
    source: OURS,
  },
  {
    id: "errors-high",
    quantity: "error-rate",
    title: { ko: "에러율", en: "error rate" },
    metric: "app_error_ratio",
    measure: avg(5),
    lines: [over(0, 0.5, 5, 0.3), over(1, 0.05, 5, 0.03), over(2, 0.01, 10, 0.008)],
    principal: true,
    source: OURS,
  },
  {
    id: "http-down",
    quantity: "error-rate",
    title: { ko: "HTTP 점검", en: "HTTP check" },
    metric: "http_up",
    measure: last(5),
    lines: [under(0, 1, 5), under(1, 1, 1)],
    source: DOWN,
  },
  {
    id: "throughput-unusual",
    quantity: "throughput",
    title: { ko: "처리량", en: "throughput" },
    metric: "app_requests_per_second",
    measure: avg(10),
    lines: [],
    baseline: { rank: 2, weeks: 4, spreads: 4, side: "both", hold: minutes(15) },
    principal: true,
    source: { ko: "지난 4주 같은 시각과 비교", en: "compared with the same hour of the last 4 weeks" },
  },
  {
    id: "sessions-full",
    quantity: "session-state",
    title: { ko: "세션 사용률", en: "sessions against the limit" },
    metric: "app_sessions_used_ratio",
    measure: avg(5),
    lines: [over(1, 0.98, 2, 0.95), over(2, 0.9, 10, 0.85)],
    principal: true,
    source: OURS,
  },
  {
    id: "sessions-unusual",
    quantity: "session-state",
    title: { ko: "세션 수", en: "sessions" },
    metric: "app_sessions",
    measure: avg(10),
    lines: [],
    baseline: { rank: 2, weeks: 4, spreads: 4, side: "both", hold: minutes(15) },
    principal: true,
    source: { ko: "지난 4주 같은 시각과 비교", en: "compared with the same hour of the last 4 weeks" },
  },
  // database ----------------------------------------------------------------------------------------------------------
  {
    id: "database-down",
    quantity: "database-state",
    title: { ko: "데이터베이스 응답", en: "database up" },
    metric: "database_up",
    measure: last(5),
    lines: [under(0, 1, 1)],
    principal: true,
    source: DOWN,
  },
  {
    id: "replication-stopped",
    quantity: "database-state",
    title: { ko: "복제 동작", en: "replication running" },
    metric: "database_replication_running",
    measure: last(5),
    lines: [under(1, 1, 2)],
    source: MYSQL_TEMPLATE,
  },
  {
    id: "replication-lag",
    quantity: "database-state",
    title: { ko: "복제 지연", en: "replication lag" },
    metric: "database_replication_lag_seconds",
    measure: last(5),
    lines: [over(1, 600, 5, 300), over(2, 60, 10, 30)],
    source: MYSQL_TEMPLATE,
  },
  {
    id: "galera-not-ready",
    quantity: "database-state",
    title: { ko: "Galera 노드 준비", en: "Galera node ready" },
    metric: "database_galera_ready",
    measure: last(5),
    lines: [under(1, 1, 1)],
    source: { ko: "wsrep_ready가 OFF이면 질의를 거부함", en: "a node with wsrep_ready OFF refuses queries" },
  },
  {
    id: "galera-no-quorum",
    quantity: "database-state",
    title: { ko: "Galera 쿼럼", en: "Galera quorum" },
    metric: "database_galera_primary",
    measure: last(5),
    lines: [under(0, 1, 1)],
    source: {
      ko: "쿼럼을 잃은 노드는 읽기와 쓰기를 모두 거부함",
      en: "a node without quorum refuses reads and writes",
    },
  },
  {
    id: "galera-not-synced",
    quantity: "database-state",
    title: { ko: "Galera 동기화", en: "Galera synced" },
    metric: "database_galera_synced",
    measure: last(5),
    lines: [under(2, 1, 10)],
    source: {
      ko: "상태 전송이나 백업은 보통 몇 분이면 끝남",
      en: "a state transfer or a backup is usually over in minutes",
    },
  },
  {
    id: "slow-queries",
    quantity: "query-performance",
    title: { ko: "느린 쿼리", en: "slow queries" },
    metric: "database_slow_queries_per_second",
    measure: avg(5),
    lines: [over(1, 30, 5, 20), over(2, 3, 10, 2)],
    principal: true,
    source: MYSQL_TEMPLATE,
  },
  {
    id: "query-long",
    quantity: "query-performance",
    title: { ko: "가장 오래 도는 쿼리", en: "longest running query" },
    metric: "database_longest_query_seconds",
    measure: last(5),
    lines: [over(1, 1_800, 1), over(2, 300, 1)],
    source: OURS,
  },
  {
    id: "transaction-long",
    quantity: "query-performance",
    title: { ko: "가장 오래 열린 트랜잭션", en: "longest open transaction" },
    metric: "database_longest_transaction_seconds",
    measure: last(5),
    lines: [over(2, 3_600, 1)],
    source: {
      ko: "열린 트랜잭션은 잠금과 지난 판의 행을 놓지 않음",
      en: "an open transaction holds on to locks and to old versions of rows",
    },
  },
  {
    id: "query-slow",
    quantity: "query-performance",
    title: { ko: "단순 쿼리 응답시간", en: "time of a trivial query" },
    metric: "database_ping_seconds",
    measure: avg(5),
    lines: [over(1, 1, 5, 0.5), over(2, 0.2, 10, 0.1)],
    principal: true,
    source: OURS,
  },
  {
    id: "lock-waits",
    quantity: "query-performance",
    title: { ko: "잠금 대기", en: "transactions that wait for a lock" },
    metric: "database_lock_waits",
    measure: { form: "min", window: minutes(2) },
    lines: [over(1, 20, 2, 10), over(2, 3, 3, 1)],
    source: OURS,
  },
  {
    id: "deadlocks",
    quantity: "query-performance",
    title: { ko: "교착 상태", en: "deadlocks" },
    metric: "database_deadlocks_per_second",
    measure: avg(10),
    lines: [over(2, 0.1, 10, 0.05)],
    source: OURS,
  },
  {
    id: "connections-full",
    quantity: "database-connections",
    title: { ko: "연결 사용률", en: "connections against the limit" },
    metric: "database_connections_used_ratio",
    measure: avg(2),
    lines: [over(0, 0.99, 2, 0.97), over(1, 0.95, 2, 0.92), over(2, 0.8, 10, 0.75)],
    principal: true,
    source: MYSQL_TEMPLATE,
  },
  {
    id: "connections-refused",
    quantity: "database-connections",
    title: { ko: "연결 실패", en: "refused connections" },
    metric: "database_connections_refused_per_second",
    measure: avg(5),
    lines: [over(2, 1, 5, 0.5)],
    source: MYSQL_TEMPLATE,
  },
  {
    id: "database-disk-full",
    quantity: "database-disk",
    title: { ko: "데이터 디스크 사용률", en: "use of the disk that holds the data" },
    metric: "database_disk_used_ratio",
    measure: last(10),
    lines: [over(0, 0.98, 2, 0.97), over(1, 0.95, 5, 0.94), over(2, 0.85, 10, 0.83)],
    principal: true,
    source: NODE_MIXIN,
  },
  // what measures -------------------------------------------------------------------------------------------------------
  {
    id: "collection-failed",
    title: { ko: "수집 실패", en: "collection failed" },
    metric: "target_up",
    measure: last(10),
    lines: [under(2, 1, 5)],
    source: { ko: "측정하지 못하면 이상을 알 수 없음", en: "what is not measured cannot be seen" },
  },
  {
    id: "agent-lost",
    title: { ko: "에이전트가 버린 측정값", en: "samples that an agent dropped" },
    metric: "agent_lost_samples_total",
    measure: { form: "increase", window: minutes(30) },
    lines: [over(2, 1, 0)],
    source: { ko: "스풀이 넘쳐 측정값이 사라짐", en: "its spool overflowed, and values are gone" },
  },
  {
    id: "clock-ahead",
    title: { ko: "시각 차이", en: "clock difference to the server" },
    metric: "host_clock_skew_seconds",
    measure: last(10),
    lines: [over(2, 30, 5, 10), { rank: 2, when: "at-most", bound: -30, hold: minutes(5), clear: -10 }],
    source: OURS,
  },
];

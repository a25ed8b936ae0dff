import type { Said } from "../locale/said.ts";
import type { Measure } from "../monitor/monitor.ts";

/**
 * A metric's unit is the end of its name, as Prometheus has it: base units, ratios from 0 to 1. `_total` is a counter
 * that only grows until its process starts anew.
 */
export type Unit = "ratio" | "seconds" | "bytes" | "bytes-per-second" | "per-second" | "celsius" | "watts" | "count";

export function unitOf(metric: string): Unit {
  if (metric.endsWith("_ratio")) return "ratio";
  if (metric.endsWith("_bytes_per_second")) return "bytes-per-second";
  if (metric.endsWith("_per_second")) return "per-second";
  if (metric.endsWith("_seconds")) return "seconds";
  if (metric.endsWith("_bytes")) return "bytes";
  if (metric.endsWith("_celsius")) return "celsius";
  if (metric.endsWith("_watts")) return "watts";
  return "count";
}

/** What a measure of it counts in: of a counter that it grows by so much a second. */
export function measuredUnit(metric: string, { form }: Measure): Unit {
  const unit = unitOf(metric);
  if (form !== "rate") return unit;
  return unit === "bytes" ? "bytes-per-second" : unit === "seconds" ? "ratio" : "per-second";
}

/**
 * What Bongsu's own collectors measure, and what they make of known exporters: one name for one thing, wherever it was
 * measured. Any other name may be kept and watched too; it then has no title.
 */
export type KnownMetric = {
  readonly name: string;
  readonly title: Said;
  /** The labels beside those of the target; `host` is always there where the thing is part of a host. */
  readonly labels: readonly string[];
};

const known = (name: string, ko: string, en: string, ...labels: readonly string[]): KnownMetric => ({
  name,
  title: { ko, en },
  labels,
});

export const METRICS: readonly KnownMetric[] = [
  // system: host ------------------------------------------------------------------------------------------------------
  known("host_cpu_used_ratio", "CPU 사용률", "CPU use", "host"),
  known("host_load_per_core", "코어당 부하", "load per core", "host"),
  known("host_memory_used_ratio", "메모리 사용률", "memory use", "host"),
  known("host_memory_available_bytes", "사용 가능 메모리", "available memory", "host"),
  known("host_swap_used_ratio", "스왑 사용률", "swap use", "host"),
  /** Share of the last minute in which some task waited for the resource (Linux PSI): `cpu`, `memory`, `io`. */
  known("host_pressure_ratio", "자원 대기 시간 비율", "time spent waiting for a resource", "host", "resource"),
  known("host_disk_used_ratio", "디스크 사용률", "disk use", "host", "mount"),
  known("host_disk_free_bytes", "디스크 여유 공간", "free disk space", "host", "mount"),
  known("host_inodes_used_ratio", "inode 사용률", "inode use", "host", "mount"),
  known("host_disk_read_bytes_per_second", "디스크 읽기", "disk reads", "host"),
  known("host_disk_write_bytes_per_second", "디스크 쓰기", "disk writes", "host"),
  /** 1 where the file system can no longer be written although it was mounted to be. */
  known("host_disk_read_only", "읽기 전용 전환", "file system turned read-only", "host", "mount"),
  /** Processes that the kernel ended because no memory was left. */
  known("host_oom_kills_total", "메모리 부족으로 강제 종료된 프로세스", "processes killed for lack of memory", "host"),
  known("host_open_files_used_ratio", "열린 파일 한도 사용률", "open files against the limit", "host"),
  known("host_uptime_seconds", "가동 시간", "uptime", "host"),
  known("host_clock_skew_seconds", "시각 차이", "clock difference to the server", "host"),
  // system: processes ---------------------------------------------------------------------------------------------------
  known("process_count", "프로세스 수", "number of processes", "host", "process"),
  /** 1 is one core; more where it uses several. */
  known("process_cpu_ratio", "프로세스 CPU 사용률", "CPU use of a process", "host", "process"),
  known("process_memory_bytes", "프로세스 메모리", "memory of a process", "host", "process"),
  known("process_zombies", "좀비 프로세스 수", "zombie processes", "host"),
  /** 1 active, 0 anything else. */
  known("unit_active", "systemd 유닛 동작", "systemd unit active", "host", "unit"),
  known("units_failed", "실패한 systemd 유닛 수", "failed systemd units", "host"),
  // system: network -------------------------------------------------------------------------------------------------------
  known("network_interface_up", "인터페이스 연결", "interface up", "host", "interface"),
  known("network_receive_bytes_per_second", "수신량", "received", "host", "interface"),
  known("network_transmit_bytes_per_second", "송신량", "sent", "host", "interface"),
  known("network_errors_per_second", "인터페이스 오류", "interface errors", "host", "interface"),
  known("network_drops_per_second", "패킷 버림", "dropped packets", "host", "interface"),
  /** The kernel's table of connections for its firewall: a full one drops new connections. */
  known("network_conntrack_used_ratio", "연결 추적 테이블 사용률", "use of the connection tracking table", "host"),
  /** 1 the target answered as it should, 0 it did not. `check`: ping, tcp, dns, tls. */
  known("network_check_up", "네트워크 점검", "network check", "target", "check"),
  known("network_check_seconds", "네트워크 응답시간", "network response time", "target", "check"),
  known("network_loss_ratio", "패킷 손실률", "packet loss", "target"),
  known("tls_expiry_seconds", "인증서 남은 기간", "time until the certificate expires", "target"),
  // system: GPU -------------------------------------------------------------------------------------------------------------
  /** 1 the driver answers for it; 0 it was there before and is lost, or answers with an error. */
  known("gpu_up", "GPU 인식", "GPU present", "host", "gpu"),
  known("gpu_used_ratio", "GPU 사용률", "GPU use", "host", "gpu"),
  known("gpu_memory_used_ratio", "GPU 메모리 사용률", "GPU memory use", "host", "gpu"),
  known("gpu_temperature_celsius", "GPU 온도", "GPU temperature", "host", "gpu"),
  known("gpu_power_watts", "GPU 전력", "GPU power", "host", "gpu"),
  known("gpu_ecc_uncorrected_errors_total", "GPU 정정 불가 ECC 오류", "uncorrected ECC errors of a GPU", "host", "gpu"),
  known("gpu_ecc_corrected_errors_total", "GPU 정정된 ECC 오류", "corrected ECC errors of a GPU", "host", "gpu"),
  /** The code of the last XID error, 0 for none (DCGM). */
  known("gpu_xid_code", "GPU XID 오류 코드", "XID error code of a GPU", "host", "gpu"),
  /** 1 slowed down by heat or by a failing power supply; that it keeps to its power limit is none. */
  known("gpu_throttled", "GPU 성능 제한", "GPU throttled", "host", "gpu"),
  // application -------------------------------------------------------------------------------------------------------------
  known("http_up", "HTTP 점검", "HTTP check", "target"),
  known("http_response_seconds", "HTTP 응답시간", "HTTP response time", "target"),
  /** `phase`: dns, connect, tls, first-byte, transfer. */
  known("http_phase_seconds", "HTTP 단계별 시간", "time of an HTTP phase", "target", "phase"),
  known("http_status_code", "HTTP 상태 코드", "HTTP status code", "target"),
  known("app_response_seconds", "API 응답시간", "API response time", "target", "quantile"),
  known("app_error_ratio", "에러율", "error rate", "target"),
  known("app_requests_per_second", "처리량", "throughput", "target"),
  known("app_sessions", "세션 수", "sessions", "target"),
  known("app_sessions_used_ratio", "세션 사용률", "sessions against the limit", "target"),
  // database ------------------------------------------------------------------------------------------------------------------
  known("database_up", "데이터베이스 응답", "database up", "target"),
  known("database_ping_seconds", "데이터베이스 응답시간", "time of a trivial query", "target"),
  known("database_uptime_seconds", "데이터베이스 가동 시간", "database uptime", "target"),
  known("database_read_only", "읽기 전용", "read only", "target"),
  known("database_replication_running", "복제 동작", "replication running", "target", "channel"),
  known("database_replication_lag_seconds", "복제 지연", "replication lag", "target", "channel"),
  known("database_galera_ready", "Galera 노드 준비", "Galera node ready", "target"),
  /** 1 the part of the cluster that it sees may decide (the primary component), 0 it was split off. */
  known("database_galera_primary", "Galera 쿼럼", "Galera quorum", "target"),
  /** 1 synced, 0 joining, joined, giving its state to another (donor) or cut off. */
  known("database_galera_synced", "Galera 동기화", "Galera node synced", "target"),
  known("database_galera_cluster_size", "Galera 노드 수", "Galera cluster size", "target"),
  known("database_queries_per_second", "초당 쿼리", "queries per second", "target"),
  known("database_query_seconds", "평균 쿼리 시간", "mean time of a query", "target"),
  known("database_slow_queries_per_second", "느린 쿼리", "slow queries", "target"),
  known("database_longest_query_seconds", "가장 오래 도는 쿼리", "longest running query", "target"),
  known("database_longest_transaction_seconds", "가장 오래 열린 트랜잭션", "longest open transaction", "target"),
  known("database_lock_waits", "잠금 대기", "transactions that wait for a lock", "target"),
  known("database_deadlocks_per_second", "교착 상태", "deadlocks", "target"),
  known("database_connections", "연결 수", "connections", "target"),
  known("database_connections_used_ratio", "연결 사용률", "connections against the limit", "target"),
  known("database_connections_refused_per_second", "연결 실패", "refused connections", "target"),
  known("database_size_bytes", "데이터 크기", "size of the data", "target"),
  known("database_disk_used_ratio", "데이터 디스크 사용률", "use of the disk that holds the data", "target"),
  known("database_disk_free_bytes", "데이터 디스크 여유 공간", "free space for the data", "target"),
  // collecting itself -----------------------------------------------------------------------------------------------------------
  /** 1 the collector could ask, 0 it could not: then its other values are missing, which is not the same as well. */
  known("target_up", "수집", "collection", "target", "collector"),
  known("target_seconds", "수집 시간", "time of a collection", "target", "collector"),
  known("agent_spool_bytes", "에이전트 스풀", "spool of the agent", "host"),
  known("agent_lost_samples_total", "에이전트가 버린 측정값", "samples that the agent lost", "host"),
];

const byName = new Map(METRICS.map((metric) => [metric.name, metric]));

/** A metric's name in words; the name itself where it is not one of ours. */
export function titleOf(metric: string): Said {
  return byName.get(metric)?.title ?? { ko: metric, en: metric };
}

import type { Said } from "../locale/said.ts";

/** The areas of the document's 모니터링 항목; `other` for monitors that serve no line of it. */
export const AREAS = ["system", "application", "database", "other"] as const;
export type Area = (typeof AREAS)[number];

export type QuantityKind =
  | "cpu-usage"
  | "memory-usage"
  | "disk-usage"
  | "gpu-state"
  | "gpu-usage"
  | "network-state"
  | "process-state"
  | "response-time"
  | "error-rate"
  | "throughput"
  | "session-state"
  | "database-state"
  | "query-performance"
  | "database-connections"
  | "database-disk";

/** A quantity that a policy may demand to be watched, and how documents name it. */
export type Quantity = {
  readonly kind: QuantityKind;
  readonly area: Area;
  readonly title: Said;
  /** Compared without spaces and case; the first that fits wins, so the telling ones stand first. */
  readonly patterns: readonly RegExp[];
};

export const QUANTITIES: readonly Quantity[] = [
  quantity("cpu-usage", "system", "CPU 사용률", "CPU use", /^(cpu|씨피유|프로세서)/u),
  quantity("memory-usage", "system", "메모리 사용률", "memory use", /^(메모리|memory|ram)/u),
  quantity("gpu-usage", "system", "GPU 사용률", "GPU use", /^gpu.*(사용|use|usage|utili[sz]ation|load)/u),
  quantity("gpu-state", "system", "GPU 상태", "GPU state", /^gpu/u),
  quantity(
    "database-disk",
    "database",
    "데이터베이스 디스크 공간",
    "database disk space",
    /^(db|데이터베이스|database|mariadb|mysql|테이블스페이스|tablespace).*(디스크|disk|공간|space|용량)/u,
    /^(테이블스페이스|tablespace)/u,
  ),
  quantity(
    "disk-usage",
    "system",
    "디스크 사용률",
    "disk use",
    /^(디스크|disk|파일시스템|filesystem|스토리지|storage)/u,
  ),
  quantity("network-state", "system", "네트워크 상태", "network state", /^(네트워크|network|회선|인터페이스)/u),
  quantity(
    "process-state",
    "system",
    "프로세스 상태",
    "process state",
    /^(프로세스|process|서비스상태|servicestate|데몬|daemon|systemd)/u,
  ),
  quantity(
    "response-time",
    "application",
    "API 응답시간",
    "API response time",
    /(응답시간|응답속도|지연시간|responsetime|latency)/u,
  ),
  quantity("error-rate", "application", "에러율", "error rate", /(에러율|오류율|에러|오류|errorrate|errors)/u),
  quantity("throughput", "application", "처리량", "throughput", /(처리량|throughput|tps|rps|qps|요청수|requests)/u),
  quantity("session-state", "application", "세션 상태", "session state", /(세션|session)/u),
  quantity(
    "query-performance",
    "database",
    "쿼리 성능",
    "query performance",
    /(쿼리|query|queries|슬로우|slow|sql).*/u,
  ),
  quantity("database-connections", "database", "연결 상태", "database connections", /(연결|커넥션|connection)/u),
  quantity(
    "database-state",
    "database",
    "MariaDB 상태",
    "MariaDB state",
    /(mariadb|mysql|데이터베이스|database|^db|복제|replication|galera)/u,
  ),
];

function quantity(kind: QuantityKind, area: Area, ko: string, en: string, ...patterns: readonly RegExp[]): Quantity {
  return { kind, area, title: { ko, en }, patterns };
}

/** The area that a document's heading means. */
export function areaNamed(heading: string): Area {
  const key = keyOf(heading);
  if (/(데이터베이스|database|^db)/u.test(key)) return "database";
  if (/(애플리케이션|어플리케이션|응용|application|^app|서비스|api)/u.test(key)) return "application";
  if (/(시스템|system|인프라|infra|서버|server|host)/u.test(key)) return "system";
  return "other";
}

/**
 * What an item of the document means. Its area decides where the words alone do not: `디스크 공간` under 데이터베이스 is
 * the database's. Undefined: nobody knows, which `check` says.
 */
export function quantityNamed(name: string, area: string): Quantity | undefined {
  const key = keyOf(name);
  const wanted = areaNamed(area);
  const fits = QUANTITIES.filter(({ patterns }) => patterns.some((pattern) => pattern.test(key)));
  const inArea = fits.find((one) => one.area === wanted);
  if (inArea !== undefined) return inArea;
  if (wanted === "database" && fits.some(({ kind }) => kind === "disk-usage")) return ofKind("database-disk");
  return fits[0];
}

export function ofKind(kind: QuantityKind): Quantity {
  const found = QUANTITIES.find((one) => one.kind === kind);
  if (found === undefined) throw new TypeError(`no such quantity: ${kind}`);
  return found;
}

function keyOf(text: string): string {
  return text.normalize("NFC").replace(/\s+/gu, "").toLowerCase();
}

export function areaOf(kind: QuantityKind | undefined): Area {
  return kind === undefined ? "other" : ofKind(kind).area;
}

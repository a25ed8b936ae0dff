import { faultCodes } from "../fault/codes.ts";
import { withJosa } from "../locale/josa.ts";
import type { Locale, Said } from "../locale/said.ts";
import type { Refusal } from "../metric/admit-sample.ts";
import { titleOf } from "../metric/metric.ts";
import type { CollectCode, CollectReason, FactsOf } from "./collect-reason.ts";

type Words = { readonly [C in CollectCode]: (facts: FactsOf<C>) => Said };

const WORDS: Words = {
  "still-collecting": () => ({
    ko: "앞서 시작한 수집이 아직 끝나지 않음",
    en: "the collection before has not ended yet",
  }),
  "took-too-long": (f) => ({ ko: `${f.seconds}초 안에 끝나지 않음`, en: `no answer within ${f.seconds} s` }),
  "settings-refused": (f) => ({
    ko: `설정 오류: ${f.path}의 값이 ${f.got}, 필요한 값은 ${f.expected}`,
    en: `wrong settings: ${f.path} is ${f.got}, expected ${f.expected}`,
  }),
  fault: (f) => faultWords(String(f.fault)),
  "samples-refused": (f) => ({
    ko: `받지 않는 값 ${f.count}개를 버림: ${refusalSaid(f.refusal).ko}`,
    en: `${f.count} samples that are not taken: ${refusalSaid(f.refusal).en}`,
  }),
  unexpected: () => ({ ko: "예상하지 못한 오류", en: "an unexpected error" }),
  "not-known-here": (f) => ({
    ko: `이 서버가 모르는 사유 '${f.told}'(에이전트 버전이 다름)`,
    en: `a reason that this server does not know, '${f.told}' (the agent is of another version)`,
  }),

  "connection-refused": () => ({ ko: "연결이 거부됨", en: "connection refused" }),
  "connection-reset": () => ({ ko: "상대가 연결을 끊음", en: "connection reset" }),
  "no-route": () => ({ ko: "호스트로 가는 경로가 없음", en: "no route to host" }),
  "network-unreachable": () => ({ ko: "네트워크에 닿을 수 없음", en: "network unreachable" }),
  "no-answer": () => ({ ko: "제한 시간 안에 응답이 없음", en: "no answer in time" }),
  "name-not-found": () => ({ ko: "이름을 찾을 수 없음", en: "name not found" }),
  "record-not-found": () => ({ ko: "이름에 해당 종류의 레코드가 없음", en: "the name has no such record" }),
  "name-server-silent": () => ({ ko: "네임 서버가 응답하지 않음", en: "the name server does not answer" }),
  "name-server-failed": () => ({ ko: "네임 서버가 조회에 실패함", en: "the name server failed" }),
  "name-server-refused": () => ({ ko: "네임 서버가 조회를 거부함", en: "the name server refused" }),
  "certificate-expired": () => ({ ko: "인증서가 만료됨", en: "the certificate has expired" }),
  "certificate-not-yet-valid": () => ({
    ko: "인증서의 유효 기간이 아직 시작되지 않음",
    en: "the certificate is not valid yet",
  }),
  "certificate-self-signed": () => ({ ko: "자체 서명된 인증서", en: "the certificate is signed by itself" }),
  "certificate-untrusted": () => ({
    ko: "인증서의 발급 기관을 신뢰할 수 없음",
    en: "the certificate's authority is not trusted",
  }),
  "certificate-chain-incomplete": () => ({
    ko: "서버가 중간 인증서를 모두 보내지 않음",
    en: "the server does not send the whole chain of its certificate",
  }),
  "certificate-other-name": () => ({
    ko: "인증서가 다른 이름으로 발급됨",
    en: "the certificate is for another name",
  }),
  "certificate-refused": () => ({ ko: "인증서를 받아들일 수 없음", en: "the certificate is not accepted" }),
  "not-tls": () => ({ ko: "이 포트는 TLS를 쓰지 않음", en: "the port does not speak TLS" }),
  "tls-failed": () => ({ ko: "TLS 연결에 실패함", en: "the TLS handshake failed" }),

  "connection-ended": () => ({
    ko: "응답이 끝나기 전에 연결이 끊김",
    en: "the connection ended before the answer did",
  }),
  "address-forbidden": (f) => ({
    ko: `${withJosa(String(f.address), "은/는")} 링크 로컬 또는 클라우드 메타데이터 주소임: 뜻한 것이면 allow에 적으십시오`,
    en: `${f.address} is link-local or a cloud's metadata: name it under allow if it is meant`,
  }),

  "not-http": () => ({ ko: "HTTP 응답이 아님", en: "what came is not HTTP" }),
  "redirect-nowhere": () => ({
    ko: "http(s) 주소가 아닌 곳으로 리디렉션됨",
    en: "redirected to what is no http(s) address",
  }),
  "redirect-insecure": () => ({ ko: "https에서 http로 리디렉션됨", en: "redirected from https to http" }),
  "encoding-broken": () => ({
    ko: "본문이 Content-Encoding대로 압축되어 있지 않음",
    en: "the body is not compressed as its Content-Encoding says",
  }),
  "access-refused": (f) => ({
    ko: `인증이 거부됨(상태 코드 ${f.status}): bearer나 basic 설정을 확인하십시오`,
    en: `not allowed in (status ${f.status}): look at bearer or basic`,
  }),
  "answer-too-large": (f) => ({ ko: `응답이 ${f.bytes}바이트보다 큼`, en: `an answer of more than ${f.bytes} bytes` }),

  "status-unlike-expected": (f) => ({
    ko: `상태 코드 ${f.got}, 기대한 값은 ${f.expected}`,
    en: `status ${f.got} instead of ${f.expected}`,
  }),
  "redirected-too-often": (f) => ({
    ko: `리디렉션이 ${f.times}번을 넘음`,
    en: `redirected more than ${f.times} times`,
  }),
  "header-unlike-expected": (f) => ({
    ko: `헤더 ${f.header}에 '${f.text}'이(가) 없음`,
    en: `the header ${f.header} does not contain '${f.text}'`,
  }),
  "body-lacks-text": () => ({ ko: "본문에 기대한 글자가 없음", en: "the body does not contain the expected text" }),
  "body-has-text": () => ({
    ko: "본문에 없어야 할 글자가 있음",
    en: "the body contains the text that must not be there",
  }),
  "body-unlike-pattern": () => ({ ko: "본문이 정규식과 맞지 않음", en: "the body does not match the pattern" }),
  "body-not-json": () => ({ ko: "본문이 JSON이 아님", en: "the body is not JSON" }),
  "body-value-unlike-expected": (f) => ({
    ko: `본문의 ${f.path} 값이 ${withJosa(String(f.expected), "이/가")} 아님`,
    en: `${f.path} in the body is not ${f.expected}`,
  }),
  "body-cut": (f) => ({
    ko: `본문은 처음 ${f.bytes}바이트까지만 봄`,
    en: `only the first ${f.bytes} bytes of the body were looked at`,
  }),

  "socket-missing": () => ({ ko: "소켓 파일이 없음", en: "there is no such socket" }),
  "login-refused": () => ({
    ko: "로그인이 거부됨: user와 password를 확인하십시오",
    en: "the login is refused: look at user and password",
  }),
  "client-host-refused": () => ({
    ko: "이 호스트에서 오는 접속을 데이터베이스가 받지 않음",
    en: "the database takes no connection from this host",
  }),
  "too-many-connections": () => ({
    ko: "연결이 모두 차서 들어갈 수 없음",
    en: "every connection is taken, nobody gets in",
  }),
  "user-limit-reached": () => ({
    ko: "이 사용자에게 허용된 한도를 다 씀",
    en: "this user has used up what it is allowed",
  }),
  "server-refused": () => ({ ko: "데이터베이스가 거부함", en: "the database refused" }),
  "right-missing": (f) => ({
    ko: `권한이 없어 '${titleOf(String(f.metric)).ko}' 항목을 측정하지 못함: GRANT ${f.grant}`,
    en: `no right to measure ${titleOf(String(f.metric)).en}: GRANT ${f.grant}`,
  }),
  "not-measured": (f) => ({
    ko: `'${titleOf(String(f.metric)).ko}' 항목을 측정하지 못함`,
    en: `not measured: ${titleOf(String(f.metric)).en}`,
  }),
  "performance-schema-off": () => ({
    ko: "performance_schema가 꺼져 있어 쿼리의 평균 시간을 측정하지 못함",
    en: "performance_schema is off: the mean time of queries is not measured",
  }),
  "disk-unknown": () => ({
    ko: "데이터 디스크를 측정하지 못함: data_directory를 설정하거나 MariaDB에서 INSTALL SONAME 'disks'를 실행하십시오",
    en: "the data's disk is not measured: set data_directory, or run INSTALL SONAME 'disks' on MariaDB",
  }),
  "replication-missing": () => ({ ko: "복제가 설정되어 있지 않음", en: "no replication is set up" }),
  "replication-stopped": (f) => ({
    ko: `복제가 동작하지 않음(IO ${f.io}, SQL ${f.sql})`,
    en: `replication does not run (IO ${f.io}, SQL ${f.sql})`,
  }),
  "galera-not-ready": (f) => ({
    ko: `Galera 노드가 준비되지 않음(${f.status}, ${f.state})`,
    en: `the Galera node is not ready (${f.status}, ${f.state})`,
  }),

  "not-prometheus": (f) => ({
    ko: `Prometheus 형식이 아님: ${f.line}번째 줄`,
    en: `what came is not in Prometheus' format: line ${f.line}`,
  }),
  "too-many-series": (f) => ({
    ko: `시계열이 ${f.got}개로 max_series(${f.most}개)를 넘음: 범위를 줄이거나 값을 늘리십시오`,
    en: `${f.got} series, more than max_series (${f.most}): narrow what is kept, or raise it`,
  }),
  "exporter-unknown": (f) => ({
    ko: `시계열 ${f.series}개 가운데 알려진 익스포터의 것이 없음: keep이나 application에 받을 것을 적으십시오`,
    en: `${f.series} series, none of an exporter that is known: keep or application say what to take`,
  }),
  "histograms-left-out": (f) => ({
    ko: `네이티브 히스토그램 ${f.count}개는 읽지 않음`,
    en: `native histograms left out: ${f.count}`,
  }),
  "series-told-twice": (f) => ({
    ko: `같은 시계열이 두 번 나와 ${f.count}개를 버림: 먼저 나온 것만 씀`,
    en: `series told twice, of which the first counts: ${f.count}`,
  }),
  "query-refused": () => ({ ko: "질의가 거부됨", en: "the query is refused" }),
  "query-unanswered": (f) => ({
    ko: `질의에 대한 답이 아님(상태 코드 ${f.status})`,
    en: `what came is not the answer of a query (status ${f.status})`,
  }),
  "query-gives": (f) => ({
    ko: `질의 결과가 ${f.kind}임: 시계열마다 지금 값 하나가 나와야 함`,
    en: `the query gives ${f.kind}; it has to give one value a series, now`,
  }),
  "answer-partial": () => ({
    ko: "서버가 일부 저장소의 답 없이 결과를 냄: 빠진 시계열이 있을 수 있음",
    en: "the answer is partial: series may be missing in it",
  }),
  "server-warns": () => ({ ko: "서버의 경고", en: "the server warns" }),
  "clocks-apart": (f) => ({
    ko: `서버의 시계가 ${f.seconds}초 다름`,
    en: `the server's clock is ${f.seconds} s apart from ours`,
  }),

  "record-unlike-expected": (f) => ({
    ko: `응답 ${f.got}에 ${withJosa(String(f.missing), "이/가")} 없음`,
    en: `${f.got} without ${f.missing}`,
  }),
  "ping-missing": () => ({
    ko: "이 호스트에 ping이 없음: iputils-ping(Debian, Ubuntu) 또는 iputils(Red Hat, Alpine)를 설치하십시오",
    en: "ping is not installed on this host: install iputils-ping (Debian, Ubuntu) or iputils (Red Hat, Alpine)",
  }),
  "ping-forbidden": () => ({
    ko: "ping을 보낼 권한이 없음: root로 실행하거나 ping에 cap_net_raw 권한을 주십시오",
    en: "ping may not send: run it as root, or give ping the capability cap_net_raw",
  }),
  "host-unreachable": () => ({ ko: "호스트에 닿을 수 없음", en: "the host is unreachable" }),

  "program-missing": (f) => ({
    ko: `이 호스트에 ${withJosa(String(f.program), "이/가")} 없음`,
    en: `${f.program} is not installed on this host`,
  }),
  "program-not-runnable": (f) => ({
    ko: `${withJosa(String(f.program), "을/를")} 실행할 수 없음`,
    en: `${f.program} cannot be run`,
  }),
  "program-hangs": (f) => ({
    ko: `${withJosa(String(f.program), "이/가")} 끝나지 않음`,
    en: `${f.program} does not end`,
  }),
  "program-refused": (f) => ({
    ko: `${withJosa(String(f.program), "이/가")} 오류로 끝남`,
    en: `${f.program} ended with an error`,
  }),
  "program-silent": (f) => ({
    ko: `${withJosa(String(f.program), "이/가")} 아무것도 출력하지 않음`,
    en: `${f.program} prints nothing`,
  }),
  "program-unclear": (f) => ({
    ko: `${f.program}의 출력에 물어본 값이 없음`,
    en: `${f.program} does not tell what it was asked for`,
  }),

  "file-unreadable": (f) => ({
    ko: `${withJosa(String(f.file), "을/를")} 읽을 수 없음`,
    en: `${f.file} cannot be read`,
  }),
  "mounts-hang": () => ({
    ko: "마운트 목록을 읽을 수 없음: 커널이 멈춰 있음",
    en: "the list of mounts cannot be read: the kernel hangs",
  }),
  "mount-hangs": () => ({ ko: "파일 시스템이 응답하지 않음", en: "the file system does not answer" }),
  "mount-not-asked": () => ({
    ko: "다른 파일 시스템들이 응답하지 않아 물어보지 않음",
    en: "not asked, because other file systems do not answer",
  }),
  "mount-missing": () => ({ ko: "마운트되어 있지 않음", en: "not mounted" }),
  "processes-hidden": () => ({
    ko: "/proc에 이 사용자의 프로세스만 보임(hidepid): root로 실행하거나 모두 볼 수 있는 그룹에 넣으십시오",
    en: "/proc shows only this user's processes (hidepid): run it as root or in the group that may see all",
  }),
  "process-hangs": (f) => ({
    ko: `커널에서 멈춘 프로세스가 있어 ${withJosa(String(f.processes), "을/를")} 찾을 수 없음`,
    en: `a process hangs in the kernel, so that ${f.processes} cannot be looked for`,
  }),
  "systemd-missing": () => ({
    ko: "이 호스트에서는 systemd가 돌지 않음",
    en: "systemd does not run on this host",
  }),
  "unit-unknown": () => ({ ko: "systemd가 모르는 유닛", en: "a unit that systemd does not know" }),
  "unit-not-loaded": (f) => ({
    ko: `systemd가 이 유닛을 불러오지 않음: ${f.state}`,
    en: `a unit that systemd does not load: ${f.state}`,
  }),
  "gpu-lost": () => ({ ko: "드라이버가 더는 이 GPU에 접근하지 못함", en: "the driver has lost it" }),
  "gpus-missing": (f) => ({
    ko: `GPU ${f.expected}개 가운데 ${f.found}개만 있음`,
    en: `${f.found} of ${f.expected} GPUs are there`,
  }),
  "gpus-none": (f) => ({
    ko: `${withJosa(String(f.program), "이/가")} GPU를 찾지 못함`,
    en: `${f.program} finds no GPU`,
  }),
};

/** `db-1:3306: connection refused`, and in brackets what the system said itself. */
export function sayCollectReason(reason: CollectReason): Said {
  // The table has for each code a function of that code's facts.
  const words = (WORDS[reason.code] as (facts: CollectReason) => Said)(reason);
  const { of, detail } = reason;
  const said = (locale: Locale): string =>
    `${of === undefined ? "" : `${of}: `}${words[locale]}${detail === undefined ? "" : ` (${detail})`}`;
  return { ko: said("ko"), en: said("en") };
}

export function sayCollectReasons(reasons: readonly CollectReason[]): Said {
  const said = reasons.map(sayCollectReason);
  return { ko: said.map(({ ko }) => ko).join("; "), en: said.map(({ en }) => en).join("; ") };
}

const REFUSALS_SAID: Readonly<Record<Refusal, Said>> = {
  "not-finite": { ko: "유한한 수가 아님", en: "no finite number" },
  "too-old": { ko: "보관 기간보다 오래된 시각", en: "older than minutes are kept" },
  "too-far-ahead": { ko: "서버 시계보다 10분 넘게 앞선 시각", en: "more than 10 minutes ahead of the server's clock" },
  "bad-name": { ko: "메트릭 이름이 맞지 않음", en: "a metric's name that is none" },
  "bad-labels": { ko: "라벨이 너무 많거나 너무 김", en: "too many labels, or too long ones" },
  "too-many-series": { ko: "시계열이 너무 많음", en: "too many series" },
};

function refusalSaid(refusal: string | number): Said {
  return REFUSALS_SAID[refusal as Refusal] ?? { ko: String(refusal), en: String(refusal) };
}

function faultWords(code: string): Said {
  const known = (faultCodes as Readonly<Record<string, { readonly advice: Said } | undefined>>)[code];
  return known?.advice ?? { ko: code, en: code };
}

import { faultCodes } from "../fault/codes.ts";
import { withJosa } from "../locale/josa.ts";
import type { Locale, Said } from "../locale/said.ts";
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
  unexpected: () => ({ ko: "예상하지 못한 오류", en: "an unexpected error" }),
  "not-known-here": (f) => ({
    ko: `이 서버가 모르는 사유 '${f.told}'(에이전트 버전이 다름)`,
    en: `a reason that this server does not know, '${f.told}' (the agent is of another version)`,
  }),
  other: (f) => ({ ko: String(f.text), en: String(f.text) }),

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

function faultWords(code: string): Said {
  const known = (faultCodes as Readonly<Record<string, { readonly advice: Said } | undefined>>)[code];
  return known?.advice ?? { ko: code, en: code };
}

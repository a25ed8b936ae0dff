import type { Said } from "../locale/said.ts";

/**
 * Every operating failure: the HTTP status that answers it where a request caused it, and what the reader should do.
 * docs/errors.md is generated from this table.
 */
export const faultCodes = {
  "config-unreadable": entry(500, {
    ko: "설정 파일을 읽을 수 없습니다. 파일 경로와 권한을 확인하십시오.",
    en: "The configuration file cannot be read. Check its path and permissions.",
  }),
  "config-invalid": entry(500, {
    ko: "설정 값이 올바르지 않습니다. 메시지가 가리키는 항목을 고친 뒤 다시 시작하십시오.",
    en: "The configuration is not valid. Mend the setting that the message names and start again.",
  }),
  usage: entry(400, {
    ko: "명령을 이해할 수 없습니다. 'bongsu <명령> --help'로 쓰는 법을 보십시오.",
    en: "The command is not understood. 'bongsu <command> --help' tells how it is used.",
  }),
  "already-running": entry(500, {
    ko: "이 데이터 폴더를 다른 Bongsu가 쓰고 있습니다. 그 서버를 멈추거나 --data 로 다른 폴더를 쓰십시오.",
    en: "Another Bongsu holds this data folder. Stop it, or use another folder with --data.",
  }),
  "policy-refused": entry(422, {
    ko: "정책 문서에 오류가 있어 적용하지 않았습니다. 지금 정책이 그대로 유지됩니다. 진단이 가리키는 줄을 고치십시오.",
    en: "The policy has errors and was not put in force; the running one stays. Mend the lines that the diagnostics name.",
  }),
  "findings-open": entry(409, {
    ko: "이 정책을 지금 명부와 대조하면 사람에게 닿지 않는 오류가 남습니다. 고치거나, 알고도 적용하려면 이름이 나온 오류 코드를 accept에 넣으십시오.",
    en: "Held against the present roster this policy has errors: somebody whom it names is not reached. Mend them, or name their codes in accept to put it in force all the same.",
  }),
  "roster-refused": entry(422, {
    ko: "명부에 오류가 있어 적용하지 않았습니다. 진단이 가리키는 줄을 고치십시오.",
    en: "The roster has errors and was not applied. Mend the lines that the diagnostics name.",
  }),
  "store-unavailable": entry(503, {
    ko: "저장소에 접근할 수 없습니다. 데이터베이스와 디스크를 확인하십시오. 복구되면 자동으로 이어집니다.",
    en: "The store cannot be reached. Check the database and the disk; work goes on by itself once it is back.",
  }),
  "store-outcome-unknown": entry(503, {
    ko: "저장 결과를 확인할 수 없습니다. 같은 요청을 다시 보내도 안전합니다.",
    en: "Whether the write was stored is unknown. Sending the same request again is safe.",
  }),
  "store-newer": entry(500, {
    ko: "저장소가 이 버전보다 새로운 버전으로 만들어졌습니다. 최신 Bongsu로 시작하십시오.",
    en: "The store was written by a newer version. Start with that version of Bongsu.",
  }),
  "not-found": entry(404, {
    ko: "찾는 대상이 없습니다. 번호나 이름을 확인하십시오.",
    en: "There is no such thing. Check the number or the name.",
  }),
  "not-allowed": entry(403, {
    ko: "이 토큰으로는 할 수 없는 일입니다. 필요한 범위(scope)의 토큰을 만드십시오.",
    en: "This token may not do that. Create one with the scope that is named.",
  }),
  "token-of-another-host": entry(403, {
    ko: "이 토큰은 다른 호스트의 에이전트 것입니다. 호스트마다 토큰을 따로 만드십시오: bongsu token create --scopes agent --host 이름. 여러 호스트의 값을 모아 보내는 OpenTelemetry 수집기에는 ingest 범위의 토큰을 쓰십시오.",
    en: "This token is another host's agent's. Make one for each host: bongsu token create --scopes agent --host NAME. An OpenTelemetry collector that sends for many hosts uses a token of the scope ingest.",
  }),
  "not-known": entry(401, {
    ko: "토큰이 없거나 올바르지 않습니다. 'Authorization: Bearer <토큰>'을 보내십시오. 토큰은 'bongsu token create'로 만듭니다.",
    en: "The token is missing or wrong. Send 'Authorization: Bearer <token>'; 'bongsu token create' makes one.",
  }),
  "not-signed-in": entry(401, {
    ko: "로그인이 끝났거나 로그인하지 않았습니다. 다시 로그인하십시오. 하던 일은 그대로 남아 있습니다.",
    en: "You are not signed in, or the session has ended. Sign in again; what you were doing is still there.",
  }),
  "sign-in-refused": entry(401, {
    ko: "아이디나 비밀번호가 맞지 않습니다. 비밀번호를 잊었다면 관리자에게 초대 링크를 요청하십시오.",
    en: "The login or the password is wrong. If the password is forgotten, ask an administrator for a link.",
  }),
  "too-many-tries": entry(429, {
    ko: "로그인에 여러 번 실패하여 잠시 받지 않습니다. 표시된 시간 뒤에 다시 시도하십시오. 패스키로는 지금도 로그인할 수 있습니다.",
    en: "Too many failed tries. Wait as long as is shown and try again; a passkey works even now.",
  }),
  "insecure-address": entry(403, {
    ko: "이 주소에서는 브라우저가 로그인을 유지하지 못합니다. https 프록시를 두고 public_url을 그 주소로 정하거나, ssh -L 7119:127.0.0.1:7119 <서버> 로 터널을 열어 http://localhost:7119 로 접속하십시오.",
    en: "The browser cannot stay signed in at this address. Put an https proxy before Bongsu and set public_url to its address, or open a tunnel with ssh -L 7119:127.0.0.1:7119 <server> and go to http://localhost:7119.",
  }),
  "link-dead": entry(410, {
    ko: "이미 사용했거나 기한이 지난 링크입니다. 관리자에게 새 링크를 요청하십시오. 서버에서는 'bongsu user reset <아이디>'로 만듭니다.",
    en: "The link was used already or its time is over. Ask an administrator for a new one; on the server 'bongsu user reset <login>' makes one.",
  }),
  "password-refused": entry(422, {
    ko: "너무 쉽게 추측할 수 있는 비밀번호입니다. 10자 이상으로, 널리 쓰이지 않고 아이디와 다른 비밀번호를 쓰십시오.",
    en: "That password is too easily guessed. Use ten characters or more that are neither common nor your login.",
  }),
  "passkey-refused": entry(401, {
    ko: "패스키를 확인하지 못했습니다. 다시 시도하거나 비밀번호로 로그인하십시오.",
    en: "The passkey could not be verified. Try again, or sign in with the password.",
  }),
  "passkeys-elsewhere": entry(409, {
    ko: "이 주소에서는 패스키를 쓸 수 없습니다. 표시된 주소로 접속하십시오.",
    en: "Passkeys cannot be used at this address. Open the address that is named.",
  }),
  "confirm-yourself": entry(403, {
    ko: "본인 확인이 필요합니다. 지금 비밀번호를 입력하거나, 로그아웃한 뒤 다시 로그인하십시오.",
    en: "Please confirm that it is you: give your present password, or sign out and in again.",
  }),
  "login-taken": entry(409, {
    ko: "이미 있는 아이디입니다. 다른 아이디를 쓰십시오.",
    en: "That login is taken. Choose another one.",
  }),
  "last-admin": entry(409, {
    ko: "마지막 관리자입니다. 다른 계정을 먼저 관리자로 만드십시오.",
    en: "This is the last administrator. Make another account an administrator first.",
  }),
  "role-too-low": entry(403, {
    ko: "이 계정의 역할로는 할 수 없는 일입니다. 필요한 역할을 관리자에게 요청하십시오.",
    en: "Your role may not do that. Ask an administrator for the role that is named.",
  }),
  "other-site": entry(403, {
    ko: "다른 사이트에서 온 요청이라 받지 않았습니다. Bongsu 화면을 새로 고친 뒤 다시 하십시오. 프록시를 쓴다면 Host 헤더를 그대로 넘기는지 확인하십시오.",
    en: "The request came from another site and was refused. Reload the page of Bongsu and try again; behind a proxy, check that it passes the Host header on.",
  }),
  "bad-request": entry(400, {
    ko: "요청을 이해할 수 없습니다. 메시지가 가리키는 항목을 고치십시오.",
    en: "The request is not understood. Mend the field that the message names.",
  }),
  conflict: entry(409, {
    ko: "지금 상태에서는 할 수 없는 일입니다. 이유를 읽고 최신 상태를 다시 확인하십시오.",
    en: "That cannot be done in the present state. Read the reason and look at the present state.",
  }),
  "changed-meanwhile": entry(409, {
    ko: "그사이 다른 사람이 고쳤습니다. 최신 내용을 다시 보고 고치십시오. 입력한 내용은 그대로 남아 있습니다.",
    en: "Somebody else changed this meanwhile. Look at it anew and change it again; what you entered is still there.",
  }),
  "managed-by-file": entry(409, {
    ko: "파일이 관리하는 항목이라 여기서 고칠 수 없습니다. 파일을 고친 뒤 'bongsu apply'로 적용하십시오.",
    en: "A file manages this, so it cannot be changed here. Change the file and apply it with 'bongsu apply'.",
  }),
  "needs-confirmation": entry(409, {
    ko: "이대로 바꾸면 호출이 닿지 않는 사람이나 등급, 당번이 없는 시간, 겹치는 근무가 생깁니다. 이유를 읽고, 그래도 바꾸려면 확인을 붙여 다시 보내십시오.",
    en: "After this change somebody who has to be reached is not, or is on duty twice. Read why, and send it again with the confirmation if you mean it.",
  }),
  "calendar-unreadable": entry(422, {
    ko: "달력을 읽을 수 없습니다. 함께 온 이유를 보고 주소나 내용을 고치십시오.",
    en: "The calendar cannot be read. See the reason that came with it, and mend the address or the text.",
  }),
  "schedule-refused": entry(409, {
    ko: "근무표를 그렇게 바꿀 수 없습니다. 함께 온 이유를 읽고 고쳐서 다시 보내십시오.",
    en: "The schedule cannot be changed like that. Read the reason that came with it, and send it again mended.",
  }),
  "settings-refused": entry(422, {
    ko: "채널 설정이 올바르지 않아 저장하지 않았습니다. 메시지가 가리키는 항목을 고치십시오.",
    en: "The settings of the channel are not valid and were not stored. Mend the setting that is named.",
  }),
  "target-refused": entry(422, {
    ko: "대상의 설정이 올바르지 않아 저장하지 않았습니다. 메시지가 가리키는 항목을 고치십시오.",
    en: "The settings of the target are not valid and were not stored. Mend the setting that is named.",
  }),
  "too-many-tests": entry(429, {
    ko: "같은 사람에게 보내는 시험 호출은 한 시간에 세 번까지입니다. 잠시 뒤 다시 하십시오.",
    en: "One person gets at most three test pages an hour. Try again later.",
  }),
  "too-many-codes": entry(429, {
    ko: "한 사람의 연락처 확인 코드는 한 시간에 다섯 번까지 보냅니다. 잠시 뒤 다시 하십시오.",
    en: "One person gets at most five codes an hour. Try again later.",
  }),
  "code-refused": entry(422, {
    ko: "코드가 맞지 않거나, 기한이 지났거나, 너무 여러 번 틀렸습니다. 가장 최근에 받은 코드를 입력하거나 새 코드를 받으십시오.",
    en: "The code is wrong, its time is over, or there were too many tries. Enter the newest code, or ask for another one.",
  }),
  "confirm-needed": entry(409, {
    ko: "가장 높은 등급의 경보까지 24시간 넘게 막게 됩니다. 의도한 것이면 확인 표시(confirm: true)를 하고 다시 보내십시오.",
    en: "That would mute alerts of the most severe grade for more than 24 hours. If it is meant, send it again with confirm: true.",
  }),
  "history-refused": entry(422, {
    ko: "경보 이력을 읽을 수 없어 아무것도 되돌려 보지 않았습니다. 이름이 나온 줄을 고치십시오. 줄의 형식은 docs/backtest.md에 있습니다.",
    en: "The history cannot be read, and nothing of it was replayed. Mend the line that is named; docs/backtest.md tells the form of a line.",
  }),
  "backtest-too-long": entry(422, {
    ko: "정해진 시간 안에 끝내지 못해 되돌려 보기를 멈췄습니다. 기간을 줄이거나 이력을 나누어 다시 하십시오.",
    en: "The back-test did not end within its time and was stopped. Choose a shorter period, or divide the history.",
  }),
  "backtest-failed": entry(500, {
    ko: "되돌려 보는 중에 엔진이 실패하여 결과를 내지 않았습니다. 로그와 함께 알려 주십시오. 실제 호출에는 영향이 없습니다.",
    en: "The engine failed while replaying, so there is no result. Please report it with the log; real pages are not affected.",
  }),
  "too-large": entry(413, {
    ko: "본문이 너무 큽니다. 나누어 보내십시오.",
    en: "The body is too large. Send it in parts.",
  }),
  overloaded: entry(503, {
    ko: "지금은 받을 수 없습니다. 잠시 뒤 같은 요청을 다시 보내십시오.",
    en: "Cannot take this now. Send the same request again in a moment.",
  }),
  "secret-unreadable": entry(500, {
    ko: "비밀 값을 읽을 수 없습니다. 파일이나 환경 변수를 확인하십시오.",
    en: "A secret cannot be read. Check the file or the environment variable that is named.",
  }),
  "backup-failed": entry(500, {
    ko: "백업을 만들지 못했습니다. 대상 폴더의 공간과 권한을 확인하십시오.",
    en: "The backup was not made. Check space and permissions of the target folder.",
  }),
  "restore-refused": entry(422, {
    ko: "백업을 되돌리지 않았습니다. 이유를 읽고, 빈 저장소와 온전한 백업 파일로 다시 하십시오.",
    en: "The backup was not restored. Read the reason; it needs an empty store and a whole file.",
  }),
  "server-unreachable": entry(502, {
    ko: "Bongsu 서버에 연결할 수 없습니다. 서버가 떠 있는지, --url(에이전트는 --server)이 맞는지 확인하십시오.",
    en: "The Bongsu server cannot be reached. Check that it runs and that --url (--server of an agent) is right.",
  }),
  "agent-token-missing": entry(400, {
    ko: "에이전트에는 토큰이 있어야 합니다. 서버에서 'bongsu token create --scopes agent --host 이름'으로 만들거나 웹의 호스트 화면에서 ‘에이전트 추가’를 누르고, 파일에 담아 --token-file로(또는 환경 변수에 담아 --token-env로) 알려 주십시오.",
    en: "An agent needs a token. Make one on the server with 'bongsu token create --scopes agent --host NAME', or with 'Add an agent' on the page of hosts; put it into a file for --token-file, or into a variable for --token-env.",
  }),
  "data-not-writable": entry(500, {
    ko: "데이터 폴더를 만들거나 쓸 수 없습니다. --data의 경로와 권한, 디스크의 남은 공간을 확인하십시오.",
    en: "The data folder cannot be made or written. Check the path of --data, its permissions, and that the disk has room.",
  }),
  "server-not-trusted": entry(502, {
    ko: "서버의 TLS 인증서를 믿을 수 없습니다. 사내 인증 기관이면 그 인증서 파일을 --ca-file로 지정하고, 만료되었거나 이름이 다르면 서버의 인증서를 고치십시오.",
    en: "The server's TLS certificate is not trusted. Name the file of your own authority's certificate with --ca-file; where it has expired or is of another name, mend the server's.",
  }),
  "not-a-server": entry(502, {
    ko: "이 주소에서 답한 것은 Bongsu 서버가 아닙니다. --server의 주소와 포트, http와 https, 중간의 프록시를 확인하십시오.",
    en: "What answers at this address is no Bongsu server. Check the address and port of --server, http and https, and proxies in between.",
  }),
} as const satisfies Record<string, FaultEntry>;

export type FaultCode = keyof typeof faultCodes;
export type FaultEntry = { readonly status: number; readonly advice: Said };

function entry(status: number, advice: Said): FaultEntry {
  return { status, advice };
}

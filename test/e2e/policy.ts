/** A policy of seconds, so that a whole escalation fits into a test. Its words are those of the example policy. */
export const POLICY = `# 시험 정책

\`\`\`yaml
장애 등급:
  Critical:
    정의: [서비스 중단]
    대응시간: 즉시 (24/7)
    담당: L2 지원팀
  Minor:
    정의: [일부 오류]
    대응시간: 4시간 이내
    담당: L1 지원팀
대응 조직:
  L1 지원팀:
    역할: [접수]
    구성: [운영자 1명, 24/7 교대 근무]
  L2 지원팀:
    역할: [조치]
    구성: [엔지니어 1명]
  L3 지원팀:
    역할: [구조 개선]
    구성: [아키텍트 1명]
알림 규칙:
  Critical:
    채널: [전화, Slack (@channel), Email, Webhook]
    대상: [운영팀장]
  Minor:
    채널: [Email]
    대상: [담당 운영자]
에스컬레이션:
  Critical:
    확인 기한: 4초
    재호출 간격: 60초
    단계 간격: 3초
  폭주 기준: 100
\`\`\`
`;

export function rosterYaml(ports: { smtp: number; slack: number; hook: string; secret: string }): string {
  return `사람:
  boss: { 이름: 김팀장, 직책: 운영팀장, 연락처: { email: boss@example.com, slack: U0000BOSS, webhook: "${ports.hook}" } }
  l1: { 이름: 이접수, 연락처: { email: l1@example.com } }
  l2: { 이름: 박조치, 연락처: { phone: 010-0000-0002, email: l2@example.com, slack: U000000L2 }, 관리자: true }
  l3: { 이름: 최구조, 연락처: { email: l3@example.com } }
팀:
  L1 지원팀: { 구성원: { 운영자: [l1] } }
  L2 지원팀: { 구성원: { 엔지니어: [l2] } }
  L3 지원팀: { 구성원: { 아키텍트: [l3] } }
채널:
  email: { host: 127.0.0.1, port: ${ports.smtp}, starttls: false, from: "Bongsu <bongsu@example.com>" }
  slack: { token: xoxb-test, room: C0123456789, api_url: "http://127.0.0.1:${ports.slack}/api/", signing_secret: "${ports.secret}" }
  webhook: { secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, allow: [127.0.0.0/8] }
`;
}

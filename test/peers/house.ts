import { DatabaseSync } from "node:sqlite";
import { POLICY } from "../e2e/policy.ts";
import { type Bongsu, startBongsu } from "./bongsu.ts";
import { type HttpPeer, startSlackApi } from "./http-peer.ts";
import { type Smtp, startSmtp } from "./smtp.ts";
import { until } from "./until.ts";

export const SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

/** A real server with the peers it pages through, and nobody in a hurry: no deadline passes within a test. */
export type House = {
  readonly bongsu: Bongsu;
  readonly smtp: Smtp;
  readonly slack: HttpPeer;
  /** A request with this token, or none. A body that is no text goes as JSON. */
  call(
    path: string,
    request?: {
      readonly token?: string | undefined;
      readonly method?: string;
      readonly body?: unknown;
      readonly headers?: Record<string, string>;
    },
  ): Promise<Answer>;
  /** Sets a row as no request could: what the passing of a day or a broken disk would do. */
  tamper(statement: string, ...values: readonly (string | number)[]): number;
  /** The incident of that service, as soon as there is one that fits. */
  incident(service: string, fits?: (incident: ShownIncident) => boolean): Promise<ShownIncident>;
  /** The acknowledge link in the newest mail about that service. */
  link(service: string, to: string): Promise<string>;
  stop(): Promise<void>;
};

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  json<T = Record<string, unknown>>(): T;
};

export type ShownIncident = {
  readonly number: number;
  readonly title: string;
  readonly service: string;
  readonly grade: string;
  readonly state: string;
  readonly firing: number;
  readonly acknowledged: { readonly by: Readonly<Record<string, unknown>> } | null;
};

const TEAMS = `팀:
  L1 지원팀: { 구성원: { 운영자: [l1] } }
  L2 지원팀: { 구성원: { 엔지니어: [l2] } }
  L3 지원팀: { 구성원: { 아키텍트: [l3] } }`;

export async function startHouse(
  settings: {
    readonly slackSettings?: string;
    readonly slackApi?: string;
    /** Instead of three teams of one that take no turns: the part of the roster file that says so. */
    readonly teams?: string;
    /** What the policy has beside its grades, teams and rules: a block of it. */
    readonly policyMore?: string;
  } = {},
): Promise<House> {
  const smtp = await startSmtp();
  const slack = await startSlackApi();
  const bongsu = await startBongsu({
    policy: `${POLICY.replace("확인 기한: 4초", "확인 기한: 600초").replace("단계 간격: 3초", "단계 간격: 600초")}${
      settings.policyMore === undefined ? "" : `\n\`\`\`yaml\n${settings.policyMore}\n\`\`\`\n`
    }`,
    roster: `사람:
  boss: { 이름: 김팀장, 직책: 운영팀장, 연락처: { email: boss@example.com, slack: U0000BOSS } }
  l1: { 이름: 이접수, 연락처: { email: l1@example.com } }
  l2: { 이름: Jamie Fixer, 언어: en, 연락처: { email: l2@example.com, slack: U000000L2 }, 관리자: true }
  l3: { 이름: 최구조, 연락처: { email: l3@example.com } }
${settings.teams ?? TEAMS}
채널:
  email: { host: 127.0.0.1, port: ${smtp.port}, starttls: false, from: "Bongsu <bongsu@example.com>" }
  slack: { token: xoxb-test, room: C0123456789, api_url: "${settings.slackApi ?? `${slack.url}/api/`}", signing_secret: "${SIGNING_SECRET}"${settings.slackSettings ?? ""} }
`,
  });
  const admin = await bongsu.token("admin");

  const house: House = {
    bongsu,
    smtp,
    slack,
    async call(path, { token, method = "GET", body, headers = {} } = {}) {
      const response = await fetch(`${bongsu.url}${path}`, {
        method,
        redirect: "manual",
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") ?? false;
      // A stream has no end to wait for: that it was opened is the answer.
      if (isStream) await response.body?.cancel();
      const text = isStream ? "" : await response.text();
      return { status: response.status, headers: response.headers, text, json: <T>() => JSON.parse(text) as T };
    },
    tamper(statement, ...values) {
      const database = new DatabaseSync(`${bongsu.data}/bongsu.db`, { timeout: 5_000 });
      try {
        return Number(database.prepare(statement).run(...values).changes);
      } finally {
        database.close();
      }
    },
    incident: (service, fits = () => true) =>
      until(`the incident of ${service}`, async () => {
        const path = `/api/v1/incidents?service=${encodeURIComponent(service)}`;
        const { incidents } = (await house.call(path, { token: admin })).json<{ incidents: ShownIncident[] }>();
        return incidents.find(fits);
      }),
    link: (service, to) =>
      until(`the mail to ${to} about ${service}`, () => {
        const mail = smtp.mails.findLast((one) => one.to === to && one.parsed.subject?.includes(service));
        return /http:\/\/127\.0\.0\.1:\d+(\/a\/[a-z0-9]+)/.exec(mail?.parsed.text ?? "")?.[1];
      }),
    async stop() {
      await bongsu.stop();
      await smtp.stop();
      await slack.stop();
    },
  };
  return house;
}

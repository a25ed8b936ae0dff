import { PHASES, RequestFailure, type Times, timedRequest } from "../../net/timed-request.ts";
import type { Instant } from "../../time/instant.ts";
import { type CollectFacts, type Collector, collected, type Measured } from "../collector.ts";
import { ACCESS_SETTINGS, readHttpAccess, requestReason } from "../http-access.ts";
import { readSettings } from "../settings.ts";
import { EXPECT_SETTINGS, readExpectation, unmet } from "./expectation.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
const REDIRECTS = 5;
const REDIRECTS_RANGE = { min: 0, max: 20 };

/** Asks an address as a client does, over a new connection each time: is the answer the right one, and where went the time. */
export const httpCollector: Collector = {
  kind: "http",
  local: false,
  open(raw) {
    const settings = readSettings(raw, [...ACCESS_SETTINGS, "method", "body", "expect", "redirects"]);
    const access = readHttpAccess(settings);
    const method = settings.wordOr("method", METHODS, "GET");
    const body = settings.textOr("body", undefined);
    if (body !== undefined && (method === "GET" || method === "HEAD")) {
      throw settings.refuse("body", "no body with GET or HEAD; set 'method'");
    }
    const expectation = readExpectation(settings.members("expect", EXPECT_SETTINGS));
    const redirectsMax = settings.number("redirects", REDIRECTS, REDIRECTS_RANGE);
    return {
      async collect({ target, at, signal }) {
        try {
          const answer = await timedRequest(access.url, {
            ...access,
            method,
            headers: { accept: "*/*", "user-agent": "Bongsu", ...access.headers() },
            ...(body === undefined ? {} : { body }),
            bytesMax: expectation.bytesMax,
            redirectsMax,
            signal,
          });
          const because = unmet(expectation, { ...answer, redirectsMax });
          const samples = [
            sample("http_up", because.length === 0 ? 1 : 0, { target }),
            sample("http_response_seconds", total(answer.times), { target }),
            sample("http_status_code", answer.status, { target }),
            ...phases(answer.times, target),
            ...expiry(answer.certificateEnds, { target, at }),
          ];
          return collected(samples, because);
        } catch (error) {
          const { times = {}, certificateEnds } = error instanceof RequestFailure ? error : {};
          const samples = [
            sample("http_up", 0, { target }),
            ...phases(times, target),
            ...expiry(certificateEnds, { target, at }),
          ];
          return { samples, failed: [requestReason(error)] };
        }
      },
      async close() {},
    };
  },
};

function sample(metric: string, value: number, labels: Measured["labels"]): Measured {
  return { metric, labels, value };
}

function total(times: Times): number {
  return Object.values(times).reduce((sum, seconds) => sum + seconds, 0);
}

function phases(times: Times, target: string): Measured[] {
  return PHASES.flatMap((phase) => {
    const seconds = times[phase];
    return seconds === undefined ? [] : [sample("http_phase_seconds", seconds, { target, phase })];
  });
}

function expiry(ends: Instant | undefined, { target, at }: Pick<CollectFacts, "target" | "at">): Measured[] {
  return ends === undefined ? [] : [sample("tls_expiry_seconds", (ends - at) / 1_000, { target })];
}

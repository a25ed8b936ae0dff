import { asId } from "../../id/id.ts";
import { instantOf } from "../../time/fast-iso.ts";
import { type Instant, MINUTE_MS, toIso } from "../../time/instant.ts";
import type { Alert } from "../../triage/alert.ts";
import { readMatchers } from "../../triage/read-matchers.ts";
import type { Silence } from "../../triage/silence.ts";
import { isRecord } from "../read.ts";
import { fingerprint } from "./fingerprint.ts";

/** The receiver that every alert has in the compatible API: there is one policy. */
export const RECEIVER = "bongsu";

/** An alert as `GET /api/v2/alerts` gives it. */
export function gettableAlert(alert: Alert): object {
  const isSilenced = alert.suppressed?.because === "silenced";
  const isInMaintenance = alert.suppressed?.because === "maintenance";
  const isInhibited = alert.suppressed?.because === "dependency";
  return {
    annotations: alert.annotations,
    endsAt: toIso(alert.resolvedAt ?? alert.expiresAt ?? alert.updatedAt + 5 * MINUTE_MS),
    fingerprint: fingerprint(alert.labels),
    receivers: [{ name: RECEIVER }],
    startsAt: toIso(alert.startsAt),
    status: {
      // The incident of the cause; there is no fingerprint of one alert that would be it.
      inhibitedBy: isInhibited ? [alert.suppressed?.by] : [],
      mutedBy: isInMaintenance ? [alert.suppressed?.by] : [],
      silencedBy: isSilenced ? [alert.suppressed?.by] : [],
      state: isSilenced || isInMaintenance || isInhibited ? "suppressed" : "active",
    },
    updatedAt: toIso(alert.updatedAt),
    generatorURL: alert.links[0]?.href ?? "",
    labels: alert.labels,
  };
}

export function gettableSilence(silence: Silence, at: Instant): object {
  const state = silence.endsAt <= at ? "expired" : silence.startsAt > at ? "pending" : "active";
  return {
    id: silence.id,
    status: { state },
    updatedAt: toIso(silence.updatedAt),
    comment: silence.comment,
    createdBy: silence.createdBy,
    endsAt: toIso(silence.endsAt),
    startsAt: toIso(silence.startsAt),
    matchers: silence.matchers,
  };
}

/** A posted silence; a text where it is refused, in Alertmanager's manner. */
export function readSilence(
  body: unknown,
  facts: { readonly at: Instant; readonly newId: () => string },
): Silence | string {
  if (!isRecord(body)) return "expected a silence object";
  const startsAt = instantOf(body.startsAt);
  const endsAt = instantOf(body.endsAt);
  if (startsAt === "unreadable" || endsAt === "unreadable") return "startsAt and endsAt are RFC 3339 times";
  if (endsAt === undefined) return "end time must be set";
  const starts = startsAt ?? facts.at;
  if (endsAt <= starts) return "end time must not be before start time";
  if (endsAt <= facts.at) return "end time can't be in the past";
  const matchers = readMatchers(body.matchers);
  if (typeof matchers === "string") return matchers;
  return {
    id: asId(typeof body.id === "string" && body.id !== "" ? body.id : facts.newId()),
    matchers,
    startsAt: starts,
    endsAt,
    updatedAt: facts.at,
    createdBy: typeof body.createdBy === "string" ? body.createdBy.slice(0, 200) : "",
    comment: typeof body.comment === "string" ? body.comment.slice(0, 2_000) : "",
  };
}

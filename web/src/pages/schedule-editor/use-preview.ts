import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { SchedulePreview, SchedulePreviewRequest } from "../../../../src/http/wire/schedule.ts";
import { api, serverNow } from "../../api/client.ts";
import { useSettled } from "../muting/use-settled.ts";
import type { Span } from "../schedule/shifts-shown.ts";
import { dataOf, problemsOf, type RotationDraft } from "./rotation-draft.ts";

const CHECK_AFTER_MS = 900;
const MINUTE_MS = 60_000;
const WEEK_MS = 7 * 24 * 60 * MINUTE_MS;

export const WEEKS = [2, 12] as const;
export type Weeks = (typeof WEEKS)[number];

/** What the schedule would be. While a field is wrong the last good one stays, and is told to be old. */
export function usePreview(
  draft: RotationDraft,
  { id, name, weeks }: { readonly id: string; readonly name: string; readonly weeks: Weeks },
): {
  readonly span: Span;
  readonly preview: SchedulePreview | undefined;
  /** What check says of it, which follows the schedule; undefined while it is being found out. */
  readonly checked: Pick<SchedulePreview, "found" | "mended"> | undefined;
  readonly checkError: unknown;
  readonly error: unknown;
  readonly isStale: boolean;
  readonly isAsking: boolean;
} {
  // The next full minute: the server shows nothing that is over, and both then begin at the same instant.
  const [start] = useState(() => Math.ceil(serverNow() / MINUTE_MS) * MINUTE_MS);
  const span = { start, end: start + weeks * WEEK_MS };
  const problems = problemsOf(draft);
  // How it is called changes nobody's duty: what is wrong with the name holds nothing up.
  const isNamed = problems.every(({ field }) => field !== "name");
  const isAskable = problems.every(({ field }) => field === "name");
  const data = { ...dataOf(draft), ...(isNamed ? {} : { name }) };
  const wish: Pick<SchedulePreviewRequest, "put" | "remove"> = { put: [{ kind: "rotation", id, data }], remove: [] };
  const wanted = JSON.stringify(wish);
  const [good, setGood] = useState("");
  if (isAskable && wanted !== good) setGood(wanted);
  const asked = useSettled(good);
  const query = useQuery({
    queryKey: ["roster", "preview", asked, weeks],
    queryFn: () => ask(asked, span, false),
    enabled: asked !== "",
    placeholderData: (before) => before,
    retry: false,
  });
  // Twelve months are proved for it, whatever stretch is shown: asked for once the hand rests.
  const rested = useSettled(good, CHECK_AFTER_MS);
  const check = useQuery({
    queryKey: ["roster", "preview", "check", rested],
    queryFn: () => ask(rested, { start, end: start + WEEK_MS }, true),
    enabled: rested !== "" && query.error === null,
    retry: false,
  });
  // A refusal leaves nothing in its place: what was shown before it is kept.
  const [last, setLast] = useState<SchedulePreview>();
  if (query.data !== undefined && query.data !== last) setLast(query.data);
  return {
    span,
    preview: query.data ?? last,
    checked: rested === good ? check.data : undefined,
    checkError: check.error,
    error: query.error,
    isStale: !isAskable || query.error !== null,
    isAsking: isAskable && (asked !== good || query.isFetching),
  };
}

function ask(wish: string, span: Span, findings: boolean): Promise<SchedulePreview> {
  const [from, to] = [span.start, span.end].map((at) => new Date(at).toISOString());
  const { put, remove } = JSON.parse(wish) as Pick<SchedulePreviewRequest, "put" | "remove">;
  const request = { start: from ?? "", end: to ?? "", put, remove, findings } satisfies SchedulePreviewRequest;
  return api.post("/api/v1/schedule/preview", request);
}

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { SchedulePreview, SchedulePreviewRequest } from "../../../../src/http/wire/schedule.ts";
import { api, serverNow } from "../../api/client.ts";
import { useSettled } from "../muting/use-settled.ts";
import type { Span } from "../schedule/shifts-shown.ts";
import { dataOf, problemsOf, type RotationDraft } from "./rotation-draft.ts";

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
  const request: SchedulePreviewRequest = {
    start: new Date(span.start).toISOString(),
    end: new Date(span.end).toISOString(),
    put: [{ kind: "rotation", id, data }],
    remove: [],
  };
  const wanted = JSON.stringify(request);
  const [good, setGood] = useState("");
  if (isAskable && wanted !== good) setGood(wanted);
  const asked = useSettled(good);
  const query = useQuery({
    queryKey: ["roster", "preview", asked],
    queryFn: () => api.post<SchedulePreview>("/api/v1/schedule/preview", JSON.parse(asked)),
    enabled: asked !== "",
    placeholderData: (before) => before,
    retry: false,
  });
  // A refusal leaves nothing in its place: what was shown before it is kept.
  const [last, setLast] = useState<SchedulePreview>();
  if (query.data !== undefined && query.data !== last) setLast(query.data);
  return {
    span,
    preview: query.data ?? last,
    error: query.error,
    isStale: !isAskable || query.error !== null,
    isAsking: isAskable && (asked !== good || query.isFetching),
  };
}

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ShownPreview, ShownRule } from "../../../../src/http/wire/monitors.ts";
import { api } from "../../api/client.ts";
import { useLocale } from "../../words/locale.tsx";
import { useSettled } from "../muting/use-settled.ts";

/** A week is played back for each: asked for once the hand rests. */
const ASK_AFTER_MS = 500;

export type RulePreview = {
  readonly preview: ShownPreview | undefined;
  readonly error: unknown;
  /** What is shown is of an earlier rule: something is to be mended in the one that stands there. */
  readonly isStale: boolean;
  readonly isAsking: boolean;
};

/** What a rule would have done last week. While a field is wrong the last good one stays, and is told to be old. */
export function useRulePreview(rule: ShownRule | undefined): RulePreview {
  const locale = useLocale();
  const wanted = rule === undefined ? "" : JSON.stringify(rule);
  const [good, setGood] = useState(wanted);
  if (wanted !== "" && wanted !== good) setGood(wanted);
  const asked = useSettled(good, ASK_AFTER_MS);
  const query = useQuery({
    queryKey: ["metric", "preview", locale, asked],
    // A question that nobody waits for any more is taken back.
    queryFn: ({ signal }) =>
      api.post<ShownPreview>("/api/v1/monitors/preview", { rule: JSON.parse(asked) as ShownRule }, signal),
    enabled: asked !== "",
    placeholderData: (before) => before,
    retry: false,
    staleTime: 60_000,
  });
  const [last, setLast] = useState<ShownPreview>();
  if (query.data !== undefined && query.data !== last) setLast(query.data);
  return {
    preview: query.data ?? last,
    error: query.error,
    isStale: wanted === "" || query.error !== null,
    isAsking: wanted !== "" && (asked !== good || query.isFetching),
  };
}

import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import type { ShownMonitors } from "../../../../src/http/wire/monitors.ts";
import { api } from "../../api/client.ts";
import { useLocale } from "../../words/locale.tsx";

/** Values change by themselves, which no event tells; a page that nobody looks at asks nothing. */
export const AGAIN_MS = 20_000;

export function useMonitors() {
  const locale = useLocale();
  return useQuery({
    queryKey: ["monitor", "list", locale],
    queryFn: () => api.get<ShownMonitors>("/api/v1/monitors"),
    refetchInterval: AGAIN_MS,
  });
}

/** How severe a grade is by the policy in force: 0 is the most severe. */
export function useGradeRank(): (grade: string) => number {
  const grades = useQuery({
    queryKey: ["policy", "choices"],
    queryFn: () => api.get<{ readonly grades: readonly string[] }>("/api/v1/choices"),
  }).data?.grades;
  return useCallback(
    (grade) => {
      const rank = grades?.indexOf(grade) ?? -1;
      return rank === -1 ? (grades?.length ?? 0) : rank;
    },
    [grades],
  );
}

import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { IncidentOverview, TimelineRow, ToldTimeline } from "../../../../src/http/wire/incident.ts";
import { api } from "../../api/client.ts";
import { useLocale } from "../../words/locale.tsx";

export function useOverview(number: string) {
  return useQuery({
    queryKey: ["incident", Number(number), "overview"],
    queryFn: () => api.get<IncidentOverview>(`/api/v1/incidents/${number}/overview`),
    refetchInterval: 60_000,
  });
}

/** The timeline, of which only what is new is read each time. */
export function useTimeline(number: string) {
  const queries = useQueryClient();
  const locale = useLocale();
  const queryKey = ["incident", Number(number), "told", locale];
  return useQuery({
    queryKey,
    queryFn: async () => {
      const known = queries.getQueryData<readonly TimelineRow[]>(queryKey) ?? [];
      const { rows } = await api.get<ToldTimeline>(`/api/v1/incidents/${number}/told?after=${known.at(-1)?.seq ?? 0}`);
      return rows.length === 0 ? known : [...known, ...rows];
    },
    structuralSharing: false,
  });
}

import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type { IncidentOverview, TimelineRow, ToldTimeline } from "../../../src/http/wire/incident.ts";
import { api } from "./client.ts";

export function overviewQuery(number: number) {
  return queryOptions({
    queryKey: ["incident", number, "overview"],
    queryFn: () => api.get<IncidentOverview>(`/api/v1/incidents/${number}/overview`),
    refetchInterval: 60_000,
  });
}

/** The timeline in one language, of which only what is new is read each time. */
export function timelineQuery(queries: QueryClient, number: number, locale: string) {
  const queryKey = ["incident", number, "told", locale];
  return queryOptions({
    queryKey,
    queryFn: async () => {
      const known = queries.getQueryData<readonly TimelineRow[]>(queryKey) ?? [];
      const { rows } = await api.get<ToldTimeline>(`/api/v1/incidents/${number}/told?after=${known.at(-1)?.seq ?? 0}`);
      return rows.length === 0 ? known : [...known, ...rows];
    },
    structuralSharing: false,
  });
}

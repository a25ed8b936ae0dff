import { useQuery, useQueryClient } from "@tanstack/react-query";
import { overviewQuery, timelineQuery } from "../../api/incident.ts";
import { useLocale } from "../../words/locale.tsx";

export function useOverview(number: string) {
  return useQuery(overviewQuery(Number(number)));
}

export function useTimeline(number: string) {
  return useQuery(timelineQuery(useQueryClient(), Number(number), useLocale()));
}

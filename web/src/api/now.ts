import { queryOptions, useQuery } from "@tanstack/react-query";
import type { NowBoard } from "../../../src/http/wire/now.ts";
import { api } from "./client.ts";

export const nowQuery = queryOptions({
  queryKey: ["incidents", "now"],
  queryFn: () => api.get<NowBoard>("/api/v1/now"),
  refetchInterval: 30_000,
});

/** What is going on: open incidents with what happens next, who is on duty, how Bongsu itself is. */
export function useNowBoard() {
  return useQuery(nowQuery);
}

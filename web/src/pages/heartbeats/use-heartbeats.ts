import { useQuery } from "@tanstack/react-query";
import type { ShownHeartbeat, ShownHeartbeats } from "../../../../src/http/wire/monitors.ts";
import { api } from "../../api/client.ts";

/** Pings tell no open page of themselves; a page that nobody looks at asks nothing. */
const AGAIN_MS = 10_000;
/** Somebody who looks at one waits for its job. */
const ONE_AGAIN_MS = 3_000;

export function useHeartbeats() {
  return useQuery({
    queryKey: ["heartbeat", "list"],
    queryFn: () => api.get<ShownHeartbeats>("/api/v1/heartbeats"),
    refetchInterval: AGAIN_MS,
  });
}

export function useHeartbeat(id: string, everyMs = ONE_AGAIN_MS) {
  return useQuery({
    queryKey: ["heartbeat", "one", id],
    queryFn: () => api.get<ShownHeartbeat>(pathOf(id)),
    refetchInterval: everyMs,
    retry: false,
  });
}

export function pathOf(id: string): string {
  return `/api/v1/heartbeats/${encodeURIComponent(id)}`;
}

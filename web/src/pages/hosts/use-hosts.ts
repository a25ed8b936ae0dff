import { useQueries, useQuery } from "@tanstack/react-query";
import type { ShownHosts, ShownMetrics, ShownMonitor } from "../../../../src/http/wire/monitors.ts";
import { api, serverNow } from "../../api/client.ts";
import { AGAIN_MS } from "../monitors/use-monitors.ts";
import { matcher, matcherText } from "../muting/matchers.ts";

export function useHosts(everyMs = AGAIN_MS) {
  return useQuery({
    queryKey: ["agent", "hosts"],
    queryFn: () => api.get<ShownHosts>("/api/v1/hosts"),
    refetchInterval: everyMs,
  });
}

const LINE_MS = 6 * 3_600_000;
const POINTS = 72;
const LINES_AGAIN_MS = 60_000;

/** The last hours of one host, for each of its monitors: of several series (disks, say) the worst one's. */
export function useHostLines(
  host: string,
  monitors: readonly { readonly monitor: ShownMonitor; readonly labels: Readonly<Record<string, string>> }[],
): Readonly<Record<string, readonly (number | null)[]>> {
  return useQueries({
    queries: monitors.map(({ monitor, labels }) => ({
      queryKey: ["monitor", "host-line", monitor.id, host, labels],
      refetchInterval: LINES_AGAIN_MS,
      queryFn: () => {
        const to = serverNow();
        const asked = new URLSearchParams([
          ["metric", monitor.rule.query.metric],
          ["from", new Date(to - LINE_MS).toISOString()],
          ["to", new Date(to).toISOString()],
          ["points", String(POINTS)],
          ["series", "1"],
          ...Object.entries(labels).map(([name, value]): [string, string] => [
            "match",
            matcherText(matcher(name, value)),
          ]),
        ]);
        return api.get<ShownMetrics>(`/api/v1/metrics/query?${asked.toString()}`);
      },
    })),
    combine: (answers) =>
      Object.fromEntries(
        monitors.map(({ monitor }, nth) => [monitor.id, answers[nth]?.data?.series[0]?.avg ?? []] as const),
      ),
  });
}

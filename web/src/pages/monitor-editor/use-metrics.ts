import { useQuery } from "@tanstack/react-query";
import type { MetricNames, ShownMetrics } from "../../../../src/http/wire/monitors.ts";
import type { MetricQuery } from "../../../../src/monitor/monitor.ts";
import { api } from "../../api/client.ts";
import { useLocale } from "../../words/locale.tsx";
import { matcherText, written } from "../muting/matchers.ts";
import { useSettled } from "../muting/use-settled.ts";

export type KnownMetric = MetricNames["metrics"][number];

/** The metrics that there are to choose from. */
export function useMetricNames() {
  const locale = useLocale();
  return useQuery({
    queryKey: ["metric", "names", locale],
    queryFn: () => api.get<MetricNames>("/api/v1/metrics/names"),
    staleTime: 60_000,
  });
}

export type SeriesThere = {
  /** Undefined while it is being asked. */
  readonly count: number | undefined;
  readonly values: ReadonlyMap<string, readonly string[]>;
};

/** How many series of a metric there are now, and what values their labels have. */
export function useSeriesThere(metric: string, matchers: MetricQuery["matchers"]): SeriesThere {
  const asked = useSettled(
    new URLSearchParams([
      ["metric", metric],
      ["points", "2"],
      ["series", "200"],
      ...written(matchers).map((one) => ["match", matcherText(one)]),
    ]).toString(),
  );
  const query = useQuery({
    queryKey: ["metric", "series", asked],
    queryFn: () => api.get<ShownMetrics>(`/api/v1/metrics/query?${asked}`),
    // What is asked lags a little behind what is chosen.
    enabled: metric !== "" && !asked.startsWith("metric=&"),
    placeholderData: (before) => (before?.metric === metric ? before : undefined),
    // Half a pattern is no pattern: what is being written is refused, and asked again when it is.
    retry: false,
    staleTime: 30_000,
  });
  return { count: query.data?.seriesCount, values: valuesOf(query.data) };
}

function valuesOf(shown: ShownMetrics | undefined): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, Set<string>>();
  for (const { labels } of shown?.series ?? [])
    for (const [name, value] of Object.entries(labels)) values.set(name, (values.get(name) ?? new Set()).add(value));
  return new Map([...values].map(([name, known]) => [name, [...known].sort()]));
}

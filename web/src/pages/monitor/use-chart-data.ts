import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import type { IncidentList, IncidentRow } from "../../../../src/http/wire/incident-list.ts";
import type {
  ShownMark,
  ShownMetrics,
  ShownMonitor,
  ShownSeries,
  ShownUsual,
} from "../../../../src/http/wire/monitors.ts";
import { api, serverNow } from "../../api/client.ts";
import { AGAIN_MS } from "../monitors/use-monitors.ts";
import { matcher, matcherText } from "../muting/matchers.ts";
import { edgesOf, type TimeRange } from "./time-range.ts";

const POINTS = 360;
/** A monitor with more is asked for the hosts or targets that are drawn. */
const ASKED_WHOLE_MAX = 30;
const ANSWERED_MAX = 200;
const DAY_MS = 86_400_000;
const INCIDENTS_MAX = 100;

export function useMonitor(id: string) {
  return useQuery({
    queryKey: ["monitor", "one", id],
    queryFn: () => api.get<ShownMonitor>(`/api/v1/monitors/${encodeURIComponent(id)}`),
    refetchInterval: AGAIN_MS,
  });
}

/** What was measured in the range, of the series that are drawn and perhaps of others. */
export function useHistory(monitor: ShownMonitor, range: TimeRange, drawn: readonly ShownSeries[]) {
  const { metric, matchers } = monitor.rule.query;
  const texts = matchers.map(matcherText);
  if (monitor.seriesCount > ASKED_WHOLE_MAX) texts.push(...placesOf(drawn));
  return useQuery({
    queryKey: ["monitor", "history", metric, texts, range],
    queryFn: () => {
      const { from, to } = edgesOf(range, serverNow());
      const asked = new URLSearchParams([
        ["metric", metric],
        ["from", iso(from)],
        ["to", iso(to)],
        ["points", String(POINTS)],
        ["series", String(ANSWERED_MAX)],
        ...texts.map((text): [string, string] => ["match", text]),
      ]);
      return api.get<ShownMetrics>(`/api/v1/metrics/query?${asked.toString()}`);
    },
    placeholderData: keepPreviousData,
    ...(range.is === "last" ? { refetchInterval: AGAIN_MS } : {}),
  });
}

/** More usual ranges than that hide each other. */
export const USUAL_DRAWN_MAX = 3;

/** What was usual in each hour of the range for each series that is drawn, where they are few. */
export function useUsual(
  monitor: ShownMonitor,
  range: TimeRange,
  drawn: readonly (ShownSeries & { readonly place: number })[],
): readonly { readonly place: number; readonly hours: ShownUsual["hours"] }[] {
  const isAsked = monitor.rule.baseline !== undefined && drawn.length <= USUAL_DRAWN_MAX;
  return useQueries({
    queries: (isAsked ? drawn : []).map(({ key }) => ({
      queryKey: ["monitor", "usual", monitor.id, key, range],
      queryFn: () => {
        const { from, to } = edgesOf(range, serverNow());
        const asked = new URLSearchParams({ series: key, from: iso(from), to: iso(to) });
        return api.get<ShownUsual>(`/api/v1/monitors/${encodeURIComponent(monitor.id)}/usual?${asked.toString()}`);
      },
      placeholderData: keepPreviousData,
      // It is of whole hours.
      staleTime: USUAL_MS,
      ...(range.is === "last" ? { refetchInterval: USUAL_MS } : {}),
    })),
    combine: (answers) =>
      answers.map(({ data }, nth) => ({ place: drawn[nth]?.place ?? nth, hours: data?.hours ?? [] })),
  });
}

const USUAL_MS = 300_000;

/** By the label that says where, so that what is not drawn is not asked for. */
function placesOf(drawn: readonly ShownSeries[]): readonly string[] {
  const name = ["host", "target", "instance"].find((one) => drawn.every(({ labels }) => labels[one] !== undefined));
  if (name === undefined || drawn.length === 0) return [];
  const places = [...new Set(drawn.map(({ labels }) => labels[name] ?? ""))].sort();
  const pattern = places.map((place) => place.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&")).join("|");
  return [matcherText({ ...matcher(name, pattern), isRegex: true })];
}

/** Whatever was wrong in the range, the newest first. */
export function useIncidentsIn(range: TimeRange): readonly IncidentRow[] {
  const query = useQuery({
    queryKey: ["incidents", "within", range],
    queryFn: async () => {
      const { from, to } = edgesOf(range, serverNow());
      const asked = new URLSearchParams({ from: iso(from - DAY_MS), to: iso(to), limit: String(INCIDENTS_MAX) });
      const { incidents } = await api.get<IncidentList>(`/api/v1/incidents?${asked.toString()}`);
      return incidents.filter(
        ({ drill, resolvedAt }) => !drill && (resolvedAt === null || Date.parse(resolvedAt) >= from),
      );
    },
    placeholderData: keepPreviousData,
  });
  return query.data ?? [];
}

export function useMarksIn(range: TimeRange): readonly ShownMark[] {
  const query = useQuery({
    queryKey: ["mark", "within", range],
    queryFn: () => {
      const { from, to } = edgesOf(range, serverNow());
      const asked = new URLSearchParams({ from: iso(from), to: iso(to) });
      return api.get<{ readonly marks: readonly ShownMark[] }>(`/api/v1/marks?${asked.toString()}`);
    },
    placeholderData: keepPreviousData,
  });
  return query.data?.marks ?? [];
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

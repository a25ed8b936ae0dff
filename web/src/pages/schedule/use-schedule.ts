import { type QueryClient, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useSearchParams } from "wouter";
import type { ShownSchedule } from "../../../../src/http/wire/schedule.ts";
import { api, serverNow } from "../../api/client.ts";
import { type Day, dateOf, daysOf, isDate, VIEWS, type View } from "./days.ts";

/** What is looked at, as it stands in the address: a part of the calendar can be sent to somebody as a link. */
export type ScheduleWish = {
  readonly view: View;
  /** A local date in it. */
  readonly on: string;
  /** A team's name; `mine`: the reader's own shifts; empty: everything. */
  readonly show: string;
  readonly layers: boolean;
};

export function useScheduleWish(zone: string): readonly [ScheduleWish, (change: Partial<ScheduleWish>) => void] {
  const [search, setSearch] = useSearchParams();
  const view = VIEWS.find((one) => one === search.get("view")) ?? "weeks";
  const asked = search.get("on");
  const today = dateOf(serverNow(), zone);
  const wish = {
    view,
    on: isDate(asked) ? asked : today,
    show: search.get("show") ?? "",
    layers: search.get("layers") === "yes",
  };
  const change = (changes: Partial<ScheduleWish>): void => {
    const { view: to, on, show, layers } = { ...wish, ...changes };
    const kept = { view: to === "weeks" ? "" : to, on: on === today ? "" : on, show, layers: layers ? "yes" : "" };
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(kept)) {
          if (value === "") after.delete(name);
          else after.set(name, value);
        }
        return after;
      },
      { replace: true },
    );
  };
  return [wish, change];
}

export type LoadedSchedule = { readonly days: readonly Day[]; readonly schedule: ShownSchedule };

/** The final schedule of the days that are looked at. While leafing the days before stay, with what was read of them. */
export function useSchedule({ view, on, layers }: Omit<ScheduleWish, "show">, zone: string, shape: "grid" | "list") {
  const days = useMemo(() => daysOf(view, on, zone, shape), [view, on, zone, shape]);
  const from = new Date(days[0]?.start ?? 0).toISOString();
  const to = new Date(days.at(-1)?.end ?? 0).toISOString();
  return useQuery({
    queryKey: ["roster", "schedule", from, to, layers],
    queryFn: async (): Promise<LoadedSchedule> => ({
      days,
      schedule: await api.get<ShownSchedule>(
        `/api/v1/schedule?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}${layers ? "&layers=yes" : ""}`,
      ),
    }),
    placeholderData: (before) => before,
  });
}

/** What the live stream calls that which the calendar shows. */
export const TOPICS = ["roster", "schedule"];

/** Reads the calendar anew at once; the live stream would say the same a moment later. */
export async function refresh(queries: QueryClient): Promise<void> {
  await Promise.all(TOPICS.map((topic) => queries.invalidateQueries({ queryKey: [topic] })));
}

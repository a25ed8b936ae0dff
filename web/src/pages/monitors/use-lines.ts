import { useQuery } from "@tanstack/react-query";
import type { ShownLines } from "../../../../src/http/wire/monitors.ts";
import { api } from "../../api/client.ts";

export const LINE_HOURS = 6;
const AGAIN_MS = 60_000;

/** The last hours of each monitor's worst series, all in one answer: a page has dozens of them. */
export function useLines(): Readonly<Record<string, readonly (number | null)[]>> {
  const query = useQuery({
    queryKey: ["monitor", "lines"],
    queryFn: () => api.get<ShownLines>(`/api/v1/monitors/lines?hours=${LINE_HOURS}`),
    refetchInterval: AGAIN_MS,
  });
  return query.data?.lines ?? {};
}

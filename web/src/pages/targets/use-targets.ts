import { useQuery } from "@tanstack/react-query";
import type { ShownCollectors, ShownTargets } from "../../../../src/http/wire/monitors.ts";
import { api } from "../../api/client.ts";
import { AGAIN_MS } from "../monitors/use-monitors.ts";

export function useTargets() {
  return useQuery({
    queryKey: ["target", "list"],
    queryFn: () => api.get<ShownTargets>("/api/v1/targets"),
    refetchInterval: AGAIN_MS,
  });
}

export function useCollectors() {
  return useQuery({
    queryKey: ["collectors"],
    queryFn: () => api.get<ShownCollectors>("/api/v1/collectors"),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

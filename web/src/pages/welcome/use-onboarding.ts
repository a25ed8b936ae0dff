import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { OnboardingPut, ShownOnboarding } from "../../../../src/http/wire/onboarding.ts";
import { api } from "../../api/client.ts";
import { useAct } from "../../kit/toast.tsx";

/** Test pages and signals are no changes of settings: they are looked for. */
const LOOK_AGAIN_MS = 2_000;

export function useOnboarding() {
  return useQuery({
    queryKey: ["onboarding"],
    queryFn: () => api.get<ShownOnboarding>("/api/v1/onboarding"),
    refetchInterval: LOOK_AGAIN_MS,
  });
}

/** Keeps what was chosen on the way. */
export function usePutOnboarding(): (change: OnboardingPut, done?: string) => Promise<boolean> {
  const act = useAct();
  const queries = useQueryClient();
  return async (change, done) => {
    const isDone = await act(() => api.put("/api/v1/onboarding", change), done);
    await queries.invalidateQueries({ queryKey: ["onboarding"] });
    await queries.invalidateQueries({ queryKey: ["account", "me"] });
    return isDone;
  };
}

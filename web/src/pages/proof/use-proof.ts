import { useQuery } from "@tanstack/react-query";
import type { LastProof, ShownReachProof } from "../../../../src/http/wire/proof.ts";
import { api } from "../../api/client.ts";

/** The last proof of reach; follows each new one. */
export function useProof() {
  return useQuery({ queryKey: ["proof"], queryFn: () => api.get<LastProof>("/api/v1/proof") });
}

/** How many problems it tells of: troubles of grades that are more than unproven contacts, and teams with gaps. */
export function problemCount({ grades, teams }: ShownReachProof): number {
  const troubles = grades.flatMap((grade) => grade.troubles.filter(({ verdict }) => verdict !== "unverified"));
  return troubles.length + teams.length;
}

import { useQuery } from "@tanstack/react-query";
import type { ShownRoster } from "../../../../src/http/wire/roster.ts";
import { api } from "../../api/client.ts";

/** Who there is; read anew as soon as somebody changes it. */
export function useRoster() {
  return useQuery({ queryKey: ["roster"], queryFn: () => api.get<ShownRoster>("/api/v1/roster") });
}

export function itemPath(kind: string, id: string): string {
  return `/api/v1/roster/${kind}/${encodeURIComponent(id)}`;
}

/** By person, the teams they are in. */
export function teamsOf(roster: ShownRoster): ReadonlyMap<string, readonly { team: string; role: string }[]> {
  const teams = new Map<string, { team: string; role: string }[]>();
  for (const { name, members } of roster.teams)
    for (const { person, role } of members) teams.set(person, [...(teams.get(person) ?? []), { team: name, role }]);
  return teams;
}

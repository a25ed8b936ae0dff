import { useQuery } from "@tanstack/react-query";
import { api } from "./client.ts";

/** Everybody in the roster, id to name: for choosing a person. */
export function useNames(): Readonly<Record<string, string>> {
  const query = useQuery({
    queryKey: ["roster", "names"],
    queryFn: () => api.get<{ readonly people: Readonly<Record<string, string>> }>("/api/v1/people"),
  });
  return query.data?.people ?? {};
}

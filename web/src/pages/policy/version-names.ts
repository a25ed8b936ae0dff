import { useQuery } from "@tanstack/react-query";
import type { PolicyVersions } from "../../../../src/http/wire/policy.ts";
import { api } from "../../api/client.ts";
import { useTimeText } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { words } from "./words.ts";

/** What people call a version: in force, the draft, or when it came into force. */
export function useVersionName(): (id: string) => string {
  const w = useWords(words);
  const time = useTimeText();
  const versions = useQuery({
    queryKey: ["policy", "versions"],
    queryFn: () => api.get<PolicyVersions>("/api/v1/policies"),
  }).data?.policies;
  return (id) => {
    if (id === "draft") return w.diff.draft;
    const version = versions?.find((one) => one.id === id);
    if (version === undefined) return id === "" || id === "current" ? w.inForce : id;
    return version.current ? w.inForce : time(version.activatedAt);
  };
}

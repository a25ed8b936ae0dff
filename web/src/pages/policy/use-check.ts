import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { CheckedPolicy } from "../../../../src/http/wire/policy.ts";
import { api } from "../../api/client.ts";

const PAUSE_MS = 400;

/** What the check finds in a text, asked for when the writer pauses. `checking`: what is shown is of an earlier text. */
export function useCheck(
  text: string,
  file: string,
): { readonly checked: CheckedPolicy | undefined; readonly checking: boolean; readonly error: unknown } {
  const [settled, setSettled] = useState({ text, file });
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ text, file }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, file]);
  const query = useQuery({
    queryKey: ["policy", "check", settled],
    queryFn: () => api.post<CheckedPolicy>("/api/v1/policies/check", settled),
    placeholderData: (before) => before,
    enabled: settled.text.trim() !== "",
    gcTime: 60_000,
  });
  const checking = settled.text !== text || settled.file !== file || query.isPlaceholderData || query.isPending;
  return { checked: query.data, checking, error: query.error };
}

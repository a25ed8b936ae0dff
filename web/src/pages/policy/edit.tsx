import { useQuery } from "@tanstack/react-query";
import type { PolicyDocument, PolicyDraft } from "../../../../src/http/wire/policy.ts";
import { api } from "../../api/client.ts";
import { Loaded, Page } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { PolicyEditor } from "./policy-editor.tsx";
import { words } from "./words.ts";

type Start = { readonly draft: PolicyDraft; readonly current: PolicyDocument };

/** The next policy in the making: the shared draft, or what is in force. */
export function EditPage() {
  const w = useWords(words);
  // Read once: what somebody is writing is never replaced under their hands.
  const query = useQuery({
    queryKey: ["policy-editor"],
    queryFn: async (): Promise<Start> => {
      const [draft, current] = await Promise.all([
        api.get<PolicyDraft>("/api/v1/policies/draft"),
        api.get<PolicyDocument>("/api/v1/policy"),
      ]);
      return { draft, current };
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  return (
    <Page title={w.editPage.title} lead={w.editPage.lead} wide>
      <Loaded query={query}>{({ draft, current }) => <PolicyEditor draft={draft} current={current} />}</Loaded>
    </Page>
  );
}

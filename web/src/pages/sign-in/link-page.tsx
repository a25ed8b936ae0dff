import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { InviteShown } from "../../../../src/http/wire/session.ts";
import { api } from "../../api/client.ts";
import { useMe } from "../../api/me.ts";
import { LinkButton } from "../../kit/button.tsx";
import { Loaded, Notice } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { Insecure } from "./insecure.tsx";
import { Outside } from "./outside.tsx";
import { Refusal } from "./refusal.tsx";
import { words } from "./words.ts";

/** A page behind a one-time link: what the link is for, or why it cannot be used. */
export function LinkPage({
  title,
  children,
}: {
  readonly title: string;
  readonly children: (invite: InviteShown, token: string) => ReactNode;
}) {
  const w = useWords(words);
  const me = useMe();
  const token = location.hash.slice(1);
  const invite = useQuery({
    queryKey: ["account", "invite", token],
    queryFn: () => api.post<InviteShown>("/api/v1/invites/look", { token }),
    enabled: token !== "",
    retry: false,
    // The form must not go away under who fills it in.
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (me.data?.secure === false)
    return (
      <Outside title={title}>
        <Insecure />
      </Outside>
    );
  if (token === "" || invite.error !== null)
    return (
      <Outside title={w.dead}>
        {token === "" ? <Notice tone="bad">{w.noToken}</Notice> : <Refusal error={invite.error} />}
        <LinkButton to="/">{w.toSignIn}</LinkButton>
      </Outside>
    );
  if (invite.data === undefined)
    return (
      <Outside title={title}>
        <Loaded query={invite}>{() => null}</Loaded>
      </Outside>
    );
  return children(invite.data, token);
}

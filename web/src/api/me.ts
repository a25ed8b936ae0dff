import { type QueryClient, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import type { Preferences } from "../../../src/access/account.ts";
import type { Permission } from "../../../src/access/permissions.ts";
import type { Me } from "../../../src/http/wire/session.ts";
import { api, saySignedOut } from "./client.ts";

export type SignedIn = Extract<Me, { signedIn: true }>;

const KEY = ["account", "me"];

export function meQuery(queries: QueryClient) {
  return queryOptions({
    queryKey: KEY,
    queryFn: async () => {
      const before = queries.getQueryData<Me>(KEY);
      const now = await api.get<Me>("/api/v1/me");
      if (now.signedIn || before?.signedIn !== true) return now;
      // Signed out in the middle of work: the page stays with what was being written, and the sign-in comes over it.
      saySignedOut();
      return before;
    },
    staleTime: 60_000,
  });
}

export function useMe() {
  return useQuery(meQuery(useQueryClient()));
}

/** What `useMe` brought, for the many that only look: each query observed costs, and a list has hundreds of them. */
export const MeContext = createContext<Me | undefined>(undefined);

/** Who is signed in; only below the shell, which shows the pages to nobody else. */
export function useSignedIn(): SignedIn {
  const me = useContext(MeContext);
  if (me?.signedIn !== true) throw new Error("nobody is signed in");
  return me;
}

/** Whether the one who is signed in may: the server's own table, for buttons and tooltips. */
export function useMay(permission: Permission): boolean {
  const me = useContext(MeContext);
  return me?.signedIn === true && me.may.includes(permission);
}

/** `null`: as if it had never been set. */
type PreferenceChange = { readonly [K in keyof Preferences]?: Preferences[K] | null };

/** Changes how somebody likes the web UI: shown at once, kept with the account. */
export function useSetPreferences(): (change: PreferenceChange) => Promise<void> {
  const queries = useQueryClient();
  return async (change) => {
    queries.setQueryData<Me>(KEY, (me) =>
      me?.signedIn === true ? { ...me, preferences: withChange(me.preferences, change) } : me,
    );
    await api.patch("/api/v1/me/preferences", change);
  };
}

function withChange(preferences: Preferences, change: PreferenceChange): Preferences {
  const all = Object.entries({ ...preferences, ...change });
  return Object.fromEntries(all.filter(([, value]) => value !== null)) as Preferences;
}

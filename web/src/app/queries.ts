import { QueryClient } from "@tanstack/react-query";
import { Problem } from "../api/client.ts";

/** What was read of the server, for all pages. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The live stream says when something changed; what was read a while ago is read again on coming back to it.
      staleTime: 30_000,
      refetchOnWindowFocus: true,
      retry: (failures, error) =>
        failures < 3 && (!(error instanceof Problem) || error.status === 0 || error.status >= 500),
      retryDelay: (failures) => Math.min(500 * 2 ** failures, 5_000),
    },
  },
});

import type { QueryClient } from "@tanstack/react-query";
import { overviewQuery, timelineQuery } from "./incident.ts";
import { meQuery } from "./me.ts";
import { nowQuery } from "./now.ts";

/**
 * Asks for what the page at an address reads first, before anything is drawn: the answers are there when the page is.
 * Where nobody is signed in they are refusals, which are asked for again once somebody is.
 */
export function askAhead(queries: QueryClient, path: string, locale: string): void {
  void queries.prefetchQuery(meQuery(queries));
  void queries.prefetchQuery(nowQuery);
  const number = Number(/^\/incidents\/(\d{1,9})$/.exec(path)?.[1]);
  if (Number.isNaN(number)) return;
  void queries.prefetchQuery(overviewQuery(number));
  void queries.prefetchQuery(timelineQuery(queries, number, locale));
}

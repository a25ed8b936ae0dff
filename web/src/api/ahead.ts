import type { QueryClient } from "@tanstack/react-query";
import { overviewQuery, timelineQuery } from "./incident.ts";
import { meQuery } from "./me.ts";
import { nowQuery } from "./now.ts";

/** Kept while somebody is signed in on this browser, so that nothing is asked in vain at the sign-in page. */
const SOMEBODY = "bongsu.in";

export function rememberSomebody(isIn: boolean): void {
  if (isIn) localStorage.setItem(SOMEBODY, "yes");
  else localStorage.removeItem(SOMEBODY);
}

/** Asks for what the page at an address reads first, before anything is drawn: the answers are there when the page is. */
export async function askAhead(queries: QueryClient, path: string, locale: string): Promise<void> {
  const asked = [queries.prefetchQuery(meQuery(queries))];
  if (localStorage.getItem(SOMEBODY) !== null) {
    asked.push(queries.prefetchQuery(nowQuery));
    const number = Number(/^\/incidents\/(\d{1,9})$/.exec(path)?.[1]);
    if (!Number.isNaN(number))
      asked.push(
        queries.prefetchQuery(overviewQuery(number)),
        queries.prefetchQuery(timelineQuery(queries, number, locale)),
      );
  }
  await Promise.all(asked);
}

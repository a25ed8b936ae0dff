import { useEffect } from "react";
import { useNowBoard } from "../api/now.ts";
import { showOpenCount } from "../kit/page.tsx";

/** The number of incidents that nobody has taken and that page for themselves, in the browser tab's name and on the app's icon. */
export function OpenCount() {
  const board = useNowBoard().data;
  const count =
    board?.incidents.filter(({ state, pagingHeldBy }) => state === "triggered" && pagingHeldBy === null).length ?? 0;
  useEffect(() => {
    showOpenCount(count);
    const badge = navigator as Partial<Pick<Navigator, "setAppBadge" | "clearAppBadge">>;
    void (count > 0 ? badge.setAppBadge?.(count) : badge.clearAppBadge?.())?.catch(() => {});
  }, [count]);
  return null;
}

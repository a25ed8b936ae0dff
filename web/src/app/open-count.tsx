import { useEffect } from "react";
import { useNowBoard } from "../api/now.ts";
import { showOpenCount } from "../kit/page.tsx";

/** The number of incidents that nobody has taken, in the browser tab's name and on the app's icon. */
export function OpenCount() {
  const board = useNowBoard().data;
  const count = board?.incidents.filter(({ state }) => state === "triggered").length ?? 0;
  useEffect(() => {
    showOpenCount(count);
    const badge = navigator as Partial<Pick<Navigator, "setAppBadge" | "clearAppBadge">>;
    void (count > 0 ? badge.setAppBadge?.(count) : badge.clearAppBadge?.())?.catch(() => {});
  }, [count]);
  return null;
}

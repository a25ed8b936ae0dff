import { useEffect, useState } from "react";
import { serverNow } from "../api/client.ts";

/** The server's time in ms, again every `everyMs`: for countdowns and ages. */
export function useNow(everyMs = 1_000): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

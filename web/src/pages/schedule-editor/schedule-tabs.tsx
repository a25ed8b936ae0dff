import { useLocation } from "wouter";
import { useWords } from "../../words/locale.tsx";
import { Tabs } from "../muting/tabs.tsx";
import { words } from "./words.ts";

/** The calendar, and the rotations that it is made of. */
export function ScheduleTabs() {
  const w = useWords(words);
  const [location] = useLocation();
  return (
    <Tabs
      label={w.tabs}
      tabs={[
        { to: "/schedule", text: w.calendar, isHere: location === "/schedule" },
        { to: "/schedule/rotations", text: w.list, isHere: location === "/schedule/rotations" },
      ]}
    />
  );
}

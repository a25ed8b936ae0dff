import { useLocation } from "wouter";
import { useMay } from "../../api/me.ts";
import { Tabs } from "../../kit/tabs.tsx";
import { useWords } from "../../words/locale.tsx";
import { tabWords } from "./tab-words.ts";

/** The parts of the schedule: the calendar, what it is made of, what it costs, and whether it reaches anybody. */
export function ScheduleTabs() {
  const w = useWords(tabWords);
  const [location] = useLocation();
  const mayEdit = useMay("roster.edit");
  const tabs = [
    { to: "/schedule", text: w.calendar },
    { to: "/schedule/rotations", text: w.rotations },
    ...(mayEdit ? [{ to: "/schedule/rota", text: w.rota }] : []),
    { to: "/schedule/load", text: w.load },
    { to: "/schedule/reach", text: w.reach },
    { to: "/schedule/proof", text: w.proof },
  ];
  return <Tabs label={w.label} tabs={tabs.map((tab) => ({ ...tab, isHere: location === tab.to }))} />;
}

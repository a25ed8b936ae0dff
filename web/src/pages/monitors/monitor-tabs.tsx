import { useLocation } from "wouter";
import { Tabs } from "../../kit/tabs.tsx";
import { useWords } from "../../words/locale.tsx";
import { tabWords } from "./tab-words.ts";

/** The parts of monitoring: what is watched, for which line of the policy, on which hosts, and how it gets here. */
export function MonitorTabs() {
  const w = useWords(tabWords);
  const [location] = useLocation();
  const tabs = [
    { to: "/monitors", text: w.monitors },
    { to: "/monitors/coverage", text: w.coverage },
    { to: "/monitors/hosts", text: w.hosts },
    { to: "/monitors/targets", text: w.targets },
    { to: "/monitors/heartbeats", text: w.heartbeats },
  ];
  // A page of one thing belongs to the list that it is in: the longest path that leads to it.
  const here = tabs.findLast(({ to }) => location === to || location.startsWith(`${to}/`))?.to;
  return <Tabs label={w.label} tabs={tabs.map((tab) => ({ ...tab, isHere: tab.to === here }))} />;
}

import { Tabs } from "../../kit/tabs.tsx";
import { useWords } from "../../words/locale.tsx";
import { words } from "./words.ts";

/** The two things that can be simulated: what has not happened, and what has. */
export function SimulatorTabs({ here }: { readonly here: "supposed" | "past" }) {
  const { tabs } = useWords(words);
  return (
    <Tabs
      label={tabs.name}
      tabs={[
        { to: "/simulate", text: tabs.supposed, isHere: here === "supposed" },
        { to: "/simulate/backtest", text: tabs.past, isHere: here === "past" },
      ]}
    />
  );
}

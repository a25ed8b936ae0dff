import type { WayToWatch } from "../../../../src/monitor/ways-to-watch.ts";
import { useMay } from "../../api/me.ts";
import { LinkButton } from "../../kit/button.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./ways.module.css";
import { words } from "./words.ts";

/** What somebody can do so that an item is watched: each leads to its form with what is known filled in. */
export function Ways({ ways, most = ways.length }: { readonly ways: readonly WayToWatch[]; readonly most?: number }) {
  const w = useWords(words);
  const mayEdit = useMay("monitors.edit");
  const mayActivate = useMay("policy.activate");
  const mayAddAgent = useMay("tokens.edit");
  const open = ways
    .filter(({ by }) => ({ agent: mayAddAgent, policy: mayActivate, target: mayEdit, "turn-on": mayEdit })[by])
    .slice(0, most);
  if (open.length === 0) return null;
  return (
    <p className={styles.ways}>
      {open.map((way, nth) => (
        <LinkButton
          key={addressOf(way)}
          to={addressOf(way)}
          size="small"
          icon={way.by === "turn-on" ? "play" : way.by === "policy" ? "edit" : "add"}
          {...(nth === 0 && most > 1 ? { look: "main" as const } : {})}
        >
          {w.way(way)}
        </LinkButton>
      ))}
    </p>
  );
}

export function addressOf(way: WayToWatch): string {
  switch (way.by) {
    case "agent":
      return "/monitors/hosts?add";
    case "turn-on":
      return `/monitors/${encodeURIComponent(way.monitor)}`;
    case "policy":
      return "/policy/edit";
    case "target":
      return `/monitors/targets?${new URLSearchParams({ add: way.collector, ...way.settings }).toString()}`;
  }
}

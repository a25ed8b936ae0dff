import { lazy, Suspense, useState } from "react";
import { useSearchParams } from "wouter";
import type { ShownTarget } from "../../../../src/http/wire/monitors.ts";
import { useMay } from "../../api/me.ts";
import { Button } from "../../kit/button.tsx";
import { Empty, Loaded, Page, Panel } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { MonitorTabs } from "../monitors/monitor-tabs.tsx";
import { TargetList } from "./target-list.tsx";
import { useTargets } from "./use-targets.ts";
import { words } from "./words.ts";

const TargetDialog = lazy(() => import("./target-dialog.tsx").then(({ TargetDialog }) => ({ default: TargetDialog })));

/** What is measured, from where, and how that goes. */
export function TargetsPage() {
  const w = useWords(words);
  const query = useTargets();
  const mayEdit = useMay("monitors.edit");
  // Other pages lead here to add one, with what they know of it: `/monitors/targets?add=scrape&exporter=dcgm`.
  const [search, setSearch] = useSearchParams();
  const [open, setOpen] = useState<ShownTarget | "new" | undefined>(search.has("add") ? "new" : undefined);
  const close = (): void => {
    setOpen(undefined);
    if (search.has("add")) setSearch({}, { replace: true });
  };
  const add = mayEdit && (
    <Button look="main" icon="add" onPress={() => setOpen("new")}>
      {w.add}
    </Button>
  );
  return (
    <Page title={w.title} lead={w.lead} wide acts={add}>
      <MonitorTabs />
      <Loaded query={query}>
        {({ targets }) => (
          <Panel flush>
            {targets.length === 0 ? (
              <Empty icon="monitor">{w.empty}</Empty>
            ) : (
              <TargetList targets={targets} {...(mayEdit ? { onOpen: setOpen } : {})} />
            )}
          </Panel>
        )}
      </Loaded>
      {open !== undefined && mayEdit && (
        <Suspense>
          <TargetDialog
            target={open === "new" ? undefined : open}
            collector={search.get("add") ?? ""}
            settings={Object.fromEntries([...search].filter(([name]) => name !== "add"))}
            onClose={close}
          />
        </Suspense>
      )}
    </Page>
  );
}

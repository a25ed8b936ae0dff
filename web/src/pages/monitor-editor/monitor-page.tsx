import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useParams, useSearchParams } from "wouter";
import type { ShownMonitors } from "../../../../src/http/wire/monitors.ts";
import { api } from "../../api/client.ts";
import { LinkButton } from "../../kit/button.tsx";
import { Empty, Loaded, Page } from "../../kit/page.tsx";
import { useLocale, useWords } from "../../words/locale.tsx";
import { MonitorTabs } from "../monitors/monitor-tabs.tsx";
import { useMonitors } from "../monitors/use-monitors.ts";
import { MonitorEditor, metricUnit } from "./monitor-editor.tsx";
import { draftOf, newDraft } from "./rule-draft.ts";
import { useMetricNames } from "./use-metrics.ts";
import { words } from "./words.ts";

type Choices = { readonly grades: readonly string[]; readonly services: readonly string[] };

function useChoices() {
  return useQuery({
    queryKey: ["policy", "choices"],
    queryFn: () => api.get<Choices>("/api/v1/choices"),
  });
}

/** A rule that there is. */
export function MonitorEditPage() {
  const w = useWords(words);
  const { id } = useParams<{ id: string }>();
  const monitors = useMonitors();
  const choices = useChoices();
  const title = monitors.data?.monitors.find((one) => one.id === id)?.title ?? id;
  return (
    <Page title={title} lead={w.lead} wide>
      <MonitorTabs />
      <Loaded query={monitors}>
        {(shown) => (
          <Loaded query={choices}>{(known) => <Known key={id} id={id} monitors={shown} choices={known} />}</Loaded>
        )}
      </Loaded>
    </Page>
  );
}

function Known({
  id,
  monitors,
  choices,
}: {
  readonly id: string;
  readonly monitors: ShownMonitors;
  readonly choices: Choices;
}) {
  const w = useWords(words);
  const locale = useLocale();
  const monitor = monitors.monitors.find((one) => one.id === id);
  const [first] = useState(() => monitor && draftOf(monitor.rule, metricUnit(monitor), locale));
  // One that is removed while somebody writes does not take away what they wrote.
  if (first === undefined)
    return (
      <Empty icon="monitor" act={<LinkButton to="/monitors">{w.toList}</LinkButton>}>
        {w.notFound}
      </Empty>
    );
  return <MonitorEditor monitors={monitors} monitor={monitor} first={first} {...choices} />;
}

/** One that is being made; the address may name its metric and the item of the policy. */
export function NewMonitorPage() {
  const w = useWords(words);
  const monitors = useMonitors();
  const choices = useChoices();
  const names = useMetricNames();
  return (
    <Page title={w.newTitle} lead={w.lead} wide>
      <MonitorTabs />
      <Loaded query={monitors}>
        {(shown) => (
          <Loaded query={choices}>
            {(known) => (
              <Loaded query={names}>
                {({ metrics }) => (
                  <Fresh
                    monitors={shown}
                    choices={known}
                    titles={new Map(metrics.map(({ metric, title }) => [metric, title]))}
                  />
                )}
              </Loaded>
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

function Fresh({
  monitors,
  choices,
  titles,
}: {
  readonly monitors: ShownMonitors;
  readonly choices: Choices;
  readonly titles: ReadonlyMap<string, string>;
}) {
  const { form } = useWords(words);
  const locale = useLocale();
  const [search] = useSearchParams();
  const [first] = useState(() => {
    const metric = search.get("metric") ?? "";
    const quantity = search.get("quantity") ?? "";
    return {
      ...newDraft(choices.grades, locale),
      ...(titles.has(metric) ? { metric, title: titles.get(metric) ?? metric } : {}),
      ...(quantity in form.quantities ? { quantity } : {}),
    };
  });
  return <MonitorEditor monitors={monitors} monitor={undefined} first={first} {...choices} />;
}

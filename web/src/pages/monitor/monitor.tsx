import { lazy, Suspense, useState } from "react";
import { useParams, useSearchParams } from "wouter";
import type { ShownMonitor } from "../../../../src/http/wire/monitors.ts";
import { serverNow } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Button, LinkButton } from "../../kit/button.tsx";
import { Loaded, Notice, Page } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { MonitorState } from "../monitors/monitor-state.tsx";
import { MonitorTabs } from "../monitors/monitor-tabs.tsx";
import { namesOf } from "../monitors/monitor-tile.tsx";
import { useGradeRank } from "../monitors/use-monitors.ts";
import { worstFirst } from "../monitors/worst.ts";
import { matcher } from "../muting/matchers.ts";
import { ChartPanel } from "./chart-panel.tsx";
import { RulePanel } from "./rule-panel.tsx";
import { SeriesPanel } from "./series-panel.tsx";
import { readRange, writeRange } from "./time-range.ts";
import { TurnButton } from "./turn-button.tsx";
import { USUAL_DRAWN_MAX, useMonitor } from "./use-chart-data.ts";
import { words } from "./words.ts";

const SilenceDialog = lazy(() =>
  import("../silences/silence-dialog.tsx").then(({ SilenceDialog }) => ({ default: SilenceDialog })),
);

/** So many are drawn before somebody chooses. */
const DRAWN_FIRST = 5;

/** One monitor: what it measured and where its lines are, its rule in words, each of its series. */
export function MonitorPage() {
  const { id } = useParams<{ id: string }>();
  const query = useMonitor(id);
  const w = useWords(words);
  if (query.data !== undefined) return <Monitor key={id} monitor={query.data} />;
  return (
    <Page title={w.chart} wide>
      <MonitorTabs />
      <Loaded query={query}>{() => null}</Loaded>
    </Page>
  );
}

function Monitor({ monitor }: { readonly monitor: ShownMonitor }) {
  const w = useWords(words);
  const gradeRank = useGradeRank();
  const [search, setSearch] = useSearchParams();
  const host = search.get("host") ?? "";
  const wanted = search.getAll("series");
  const series = worstFirst(monitor.series, monitor, gradeRank);
  const [chosen, setChosen] = useState<readonly string[]>();
  const asked = series.filter(
    ({ key, labels }) => wanted.includes(key) || (host !== "" && Object.values(labels).includes(host)),
  );
  const first = asked.length > 0 ? asked : series;
  const most = monitor.rule.baseline === undefined ? DRAWN_FIRST : USUAL_DRAWN_MAX;
  const keys = chosen ?? first.slice(0, Math.max(most, wanted.length)).map(({ key }) => key);
  const drawn = keys.flatMap((key, place) => {
    const one = series.find((of) => of.key === key);
    return one === undefined ? [] : [{ ...one, name: namesOf(one.labels) || w.noName, place }];
  });
  const range = readRange(search, serverNow());
  return (
    <Page title={monitor.title} lead={monitor.item ?? undefined} wide acts={<Acts monitor={monitor} />}>
      <MonitorTabs />
      <p>
        <MonitorState state={monitor.state} grade={monitor.grade} />
      </p>
      {monitor.state === "off" && <Notice tone="warn">{w.isOff}</Notice>}
      <ChartPanel
        monitor={monitor}
        drawn={drawn}
        range={range}
        onRange={(next) =>
          setSearch(
            [
              ...(host === "" ? [] : [["host", host]]),
              ...wanted.map((key) => ["series", key]),
              ...Object.entries(writeRange(next)),
            ],
            { replace: true },
          )
        }
      />
      <RulePanel monitor={monitor} />
      <SeriesPanel
        monitor={monitor}
        series={series}
        drawn={keys}
        // What stays drawn keeps its colour as far as that goes; in the order in which it was ticked.
        onDraw={setChosen}
      />
    </Page>
  );
}

function Acts({ monitor }: { readonly monitor: ShownMonitor }) {
  const w = useWords(words);
  const mayEdit = useMay("monitors.edit");
  const maySilence = useMay("silences.edit");
  const [isMuting, setMuting] = useState(false);
  return (
    <>
      {maySilence && (
        <Button icon="silence" onPress={() => setMuting(true)}>
          {w.mute}
        </Button>
      )}
      {mayEdit && monitor.managedBy === null && <TurnButton monitor={monitor} />}
      {mayEdit && monitor.managedBy === null && (
        <LinkButton to={`/monitors/${encodeURIComponent(monitor.id)}/edit`} icon="edit" look="main">
          {w.edit}
        </LinkButton>
      )}
      {isMuting && (
        <Suspense>
          <SilenceDialog
            draft={{ matchers: [matcher("monitor", monitor.id)], comment: w.muteComment(monitor.title) }}
            onClose={() => setMuting(false)}
          />
        </Suspense>
      )}
    </>
  );
}

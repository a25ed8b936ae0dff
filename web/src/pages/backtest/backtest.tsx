import { useState } from "react";
import { useSearchParams } from "wouter";
import { serverNow } from "../../api/client.ts";
import { Page, ProblemNotice } from "../../kit/page.tsx";
import { useZone } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { SimulatorTabs } from "../simulate/simulator-tabs.tsx";
import { BacktestForm } from "./backtest-form.tsx";
import { BacktestResult } from "./backtest-result.tsx";
import { RunBar } from "./run-bar.tsx";
import { useBacktest } from "./use-backtest.ts";
import { type BacktestWish, requestOf, wishFrom } from "./wish.ts";
import { words } from "./words.ts";

/** What happened, once more: which policy and roster would have woken whom. */
export function BacktestPage() {
  const w = useWords(words);
  const zone = useZone();
  const [search] = useSearchParams();
  const [wish, setWish] = useState<BacktestWish>(() => wishFrom(search));
  const { run, start, stop } = useBacktest();
  const request = requestOf(wish, zone, serverNow());
  return (
    <Page title={w.title} lead={w.lead}>
      <SimulatorTabs here="past" />
      <BacktestForm wish={wish} onChange={(change) => setWish((before) => ({ ...before, ...change }))}>
        <RunBar
          run={run}
          ready={request !== undefined}
          onStart={() => (request === undefined ? undefined : void start(request))}
          onStop={stop}
        />
      </BacktestForm>
      {run.is === "failed" && <ProblemNotice error={run.error} />}
      {run.is === "done" && <BacktestResult report={run.report} />}
    </Page>
  );
}

import { useCallback, useEffect, useRef, useState } from "react";
import type { BacktestLine, BacktestReport, BacktestRequest } from "../../../../src/http/wire/backtest.ts";
import { api, Problem } from "../../api/client.ts";

export type Run =
  | { readonly is: "idle" }
  | { readonly is: "running"; readonly progress: number }
  | { readonly is: "done"; readonly report: BacktestReport }
  | { readonly is: "failed"; readonly error: unknown };

/** One back-test at a time: how far it is, what came of it. Leaving the page stops it. */
export function useBacktest(): {
  readonly run: Run;
  readonly start: (request: BacktestRequest) => Promise<void>;
  readonly stop: () => void;
} {
  const [run, setRun] = useState<Run>({ is: "idle" });
  const underWay = useRef<AbortController>(undefined);
  useEffect(() => () => underWay.current?.abort(), []);

  const start = useCallback(async (request: BacktestRequest) => {
    underWay.current?.abort();
    const mine = new AbortController();
    underWay.current = mine;
    const tell = (next: Run): void => {
      if (underWay.current === mine && !mine.signal.aborted) setRun(next);
    };
    tell({ is: "running", progress: 0 });
    try {
      for await (const line of api.lines<BacktestLine>("/api/v1/backtest", request, mine.signal)) {
        if ("progress" in line) tell({ is: "running", progress: line.progress });
        else if ("report" in line) return tell({ is: "done", report: line.report });
        else throw new Problem(422, line.error.code, line.error.message, line.error.facts);
      }
      throw new Problem(0, "unreachable", "", {});
    } catch (error) {
      tell({ is: "failed", error });
    }
  }, []);
  const stop = useCallback(() => {
    underWay.current?.abort();
    setRun({ is: "idle" });
  }, []);
  return { run, start, stop };
}

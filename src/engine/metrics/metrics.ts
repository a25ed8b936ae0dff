import type { HostSeries } from "../../metric/recent-series.ts";
import type { Labels, Point, Sample, SeriesKey } from "../../metric/sample.ts";
import type { MetricQuery } from "../../monitor/monitor.ts";
import type { Instant, Millis } from "../../time/instant.ts";

/** What was measured in one go, by one host or one target. */
export type SampleBatch = {
  /** Names it for ever: the same batch sent again changes nothing. */
  readonly id: string;
  readonly samples: readonly Sample[];
};

export type AcceptedBatch = {
  readonly taken: number;
  /** Not finite, too old to be kept, too far ahead, or with labels beyond all measure. */
  readonly refused: number;
  readonly because?: string;
};

/** A series and its points, in order of time. */
export type SeriesPoints = { readonly key: SeriesKey; readonly labels: Labels; readonly points: readonly Point[] };

export type Resolution = "sample" | "minute" | "hour";

/** The metric store as the engine sees it: the last minutes in memory, everything else in the store. */
export type Metrics = {
  /** Resolves once the batch is durable; only then may the sender be answered. Fault `store-unavailable`. */
  accept(batch: SampleBatch): Promise<AcceptedBatch>;
  /**
   * The series that match and had a sample in the last hour, with their points since `since`: raw samples as far back as
   * memory goes (`RECENT_MS`), minutes before that (at most an hour).
   */
  recent(query: MetricQuery, since: Instant): readonly SeriesPoints[];
  /** From the store and from memory, at the finest resolution that gives at most `pointsMax` points a series. */
  history(
    query: MetricQuery,
    range: {
      readonly from: Instant;
      readonly to: Instant;
      readonly pointsMax: number;
      readonly seriesMax: number;
      /** Of those that match, these alone. */
      readonly keys?: ReadonlySet<SeriesKey>;
      /** As it was kept, however far apart: not put together as a chart would draw it. */
      readonly asKept?: true;
    },
  ): Promise<{
    readonly resolution: Resolution;
    readonly step: Millis;
    readonly series: readonly SeriesPoints[];
    /** How many match, however many are given. */
    readonly seriesCount: number;
  }>;
  /** Names of metrics that brought something since, with how many series. */
  names(since: Instant): Promise<readonly { readonly metric: string; readonly series: number }[]>;
  /** When samples were refused last because there was no room for another series. */
  fullAt(): Instant | undefined;
  /** Hosts that series of since then are of, as far back as memory goes. */
  hosts(since: Instant): Promise<readonly ({ readonly host: string } & HostSeries)[]>;
};

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { memo, useCallback, useDeferredValue, useMemo, useState } from "react";
import { useSearchParams } from "wouter";
import type { BulkResult, IncidentFacets, IncidentList } from "../../../../src/http/wire/incident-list.ts";
import { api, serverNow } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Button, LinkButton } from "../../kit/button.tsx";
import { Empty, Loaded, Notice, Page } from "../../kit/page.tsx";
import { useZone } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { IncidentFilterBar } from "./filter-bar.tsx";
import { IncidentRows } from "./incident-rows.tsx";
import styles from "./incidents.module.css";
import { isFiltered, type ListFilter, questionOf, readFilter, writeFilter } from "./list-filter.ts";
import { ViewsBar } from "./views-bar.tsx";
import { words } from "./words.ts";

const PART = 100;
/** Drawn anew only when something of it changed: a filter answers its press at once, and the rows follow. */
const Rows = memo(IncidentRows);

/** Every incident: found by words, filtered, saved as views, and acted on many at once. */
export function Incidents() {
  const w = useWords(words);
  const zone = useZone();
  const [search, setSearch] = useSearchParams();
  const filter = useMemo(() => readFilter(search), [search]);
  const setFilter = useCallback(
    (next: ListFilter) => setSearch(new URLSearchParams(writeFilter(next)), { replace: true }),
    [setSearch],
  );
  const facets = useQuery({
    queryKey: ["incidents", "facets"],
    queryFn: () => api.get<IncidentFacets>("/api/v1/incidents/facets"),
    staleTime: 30_000,
  });
  const list = useInfiniteQuery({
    queryKey: ["incidents", "list", writeFilter(filter), zone],
    queryFn: ({ pageParam }) => {
      const place = pageParam === null ? "" : `&before=${pageParam}`;
      return api.get<IncidentList>(`/api/v1/incidents?${questionOf(filter, serverNow(), zone)}&limit=${PART}${place}`);
    },
    initialPageParam: null as number | null,
    getNextPageParam: ({ before }) => before,
    placeholderData: keepPreviousData,
  });
  const rows = useDeferredValue(
    useMemo(() => list.data?.pages.flatMap(({ incidents }) => incidents) ?? [], [list.data]),
  );
  const stale = useDeferredValue(list.isPlaceholderData);
  const total = list.data?.pages[0]?.total ?? undefined;
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [refused, setRefused] = useState<BulkResult["results"]>([]);
  const mayRespond = useMay("incidents.respond");
  // What is no longer shown is not acted on.
  const chosen = useMemo(() => rows.filter(({ number }) => selected.has(number)), [rows, selected]);
  const done = (result: BulkResult): void => {
    setRefused(result.results.filter((one) => !one.done));
    setSelected(new Set());
  };

  return (
    <Page title={w.title} lead={<span aria-live="polite">{total === undefined ? "" : w.lead(total)}</span>} wide>
      <div className={styles.bars}>
        <ViewsBar filter={filter} />
        <IncidentFilterBar filter={filter} facets={facets.data} onChange={setFilter} />
      </div>
      {refused.length > 0 && <Refused results={refused} onClose={() => setRefused([])} />}
      <Loaded query={list}>
        {() =>
          rows.length === 0 ? (
            <div className={styles.panel}>
              {isFiltered(filter) ? (
                <Empty icon="search" act={<LinkButton to="/incidents">{w.clear}</LinkButton>}>
                  {w.noneFound}
                </Empty>
              ) : (
                <Empty icon="check" act={<LinkButton to="/settings/integrations">{w.noneAct}</LinkButton>}>
                  {w.none}
                </Empty>
              )}
            </div>
          ) : (
            <Rows
              rows={rows}
              total={total ?? rows.length}
              stale={stale}
              selected={selected}
              {...(mayRespond ? { onSelect: setSelected } : {})}
              more={list.hasNextPage && !list.isFetchingNextPage ? list.fetchNextPage : undefined}
              isLoading={list.isFetchingNextPage}
            />
          )
        }
      </Loaded>
      {mayRespond && chosen.length > 0 && (
        <BulkBar
          chosen={chosen}
          grades={facets.data?.grades ?? []}
          onDone={done}
          onUnselect={() => setSelected(new Set())}
        />
      )}
    </Page>
  );
}

function Refused({ results, onClose }: { readonly results: BulkResult["results"]; readonly onClose: () => void }) {
  const w = useWords(words);
  const { close } = useWords(shared);
  return (
    <Notice tone="warn">
      <p>{w.notDone(results.length)}</p>
      <ul>
        {results.slice(0, 20).map(({ number, why }) => (
          <li key={number}>{w.inc(number, why ?? "")}</li>
        ))}
      </ul>
      <p>
        <Button size="small" onPress={onClose}>
          {close}
        </Button>
      </p>
    </Notice>
  );
}

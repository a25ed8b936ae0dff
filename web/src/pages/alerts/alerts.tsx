import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useSearchParams } from "wouter";
import type { AlertList, AlertRow } from "../../../../src/http/wire/alerts.ts";
import { api } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Button, LinkButton } from "../../kit/button.tsx";
import { Empty, Loaded, Page } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { fromLabels } from "../muting/matchers.ts";
import type { SilenceDraft } from "../silences/silence-dialog.tsx";
import { AlertFilters } from "./alert-filters.tsx";
import { AlertItem } from "./alert-item.tsx";
import styles from "./alerts.module.css";
import { words } from "./words.ts";

const SilenceDialog = lazy(() =>
  import("../silences/silence-dialog.tsx").then(({ SilenceDialog }) => ({ default: SilenceDialog })),
);
const AlertDialog = lazy(() => import("./alert-dialog.tsx").then(({ AlertDialog }) => ({ default: AlertDialog })));

/** Muting tells no incident, so it is looked at anew by itself. */
const AGAIN_MS = 10_000;
const FIELDS = ["q", "status", "muted", "service", "incident"] as const;

/** What sources have told of, what it became, and what keeps it from becoming an incident. */
export function Alerts() {
  const w = useWords(words);
  const { more } = useWords(shared);
  const [search, setSearch] = useSearchParams();
  const [draft, setDraft] = useState<SilenceDraft>();
  const maySilence = useMay("silences.edit");
  const question = questionOf(search);
  const list = useInfiniteQuery({
    queryKey: ["alerts", "list", question],
    queryFn: ({ pageParam }) =>
      api.get<AlertList>(
        `/api/v1/alerts?${question}${pageParam === null ? "" : `&after=${encodeURIComponent(pageParam)}`}`,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ after }) => after,
    placeholderData: keepPreviousData,
    refetchInterval: AGAIN_MS,
  });
  const isFiltered = FIELDS.some((field) => (search.get(field) ?? "") !== "");
  const set = (change: Readonly<Record<string, string>>): void =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(change)) {
          if (value === "") next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      { replace: !("alert" in change) },
    );
  const silence = ({ labels, title }: Pick<AlertRow, "labels" | "title">): void =>
    setDraft({ ...fromLabels(labels), comment: title.slice(0, 200) });
  const shown = search.get("alert");
  return (
    <Page title={w.title} lead={w.lead} wide>
      <AlertFilters
        search={search}
        services={list.data?.pages[0]?.services ?? []}
        isFiltered={isFiltered}
        onChange={set}
      />
      <Loaded query={list}>
        {({ pages }) => {
          const alerts = pages.flatMap((page) => page.alerts);
          return alerts.length === 0 ? (
            <div className={styles.panel}>
              <Empty
                icon="alerts"
                act={
                  isFiltered ? (
                    <LinkButton to="/alerts">{w.clear}</LinkButton>
                  ) : (
                    <LinkButton to="/settings/integrations">{w.toIntegrations}</LinkButton>
                  )
                }
              >
                {isFiltered ? w.noneFound : w.none}
              </Empty>
            </div>
          ) : (
            <ul className={styles.list}>
              {alerts.map((alert) => (
                <li key={alert.id}>
                  <AlertItem
                    alert={alert}
                    onOpen={() => set({ alert: alert.id })}
                    {...(maySilence ? { onSilence: () => silence(alert) } : {})}
                  />
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
      {list.hasNextPage && (
        <p className={styles.more}>
          <Button onPress={() => list.fetchNextPage()}>{more}</Button>
        </p>
      )}
      <Suspense>
        {shown !== null && shown !== "" && draft === undefined && (
          <AlertDialog id={shown} onClose={() => set({ alert: "" })} {...(maySilence ? { onSilence: silence } : {})} />
        )}
        {draft !== undefined && <SilenceDialog draft={draft} onClose={() => setDraft(undefined)} />}
      </Suspense>
    </Page>
  );
}

/** What is asked for: without a status, what is not over. */
function questionOf(search: URLSearchParams): string {
  const question = new URLSearchParams();
  for (const field of FIELDS) {
    const value = search.get(field) ?? "";
    if (value !== "") question.set(field, value.replace(/[\u3131-\u318e]$/u, ""));
  }
  const status = search.get("status") ?? "";
  if (status === "" && !question.has("incident")) question.set("status", "firing,silent");
  if (status === "all") question.delete("status");
  return question.toString();
}

import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { Link, useSearchParams } from "wouter";
import type { SilenceList, SilenceRow } from "../../../../src/http/wire/alerts.ts";
import { api } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Button, LinkButton } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Empty, Loaded, Page } from "../../kit/page.tsx";
import { Tabs } from "../../kit/tabs.tsx";
import { Time } from "../../kit/time.tsx";
import { useAct } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { MatcherList } from "../muting/matcher-list.tsx";
import type { SilenceDraft } from "./silence-dialog.tsx";
import styles from "./silences.module.css";
import { words } from "./words.ts";

const SilenceDialog = lazy(() =>
  import("./silence-dialog.tsx").then(({ SilenceDialog }) => ({ default: SilenceDialog })),
);

const STATES = ["active", "pending", "expired"] as const;
const AGAIN_MS = 15_000;
const EXPIRED_SHOWN = 100;

/** What is muted by matchers: now, later, and before. */
export function Silences() {
  const w = useWords(words);
  const [search] = useSearchParams();
  const state = STATES.find((one) => one === search.get("state")) ?? "active";
  const mayEdit = useMay("silences.edit");
  const [draft, setDraft] = useState<SilenceDraft>();
  const [ending, setEnding] = useState<SilenceRow>();
  const list = useQuery({
    queryKey: ["silence"],
    queryFn: () => api.get<SilenceList>("/api/v1/silences"),
    refetchInterval: AGAIN_MS,
  });
  const make = mayEdit && (
    <Button look="main" icon="add" onPress={() => setDraft({ matchers: [], comment: "" })}>
      {w.make}
    </Button>
  );
  return (
    <Page title={w.title} lead={w.lead} acts={make}>
      <Loaded query={list}>
        {({ silences }) => {
          const shown = inOrder(silences.filter((one) => one.state === state));
          const count = (one: SilenceRow["state"]): number =>
            silences.filter((silence) => silence.state === one).length;
          return (
            <>
              <Tabs
                label={w.title}
                tabs={STATES.map((one) => ({
                  to: one === "active" ? "/silences" : `/silences?state=${one}`,
                  text: w.states[one],
                  count: count(one),
                  isHere: one === state,
                }))}
              />
              {shown.length === 0 ? (
                <div className={styles.card}>
                  <Empty icon="silence" act={<LinkButton to="/alerts">{w.toAlerts}</LinkButton>}>
                    {w.none[state]} {w.noneNext}
                  </Empty>
                </div>
              ) : (
                <ul className={styles.list}>
                  {shown.map((silence) => (
                    <li key={silence.id}>
                      <Silence
                        silence={silence}
                        {...(mayEdit ? { onDraft: setDraft, onEnd: () => setEnding(silence) } : {})}
                      />
                    </li>
                  ))}
                </ul>
              )}
            </>
          );
        }}
      </Loaded>
      {draft !== undefined && (
        <Suspense>
          <SilenceDialog draft={draft} onClose={() => setDraft(undefined)} />
        </Suspense>
      )}
      {ending !== undefined && <EndDialog silence={ending} onClose={() => setEnding(undefined)} />}
    </Page>
  );
}

/** What ends first stands first; of those that are over, what ended last. */
function inOrder(silences: readonly SilenceRow[]): readonly SilenceRow[] {
  const isOver = silences[0]?.state === "expired";
  const at = ({ endsAt }: SilenceRow): number => Date.parse(endsAt);
  return [...silences].sort((one, other) => (at(one) - at(other)) * (isOver ? -1 : 1)).slice(0, EXPIRED_SHOWN);
}

function Silence({
  silence,
  onDraft,
  onEnd,
}: {
  readonly silence: SilenceRow;
  readonly onDraft?: (draft: SilenceDraft) => void;
  readonly onEnd?: () => void;
}) {
  const w = useWords(words);
  const { edit } = useWords(shared);
  const { matchers, comment, state, muting } = silence;
  return (
    <article className={styles.card}>
      <div className={styles.top}>
        <h2 className={styles.comment}>{comment}</h2>
        {state === "active" && muting > 0 && (
          <Link href="/alerts?muted=silenced" className={styles.muting}>
            <Chip tone="warn" icon="silence">
              {w.muting(muting)}
            </Chip>
          </Link>
        )}
      </div>
      <MatcherList matchers={matchers} />
      <div className={styles.foot}>
        <p className={styles.facts}>
          {state === "pending" && (
            <span>
              {w.startsIn} <Time at={silence.startsAt} />
            </span>
          )}
          <span>
            {state === "expired" ? w.endedAt : w.endsIn} <Time at={silence.endsAt} />
          </span>
          {silence.createdBy !== "" && <span>{w.by(silence.createdBy)}</span>}
        </p>
        {onDraft !== undefined && (
          <div className={styles.acts}>
            {state === "expired" ? (
              <Button icon="copy" onPress={() => onDraft({ matchers, comment })}>
                {w.again}
              </Button>
            ) : (
              <>
                <Button icon="edit" onPress={() => onDraft({ matchers, comment, known: silence })}>
                  {edit}
                </Button>
                <Button icon="cross" onPress={onEnd}>
                  {w.end}
                </Button>
              </>
            )}
          </div>
        )}
      </div>
    </article>
  );
}

function EndDialog({ silence, onClose }: { readonly silence: SilenceRow; readonly onClose: () => void }) {
  const w = useWords(words);
  const { cancel } = useWords(shared);
  const act = useAct();
  const end = async (): Promise<void> => {
    if (await act(() => api.delete(`/api/v1/silences/${silence.id}`), w.ended)) onClose();
  };
  return (
    <Dialog
      title={w.endSure(silence.comment)}
      onClose={onClose}
      acts={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button look="main" onPress={end}>
            {w.end}
          </Button>
        </>
      }
    >
      <p>{w.endHint(silence.muting)}</p>
    </Dialog>
  );
}

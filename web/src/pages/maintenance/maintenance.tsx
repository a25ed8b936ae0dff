import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { Link } from "wouter";
import type { MaintenanceList, MaintenanceRow } from "../../../../src/http/wire/maintenance.ts";
import { api } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Empty, Loaded, Page } from "../../kit/page.tsx";
import { Time } from "../../kit/time.tsx";
import { useAct } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { MatcherList } from "../muting/matcher-list.tsx";
import styles from "./maintenance.module.css";
import { OccurrenceText } from "./occurrence.tsx";
import { useRepeatText } from "./repeat-text.ts";
import { words } from "./words.ts";

const WindowDialog = lazy(() => import("./window-dialog.tsx").then(({ WindowDialog }) => ({ default: WindowDialog })));

const AGAIN_MS = 15_000;

/** Planned work: when it is, and what it keeps from paging. */
export function MaintenancePage() {
  const w = useWords(words);
  const mayEdit = useMay("maintenance.edit");
  /** The window that is written: a known one, or `new`. */
  const [editing, setEditing] = useState<MaintenanceRow | "new">();
  const [removing, setRemoving] = useState<MaintenanceRow>();
  const list = useQuery({
    queryKey: ["maintenance"],
    queryFn: () => api.get<MaintenanceList>("/api/v1/maintenance"),
    refetchInterval: AGAIN_MS,
  });
  const make = mayEdit && (
    <Button look="main" icon="add" onPress={() => setEditing("new")}>
      {w.make}
    </Button>
  );
  return (
    <Page title={w.title} lead={w.lead} acts={list.data?.windows.length === 0 ? undefined : make}>
      <Loaded query={list}>
        {({ windows }) =>
          windows.length === 0 ? (
            <div className={styles.card}>
              <Empty icon="maintenance" act={make}>
                {mayEdit ? w.none : w.noneForViewers}
              </Empty>
            </div>
          ) : (
            <ul className={styles.list}>
              {windows.map((window) => (
                <li key={window.id}>
                  <Window
                    window={window}
                    {...(mayEdit ? { onEdit: () => setEditing(window), onRemove: () => setRemoving(window) } : {})}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {editing !== undefined && (
        <Suspense>
          <WindowDialog
            {...(editing === "new" ? {} : { known: editing })}
            zone={list.data?.zone ?? "Asia/Seoul"}
            onClose={() => setEditing(undefined)}
          />
        </Suspense>
      )}
      {removing !== undefined && <RemoveDialog window={removing} onClose={() => setRemoving(undefined)} />}
    </Page>
  );
}

function Window({
  window,
  onEdit,
  onRemove,
}: {
  readonly window: MaintenanceRow;
  readonly onEdit?: () => void;
  readonly onRemove?: () => void;
}) {
  const w = useWords(words);
  const { edit, remove } = useWords(shared);
  const repeat = useRepeatText();
  const { active, next, services, matchers, muting } = window;
  const ahead = active === null ? next[0] : next[1];
  return (
    <article className={styles.card} data-active={active !== null}>
      <div className={styles.top}>
        <h2 className={styles.title}>{window.title}</h2>
        <p className={styles.marks}>
          {active !== null && (
            <Chip tone="warn" icon="maintenance">
              {w.activeNow}
            </Chip>
          )}
          {next.length === 0 && <Chip>{w.over}</Chip>}
          {muting > 0 && (
            <Link href="/alerts?muted=maintenance" className={styles.muting}>
              {w.muting(muting)}
            </Link>
          )}
        </p>
      </div>
      <p>{repeat(window)}</p>
      {active !== null && (
        <p>
          <strong>{w.endsIn}</strong> <Time at={active.end} />
        </p>
      )}
      {services.length > 0 && (
        <p className={styles.services}>
          <span className={styles.quiet}>{w.services}</span>
          {services.map((service) => (
            <Chip key={service}>{service}</Chip>
          ))}
        </p>
      )}
      {matchers.length > 0 && <MatcherList matchers={matchers} />}
      {ahead !== undefined && (
        <details>
          <summary className={styles.summary}>
            {w.next}: <OccurrenceText occurrence={ahead} zone={window.zone} />
          </summary>
          <ul className={styles.times}>
            {next.map((one) => (
              <li key={one.start}>
                <OccurrenceText occurrence={one} zone={window.zone} />
              </li>
            ))}
          </ul>
        </details>
      )}
      <div className={styles.top}>
        <p className={styles.quiet}>
          {window.createdBy !== "" && w.by(window.createdBy)} <Time at={window.updatedAt} only="relative" />
        </p>
        {onEdit !== undefined && (
          <div className={styles.acts}>
            <Button icon="edit" onPress={onEdit}>
              {edit}
            </Button>
            <Button icon="remove" onPress={onRemove}>
              {remove}
            </Button>
          </div>
        )}
      </div>
    </article>
  );
}

function RemoveDialog({ window, onClose }: { readonly window: MaintenanceRow; readonly onClose: () => void }) {
  const w = useWords(words);
  const { cancel, remove } = useWords(shared);
  const act = useAct();
  const run = async (): Promise<void> => {
    if (await act(() => api.delete(`/api/v1/maintenance/${window.id}`), w.removed)) onClose();
  };
  return (
    <Dialog
      title={w.removeSure(window.title)}
      onClose={onClose}
      acts={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button look="danger" onPress={run}>
            {remove}
          </Button>
        </>
      }
    >
      <p>{w.removeHint(window.muting)}</p>
    </Dialog>
  );
}

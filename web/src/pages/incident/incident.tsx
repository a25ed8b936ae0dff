import { useDeferredValue } from "react";
import { useParams } from "wouter";
import type { IncidentOverview, TimelineRow } from "../../../../src/http/wire/incident.ts";
import { Loaded, Page } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { ActBar } from "./act-bar.tsx";
import { AlertsPanel } from "./alerts-panel.tsx";
import { ChangesPanel } from "./changes-panel.tsx";
import { ChecklistPanel } from "./checklist-panel.tsx";
import { HarderWatchPanel } from "./harder-watch-panel.tsx";
import { HeldPanel } from "./held-panel.tsx";
import styles from "./incident.module.css";
import { IncidentHead } from "./incident-head.tsx";
import { InhibitedPanel } from "./inhibited-panel.tsx";
import { NextPanel } from "./next-panel.tsx";
import { NoteBox } from "./note-box.tsx";
import { RespondersPanel } from "./responders-panel.tsx";
import { TimelinePanel } from "./timeline-panel.tsx";
import { useOverview, useTimeline } from "./use-incident.ts";
import { words } from "./words.ts";

/** One incident on one screen: what it is, what happens next, what happened, who is on it, what is to be done. */
export function IncidentPage() {
  const { number } = useParams<{ number: string }>();
  return <Incident key={number} number={number.replace(/^INC-/i, "")} />;
}

function Incident({ number }: { readonly number: string }) {
  const w = useWords(words);
  const overview = useOverview(number);
  const timeline = useTimeline(number);
  if (overview.data === undefined)
    return (
      <Page title={w.title(number)}>
        <Loaded query={overview}>{() => null}</Loaded>
      </Page>
    );
  return <Shown incident={overview.data} rows={timeline.data ?? []} timeline={timeline} />;
}

function Shown({
  incident,
  rows,
  timeline,
}: {
  readonly incident: IncidentOverview;
  readonly rows: readonly TimelineRow[];
  readonly timeline: ReturnType<typeof useTimeline>;
}) {
  // What it is and what happens next are painted first; the rest follows in the next frame and moves nothing.
  const whole = useDeferredValue(true, false);
  return (
    <div className={styles.page}>
      <IncidentHead incident={incident} acts={<ActBar incident={incident} />} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <NextPanel incident={incident} />
          <NoteBox incident={incident} />
          {whole && <TimelinePanel rows={rows} loading={timeline} policy={incident.policy.id} />}
        </div>
        <div className={styles.column}>
          {whole && (
            <>
              <RespondersPanel incident={incident} rows={rows} />
              <ChecklistPanel incident={incident} rows={rows} />
              <ChangesPanel incident={incident} />
              <HarderWatchPanel watch={incident.harderWatch} />
              <HeldPanel holds={incident.holds} />
              <AlertsPanel incident={incident} />
              <InhibitedPanel inhibited={incident.inhibited} />
            </>
          )}
        </div>
      </div>
    </div>
  );
}

import { type ReactNode, useState } from "react";
import type { SchedulePreview, ShownScheduleFinding, ShownTeamSchedule } from "../../../../src/http/wire/schedule.ts";
import { Icon } from "../../kit/icon.tsx";
import { Chip } from "../../kit/marks.tsx";
import { Notice, Panel, ProblemNotice } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { LEVEL_TONES } from "../policy/finding-text.tsx";
import { PersonDot, useCast } from "../schedule/cast.tsx";
import { type Change, changesBetween, dutyFrom, entriesOf, type Span, spanOf } from "../schedule/shifts-shown.ts";
import { Refused } from "../settings/use-save.tsx";
import editor from "./editor.module.css";
import styles from "./preview-panel.module.css";
import { isZone, type RotationDraft } from "./rotation-draft.ts";
import { Axis, Strip, StripLegend, Strips } from "./strip.tsx";
import { dutyEntries } from "./team-duty.ts";
import { usePreview, WEEKS, type Weeks } from "./use-preview.ts";
import { words } from "./words.ts";
import { useZonedText } from "./zoned-text.ts";

const CHANGES_SHOWN = 8;
const GAPS_SHOWN = 5;
const STRETCHES_SHOWN = 40;
const WEEK_MS = 168 * 3_600_000;

/** What the schedule becomes while the rotation is written: the result first, then what it is made of, then what the check says. */
export function PreviewPanel({
  draft,
  id,
  isDirty,
  names,
}: {
  readonly draft: RotationDraft;
  readonly id: string;
  readonly isDirty: boolean;
  /** The rotations' names by their ids. */
  readonly names: ReadonlyMap<string, string>;
}) {
  const { preview: w, newTitle } = useWords(words);
  const [weeks, setWeeks] = useState<Weeks>(2);
  const { span, preview, checked, checkError, error, isStale, isAsking } = usePreview(draft, {
    id,
    name: names.get(id) ?? newTitle,
    weeks,
  });
  // While it is being written it is no zone, and no time can be told in it.
  const written = draft.zone.trim();
  const [zone, setZone] = useState(() => (isZone(written) ? written : "UTC"));
  if (written !== zone && isZone(written)) setZone(written);
  const shown = new Map([...names, [id, draft.name.trim() === "" ? newTitle : draft.name]]);
  return (
    <Panel
      title={w.title}
      acts={
        <div className={editor.choices} role="radiogroup" aria-label={w.span}>
          {WEEKS.map((one) => (
            <label key={one} className={editor.choice}>
              <input type="radio" name="weeks" checked={weeks === one} onChange={() => setWeeks(one)} />
              {w.weeks[one]}
            </label>
          ))}
        </div>
      }
    >
      <div className={styles.panel} aria-busy={isAsking}>
        <p className={styles.quiet}>
          {isDirty ? w.lead : w.asIs} {w.zone(zone)}
        </p>
        {error !== null && error !== undefined && <Refused error={error} />}
        {isStale && preview !== undefined && <Notice tone="warn">{w.stale}</Notice>}
        {preview === undefined ? (
          <p className={styles.quiet} role="status">
            {isAsking ? w.asking : w.waiting}
          </p>
        ) : (
          <Shown {...{ preview, checked, checkError, span, isStale }} names={shown} zone={zone} />
        )}
      </div>
    </Panel>
  );
}

function Shown({
  preview,
  checked,
  checkError,
  span,
  names,
  zone,
  isStale,
}: {
  readonly preview: SchedulePreview;
  readonly checked: Pick<SchedulePreview, "found" | "mended"> | undefined;
  readonly checkError: unknown;
  readonly span: Span;
  readonly names: ReadonlyMap<string, string>;
  readonly zone: string;
  readonly isStale: boolean;
}) {
  const { preview: w } = useWords(words);
  const teams = [...new Set([...preview.after, ...preview.before].map(({ name }) => name))];
  return (
    <>
      {teams.length === 0 && <p className={styles.quiet}>{w.noTeam}</p>}
      {teams.map((name) => (
        <TeamPreview
          key={name}
          before={preview.before.find((team) => team.name === name)}
          after={preview.after.find((team) => team.name === name)}
          {...{ span, names, zone, isStale }}
        />
      ))}
      {teams.length > 0 && <StripLegend />}
      {!isStale && <Checked checked={checked} error={checkError} />}
    </>
  );
}

/** What check says, which takes longer than to work out the schedule. */
function Checked({
  checked,
  error,
}: {
  readonly checked: Pick<SchedulePreview, "found" | "mended"> | undefined;
  readonly error: unknown;
}) {
  const { preview: w } = useWords(words);
  if (checked === undefined && error !== null) return <ProblemNotice error={error} />;
  if (checked === undefined)
    return (
      <p className={styles.quiet} role="status">
        {w.checking}
      </p>
    );
  const { found, mended } = checked;
  return (
    <>
      <Findings title={w.found} findings={found} icon="warn" />
      <Findings title={w.mended} findings={mended} icon="check" />
      {found.length + mended.length === 0 && <p className={styles.quiet}>{w.nothing}</p>}
    </>
  );
}

function TeamPreview({
  before,
  after,
  span,
  names,
  zone,
  isStale,
}: {
  readonly before: ShownTeamSchedule | undefined;
  readonly after: ShownTeamSchedule | undefined;
  readonly span: Span;
  readonly names: ReadonlyMap<string, string>;
  readonly zone: string;
  readonly isStale: boolean;
}) {
  const { preview: w } = useWords(words);
  const team = after ?? before;
  if (team === undefined) return null;
  const was = before === undefined ? [] : dutyEntries(before, span);
  const is = dutyEntries(team, span);
  const changes = before === undefined ? [] : changesBetween(was, is, span);
  const gaps = team.gaps.map(spanOf);
  const bands = bandsOf(span);
  return (
    <section className={styles.team} data-stale={isStale} aria-label={team.name}>
      <h3>{team.name}</h3>
      <Strips>
        {bands.map((band) => (
          <div key={band.start} className={styles.band}>
            <Axis whole={band} zone={zone} />
            <Strip name={w.result} whole={band} zone={zone} entries={is} gaps={gaps} changes={changes} isMain />
            {changes.length > 0 && before !== undefined && (
              <Strip name={w.before} whole={band} zone={zone} entries={was} gaps={before.gaps.map(spanOf)} />
            )}
            {layersOf(team).map((rotation) => (
              <Strip
                key={rotation}
                name={names.get(rotation) ?? rotation}
                whole={band}
                zone={zone}
                entries={entriesOf(team).filter(({ shift }) => shift.rotation === rotation)}
              />
            ))}
          </div>
        ))}
      </Strips>
      <Cast people={[...was, ...is].flatMap(({ shift }) => shift.people)} />
      <Gaps gaps={gaps} zone={zone} />
      <Changes changes={changes} before={before} after={team} zone={zone} />
      <details>
        <summary className={styles.summary}>{w.upcoming}</summary>
        <InWords {...{ team, span, zone }} />
      </details>
    </section>
  );
}

/** Where a team has one rotation alone, what it is made of is the result. */
function layersOf({ rotations }: ShownTeamSchedule): readonly string[] {
  return rotations.length > 1 ? rotations : [];
}

/** Two weeks are two lines, twelve are three: the turns of a day keep a width that can be seen. */
function bandsOf({ start, end }: Span): readonly Span[] {
  const count = end - start > 3 * WEEK_MS ? 3 : 2;
  const length = (end - start) / count;
  return Array.from({ length: count }, (_, nth) => ({ start: start + nth * length, end: start + (nth + 1) * length }));
}

/** Whose the colours are. */
function Cast({ people }: { readonly people: readonly string[] }) {
  const { of } = useCast();
  return (
    <p className={styles.cast} aria-hidden="true">
      {[...new Set(people)].map((id) => (
        <span key={id}>
          <PersonDot id={id} /> {of(id).name}
        </span>
      ))}
    </p>
  );
}

function Gaps({ gaps, zone }: { readonly gaps: readonly Span[]; readonly zone: string }) {
  const { preview: w } = useWords(words);
  const text = useZonedText(zone);
  if (gaps.length === 0)
    return (
      <p className={styles.good} role="status">
        {w.noGaps}
      </p>
    );
  return (
    <div className={styles.list} role="status">
      <strong className={styles.bad}>{w.gaps(gaps.length)}</strong>
      <ul className={styles.list}>
        {gaps.slice(0, GAPS_SHOWN).map((gap) => (
          <li key={gap.start} className={styles.bad}>
            {text.span(gap)}
          </li>
        ))}
        {gaps.length > GAPS_SHOWN && <li className={styles.quiet}>{w.more(gaps.length - GAPS_SHOWN)}</li>}
      </ul>
    </div>
  );
}

function Changes({
  changes,
  before,
  after,
  zone,
}: {
  readonly changes: readonly Change[];
  readonly before: ShownTeamSchedule | undefined;
  readonly after: ShownTeamSchedule;
  readonly zone: string;
}) {
  const { preview: w } = useWords(words);
  const { names } = useCast();
  const text = useZonedText(zone);
  const who = useWho();
  if (changes.length === 0) return <p className={styles.quiet}>{w.same}</p>;
  const takesTurns = before?.takesTurns === true && after.takesTurns;
  // Of several on duty together only those are named first whom it concerns.
  const stays = ({ before: was, after: is }: Change): readonly string[] =>
    takesTurns ? was.filter((id) => is.includes(id)) : [];
  const told = (change: Change): string => {
    const same = stays(change);
    const [goes, comes] = [change.before, change.after].map((ids) => ids.filter((id) => !same.includes(id)));
    if (same.length > 0 && goes?.length === 0) return w.joins(names(comes ?? []));
    if (same.length > 0 && comes?.length === 0) return w.leaves(names(goes ?? []));
    return w.arrow(who(goes ?? [], before), who(comes ?? [], after));
  };
  const beside = (change: Change): string => {
    const same = stays(change);
    return same.length === 0 ? "" : w.beside(names(same));
  };
  const line = (change: Change): ReactNode => (
    <li key={change.start}>
      <span className={styles.when}>{text.span(change)}</span>{" "}
      <strong className={change.after.length === 0 ? styles.bad : undefined}>{told(change)}</strong>{" "}
      <span className={styles.when}>{beside(change)}</span>
    </li>
  );
  return (
    <div className={styles.list}>
      <strong>{w.changes(changes.length)}</strong>
      <ul className={styles.list}>{changes.slice(0, CHANGES_SHOWN).map(line)}</ul>
      {changes.length > CHANGES_SHOWN && (
        <details>
          <summary className={styles.summary}>{w.more(changes.length - CHANGES_SHOWN)}</summary>
          <ul className={styles.list}>{changes.slice(CHANGES_SHOWN).map(line)}</ul>
        </details>
      )}
    </div>
  );
}

/** Who is on duty, by name; the members of a team that takes no turns are everybody. */
function useWho(): (people: readonly string[], team: ShownTeamSchedule | undefined) => string {
  const { preview: w, nobody } = useWords(words);
  const { names } = useCast();
  return (people, team) => {
    if (people.length === 0) return nobody;
    const isEverybody = team?.takesTurns === false && people.length > 1;
    return isEverybody ? w.everybody(names(people)) : names(people);
  };
}

function InWords({
  team,
  span,
  zone,
}: {
  readonly team: ShownTeamSchedule;
  readonly span: Span;
  readonly zone: string;
}) {
  const text = useZonedText(zone);
  const who = useWho();
  return (
    <ul className={styles.list}>
      {dutyFrom(dutyEntries(team, span), span.start, STRETCHES_SHOWN).map((stretch) => (
        <li key={stretch.start} className={stretch.people.length === 0 ? styles.bad : undefined}>
          <span className={styles.when}>{text.span(stretch)}</span> {who(stretch.people, team)}
        </li>
      ))}
    </ul>
  );
}

function Findings({
  title,
  findings,
  icon,
}: {
  readonly title: string;
  readonly findings: readonly ShownScheduleFinding[];
  readonly icon: "warn" | "check";
}) {
  const { preview: w } = useWords(words);
  if (findings.length === 0) return null;
  return (
    <section className={styles.list} aria-label={title}>
      <strong className={icon === "warn" ? styles.bad : styles.good}>
        <Icon name={icon} size={16} /> {title}
      </strong>
      <ul className={styles.list}>
        {findings.map(({ level, code, message, why, mend }) => (
          <li key={`${code} ${message}`} className={styles.finding}>
            <p>
              {icon === "warn" && <Chip tone={LEVEL_TONES[level]}>{w.levels[level]}</Chip>} {message}
            </p>
            {icon === "warn" && (
              <>
                <p className={styles.quiet}>{why}</p>
                <details>
                  <summary className={styles.summary}>{w.mend}</summary>
                  <pre>{mend}</pre>
                </details>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

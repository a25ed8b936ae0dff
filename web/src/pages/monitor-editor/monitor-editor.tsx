import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useLocation } from "wouter";
import type { ShownMonitor, ShownMonitors, ShownRule } from "../../../../src/http/wire/monitors.ts";
import type { Unit } from "../../../../src/metric/metric.ts";
import { api, Problem } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Notice } from "../../kit/page.tsx";
import { useLocale, useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { useLeaving } from "../schedule-editor/use-kept-draft.ts";
import { useSave } from "../settings/use-save.tsx";
import { AboutFields } from "./about-fields.tsx";
import { BaselineFields } from "./baseline-fields.tsx";
import styles from "./editor.module.css";
import { ExceptionFields } from "./exception-fields.tsx";
import type { FieldsProps } from "./fields.ts";
import { LineList } from "./line-fields.tsx";
import { type Lost, lostBy } from "./lost-by.ts";
import { LostDialog, LostText } from "./lost-dialog.tsx";
import { MissingFields } from "./missing-fields.tsx";
import { Problems } from "./parts.tsx";
import { PREVIEW, PreviewBrief, PreviewPanel } from "./preview-panel.tsx";
import { draftOf, isSameDraft, problemsOf, type RuleDraft, ruleOf } from "./rule-draft.ts";
import { SubjectFields } from "./subject-fields.tsx";
import { useMetricNames } from "./use-metrics.ts";
import { useRulePreview } from "./use-rule-preview.ts";
import { words } from "./words.ts";
import { unitOfMeasure, unitOfMetric } from "./written-value.ts";

const TOPICS = ["monitor"];
/** As the server has it (`src/monitor/names.ts`), with room for a number. */
const ID_LENGTH_MAX = 55;

/** One rule, written as a sentence on the left, and what it would have done last week on the right. */
export function MonitorEditor({
  monitors,
  monitor: current,
  first,
  grades,
  services,
}: {
  readonly monitors: ShownMonitors;
  /** As it holds now; undefined for a new one. */
  readonly monitor: ShownMonitor | undefined;
  /** What the form begins as. */
  readonly first: RuleDraft;
  /** Most severe first. */
  readonly grades: readonly string[];
  readonly services: readonly string[];
}) {
  const w = useWords(words);
  const [, navigate] = useLocation();
  const mayEdit = useMay("monitors.edit");
  const names = useMetricNames();
  const locale = useLocale();
  // As it held when the form began: what others do to it meanwhile does not take away what is being written.
  const [monitor, setMonitor] = useState(current);
  const [base, setBase] = useState(first);
  const [draft, setDraft] = useState(first);
  const [tried, setTried] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const [lost, setLost] = useState<readonly Lost[]>([]);
  const { save, problem: refused, question } = useSave(TOPICS);
  const seen = useSeen();
  const form = useId();

  const isFixed = !mayEdit || (monitor?.managedBy ?? null) !== null;
  const isOvertaken = !isSaving && current !== undefined && isOther(current, monitor);
  const isDirty = !isFixed && !isSameDraft(draft, base);
  const leaving = useLeaving(isDirty && !isSaving);
  const unit: Unit =
    names.data?.metrics.find(({ metric }) => metric === draft.metric)?.unit ??
    (draft.metric === monitor?.rule.query.metric ? metricUnit(monitor) : "count");
  const problems = problemsOf(draft, unit);
  const rule = ruleOf(draft, unit);
  const id = monitor?.id ?? idFor(draft.metric, monitors);
  // How it is called changes nothing of what it would have done: an empty name holds nothing up.
  const asked = ruleOf(draft.title.trim() === "" ? { ...draft, title: draft.metric } : draft, unit);
  const preview = useRulePreview(asked && { ...ownOf(asked), enabled: true, id: id as ShownRule["id"] });
  const isDemanded =
    draft.baseline?.demanded !== undefined || draft.lines.some(({ demanded }) => demanded !== undefined);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (rule === undefined) return focusFirstProblem(form);
    const gone = monitor === undefined ? [] : lostBy(monitor.rule, rule, { monitors, grades });
    if (gone.length > 0) setLost(gone);
    else void put(rule);
  };
  const put = async (wanted: Omit<ShownRule, "id">): Promise<void> => {
    setLost([]);
    setSaving(true);
    const body = { ...ownOf(wanted), revision: monitor?.revision ?? null };
    const isDone = await save(() => seen(api.put(pathOf(id), body)), w.done);
    setSaving(false);
    if (!isDone) return;
    setBase(draft);
    setTried(false);
    navigate(`/monitors/${encodeURIComponent(id)}`);
  };

  const fields: FieldsProps = {
    draft,
    onChange: (change) => setDraft((before) => ({ ...before, ...change })),
    isFixed,
    unit,
    grades,
    problem(field, key) {
      const found = problems.find((one) => one.field === field && (key === undefined || one.key === key));
      // An empty field is no mistake yet.
      if (found === undefined || (!tried && found.is === "missing")) return undefined;
      return found.is === "value"
        ? w.valueProblem[unitOfMeasure(unit, draft.form)]
        : w.problems[`${field}: ${found.is}`];
    },
  };
  return (
    <>
      {monitor?.managedBy != null && <Notice tone="info">{w.managed(monitor.managedBy)}</Notice>}
      {isOvertaken && (
        <Notice tone="bad">
          <p>{w.overtaken}</p>
          <p>{w.theirs(current.words)}</p>
          <p className={styles.add}>
            <Button size="small" onPress={() => setMonitor(current)}>
              {w.keepMine}
            </Button>
            <Button
              size="small"
              onPress={() => {
                const theirs = draftOf(current.rule, metricUnit(current), locale);
                setMonitor(current);
                setBase(theirs);
                setDraft(theirs);
              }}
            >
              {w.takeTheirs}
            </Button>
          </p>
        </Notice>
      )}
      {!mayEdit && <Notice tone="info">{w.mayNotEdit}</Notice>}
      {!isFixed && monitor?.from === "default" && <Notice tone="info">{w.isDefault}</Notice>}
      {preview.preview !== undefined && (
        <section className={styles.said} aria-label={w.said}>
          <p>{preview.preview.words}</p>
          {preview.isStale && <p className={styles.quiet}>{w.saidOld}</p>}
        </section>
      )}
      {preview.preview !== undefined && (
        <a className={styles.brief} href={`#${PREVIEW}`}>
          <PreviewBrief preview={preview.preview} />
        </a>
      )}
      <div className={styles.page}>
        <form id={form} className={styles.form} onSubmit={submit} noValidate>
          <fieldset className={styles.all} disabled={isFixed}>
            <fieldset className={styles.group}>
              <legend>{w.form.rule}</legend>
              <SubjectFields
                {...fields}
                onMetric={({ metric, title }) => {
                  const wasNamed = names.data?.metrics.find((one) => one.metric === draft.metric)?.title ?? "";
                  const isOurs = draft.title.trim() === "" || draft.title === wasNamed;
                  fields.onChange({ metric, matchers: [], ...(isOurs ? { title } : {}) });
                }}
              />
              <LineList
                lines={draft.lines}
                onLines={(lines) => fields.onChange({ lines })}
                problem={fields.problem}
                form={draft.form}
                {...{ isFixed, unit, grades }}
              />
              <BaselineFields {...fields} />
              <Problems id={`${form}-lines`} texts={[fields.problem("lines")]} />
            </fieldset>
            <MissingFields {...fields} />
            <ExceptionFields {...fields} />
            <AboutFields {...fields} services={services} isDemanded={isDemanded} />
          </fieldset>
          {refused}
          {!isFixed && (
            <div className={styles.acts}>
              {monitor?.from === "people" ? (
                <RemoveOrRevert
                  monitor={monitor}
                  lost={lostBy(monitor.rule, undefined, { monitors, grades })}
                  onDone={(isGone) => navigate(isGone ? "/monitors" : `/monitors/${encodeURIComponent(id)}`)}
                />
              ) : (
                <span />
              )}
              {tried && problems.length > 0 && <span className={styles.problem}>{w.fix(problems.length)}</span>}
              {isDirty && monitor !== undefined && <Button onPress={() => setDraft(base)}>{w.revert}</Button>}
              <Button
                look="main"
                type="submit"
                disabled={(!isDirty && monitor !== undefined) || isOvertaken || isSaving}
              >
                {monitor === undefined ? w.create : w.save}
              </Button>
            </div>
          )}
        </form>
        <div className={styles.preview}>
          <PreviewPanel
            shown={preview}
            rule={asked}
            saved={isDirty && monitor !== undefined ? ownOf(monitor.rule) : undefined}
            unit={unitOfMeasure(unit, draft.form)}
            grades={grades}
            isOff={!draft.enabled}
          />
        </div>
      </div>
      {question}
      {lost.length > 0 && rule !== undefined && (
        <LostDialog lost={lost} onStay={() => setLost([])} onSave={() => put(rule)} />
      )}
      {leaving.to !== undefined && (
        <Dialog
          title={w.leave.title}
          onClose={leaving.stay}
          acts={
            <>
              <Button onPress={leaving.stay}>{w.leave.stay}</Button>
              <Button look="main" onPress={() => navigate(leaving.to ?? "/")}>
                {w.leave.go}
              </Button>
            </>
          }
        >
          <p>{w.leave.text}</p>
        </Dialog>
      )}
    </>
  );
}

/** Takes people's rule away: where it stood in the place of one of Bongsu's, that comes back. */
function RemoveOrRevert({
  monitor,
  lost,
  onDone,
}: {
  readonly monitor: ShownMonitor;
  readonly lost: readonly Lost[];
  readonly onDone: (isGone: boolean) => void;
}) {
  const w = useWords(words);
  const { cancel } = useWords(shared);
  const [isAsking, setAsking] = useState(false);
  const { save, problem, question } = useSave(TOPICS);
  const seen = useSeen();
  const { replacesDefault: isRevert, title } = monitor;
  const run = async (): Promise<void> => {
    const done = isRevert ? w.toDefaultDone : w.removed;
    const remove = () => seen(api.delete(pathOf(monitor.id), { revision: monitor.revision }));
    if (await save(remove, done)) onDone(!isRevert);
  };
  const name = isRevert ? w.toDefault : w.remove;
  return (
    <>
      <Button look={isRevert ? "plain" : "danger"} icon={isRevert ? "swap" : "remove"} onPress={() => setAsking(true)}>
        {name}
      </Button>
      {isAsking && (
        <Dialog
          title={name}
          onClose={() => setAsking(false)}
          acts={
            <>
              <Button onPress={() => setAsking(false)}>{cancel}</Button>
              <Button look="danger" onPress={run}>
                {name}
              </Button>
            </>
          }
        >
          <p>{isRevert ? w.toDefaultAsk : w.removeAsk(title)}</p>
          {!isRevert && lost.map((one) => <LostText key={one.is} lost={one} />)}
          {problem}
          {question}
        </Dialog>
      )}
    </>
  );
}

/** What somebody else was quicker to change is read anew, so that the form can show it. */
function useSeen(): <T>(change: Promise<T>) => Promise<T> {
  const queries = useQueryClient();
  return (change) =>
    change.catch(async (error: unknown) => {
      if (error instanceof Problem && error.code === "changed-meanwhile")
        await queries.invalidateQueries({ queryKey: ["monitor"] });
      throw error;
    });
}

/** Whether it is another than the one that was seen: changed, or stored anew with the same words. */
function isOther(current: ShownMonitor, seen: ShownMonitor | undefined): boolean {
  return current.revision !== seen?.revision || JSON.stringify(current.rule) !== JSON.stringify(seen.rule);
}

/** What the metric of a monitor is measured in. */
export function metricUnit({ unit, rule }: ShownMonitor): Unit {
  return unitOfMetric(unit as Unit, rule.measure.form);
}

function pathOf(id: string): string {
  return `/api/v1/monitors/${encodeURIComponent(id)}`;
}

/** Its metric's name as addresses have it, and a number where that is taken. */
function idFor(metric: string, { monitors }: ShownMonitors): string {
  const plain = metric
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "-")
    .replace(/^-|-$/gu, "")
    .slice(0, ID_LENGTH_MAX);
  const name = plain === "" ? "new" : plain;
  const taken = new Set(monitors.map(({ id }) => id));
  for (let nth = 1; ; nth++) {
    const id = nth === 1 ? name : `${name}-${nth}`;
    if (!taken.has(id)) return id;
  }
}

/** What the document demands is not people's to keep: the server puts it in again. */
function ownOf<R extends Omit<ShownRule, "id">>({ baseline, ...rule }: R): Omit<R, "baseline"> {
  return {
    ...rule,
    thresholds: rule.thresholds.filter(({ clause }) => clause === undefined),
    ...(baseline === undefined || baseline.clause !== undefined ? {} : { baseline }),
  };
}

function focusFirstProblem(form: string): void {
  requestAnimationFrame(() =>
    document.getElementById(form)?.querySelector<HTMLElement>('[aria-invalid="true"], [data-wrong="true"]')?.focus(),
  );
}

import { useEffect, useRef, useState } from "react";
import type { ShownCollector, ShownCollectorField } from "../../../../src/http/wire/monitors.ts";
import { Field, Tick } from "../../kit/field.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { useHosts } from "../hosts/use-hosts.ts";
import { SecretField } from "../settings/secret-field.tsx";
import type { DraftSecret } from "../settings/secret-value.ts";
import { type DraftProblems, memberOf, type TargetDraft } from "./target-draft.ts";
import styles from "./targets.module.css";
import { words } from "./words.ts";

/** Settings that most people never touch: folded, so that the few that matter are seen. */
const RARE = new Set([
  "timeout",
  "insecure",
  "bearer",
  "method",
  "body",
  "redirects",
  "expect.body_contains",
  "tenant",
  "socket",
  "replica",
  "data_directory",
  "extra_port",
  "keep",
  "drop",
  "exclude_mounts",
  "exclude_interfaces",
  "remote",
  "command",
  "tool",
]);
/** In the order in which people know them. */
const FIRST = ["url", "host", "port", "user", "password"];

function placeOf(name: string): number {
  const place = FIRST.indexOf(name);
  return place < 0 ? FIRST.length : place;
}

type Change = (draft: TargetDraft) => void;

/** What every target has, and the fields of its collector. */
export function TargetFields({
  draft,
  collectors,
  stored,
  isNew,
  isFixed,
  problems,
  onCollector,
  onChange,
}: {
  readonly draft: TargetDraft;
  readonly collectors: readonly ShownCollector[];
  readonly stored: Readonly<Record<string, unknown>>;
  readonly isNew: boolean;
  readonly isFixed: boolean;
  readonly problems: DraftProblems;
  readonly onCollector: (kind: string) => void;
  readonly onChange: Change;
}) {
  const w = useWords(words);
  const hosts = useHosts().data?.hosts.filter(({ kind }) => kind === "agent") ?? [];
  const agents = [...new Set([...hosts.map(({ host }) => host), ...(draft.agent === "" ? [] : [draft.agent])])];
  const fields = collectors.find(({ kind }) => kind === draft.collector)?.fields ?? [];
  const alone = fields.filter(({ oneOf }) => oneOf === null);
  const usual = alone
    .filter(({ name }) => !RARE.has(name))
    .toSorted((one, other) => placeOf(one.name) - placeOf(other.name));
  const rare = alone.filter(({ name }) => RARE.has(name));
  // What somebody had set is in sight when the form opens; it does not fold while they write.
  const [isOpen] = useState(() => rare.some(({ name }) => memberOf(stored, name) !== undefined));
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isNew) input.current?.focus();
  }, [isNew]);
  const one = (field: ShownCollectorField) => (
    <OneField
      key={`${draft.collector} ${field.name}`}
      field={field}
      draft={draft}
      stored={stored}
      isFixed={isFixed}
      problem={problems.fields?.[field.name]}
      onChange={onChange}
    />
  );
  const groups = [...new Set(fields.flatMap(({ oneOf }) => oneOf ?? []))];
  return (
    <>
      <div className={styles.pair}>
        <Field label={w.form.collector} hint={w.abouts[draft.collector] ?? ""}>
          {(ids) => (
            <select
              {...ids}
              value={draft.collector}
              disabled={!isNew || isFixed}
              onChange={({ target }) => onCollector(target.value)}
            >
              {collectors.map(({ kind }) => (
                <option key={kind} value={kind}>
                  {w.collectors[kind] ?? kind}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={w.form.name} hint={w.form.nameHint} problem={problems.id ? w.form.nameBad : undefined}>
          {(ids) => (
            <input
              {...ids}
              ref={input}
              name="target-id"
              value={draft.id}
              disabled={!isNew || isFixed}
              maxLength={100}
              autoComplete="off"
              onChange={({ target }) => onChange({ ...draft, id: target.value })}
            />
          )}
        </Field>
      </div>
      {groups.map((group) => (
        <Group
          key={group}
          group={group}
          fields={fields}
          draft={draft}
          isFixed={isFixed}
          problems={problems}
          onChange={onChange}
        />
      ))}
      <div className={styles.pair}>{usual.map(one)}</div>
      <div className={styles.pair}>
        <Field label={w.form.every} hint={w.form.everyHint} problem={problems.every ? w.form.everyBad : undefined}>
          {(ids) => (
            <input
              {...ids}
              value={draft.every}
              disabled={isFixed}
              onChange={({ target }) => onChange({ ...draft, every: target.value })}
            />
          )}
        </Field>
        <Field label={w.form.agent} hint={w.form.agentHint}>
          {(ids) => (
            <select
              {...ids}
              value={draft.agent}
              disabled={isFixed}
              onChange={({ target }) => onChange({ ...draft, agent: target.value })}
            >
              <option value="">{w.server}</option>
              {agents.map((host) => (
                <option key={host}>{host}</option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <details
        open={
          problems.labels ||
          problems.more ||
          isOpen ||
          rare.some(({ name }) => problems.fields?.[name] !== undefined) ||
          draft.labels !== "" ||
          draft.more !== ""
        }
      >
        <summary className={styles.summary}>{w.form.rest}</summary>
        <div className={styles.form}>
          {rare.length > 0 && <div className={styles.pair}>{rare.map(one)}</div>}
          <Field
            label={w.form.labels}
            hint={w.form.labelsHint}
            problem={problems.labels ? w.form.labelsBad : undefined}
          >
            {(ids) => (
              <textarea
                {...ids}
                rows={2}
                value={draft.labels}
                disabled={isFixed}
                onChange={({ target }) => onChange({ ...draft, labels: target.value })}
              />
            )}
          </Field>
          <Field label={w.form.more} hint={w.form.moreHint} problem={problems.more ? w.form.moreBad : undefined}>
            {(ids) => (
              <textarea
                {...ids}
                rows={4}
                className={styles.code}
                spellCheck={false}
                value={draft.more}
                disabled={isFixed}
                onChange={({ target }) => onChange({ ...draft, more: target.value })}
              />
            )}
          </Field>
        </div>
      </details>
    </>
  );
}

/** Fields of which one is set: first which, then what. */
function Group({
  group,
  fields,
  draft,
  isFixed,
  problems,
  onChange,
}: {
  readonly group: string;
  readonly fields: readonly ShownCollectorField[];
  readonly draft: TargetDraft;
  readonly isFixed: boolean;
  readonly problems: DraftProblems;
  readonly onChange: Change;
}) {
  const w = useWords(words);
  const options = fields.filter(({ oneOf }) => oneOf === group);
  const name = draft.chosen[group] ?? "";
  const field = options.find((one) => one.name === name);
  return (
    <div className={styles.pair}>
      <Field label={w.form.kind}>
        {(ids) => (
          <select
            {...ids}
            value={name}
            disabled={isFixed}
            onChange={({ target }) => onChange({ ...draft, chosen: { ...draft.chosen, [group]: target.value } })}
          >
            {options.map((one) => (
              <option key={one.name} value={one.name}>
                {one.name.toUpperCase()}
              </option>
            ))}
          </select>
        )}
      </Field>
      {field !== undefined && (
        <OneField
          key={field.name}
          field={field}
          draft={draft}
          stored={{}}
          isFixed={isFixed}
          problem={problems.fields?.[field.name]}
          onChange={onChange}
        />
      )}
    </div>
  );
}

function OneField({
  field,
  draft,
  stored,
  isFixed,
  problem,
  onChange,
}: {
  readonly field: ShownCollectorField;
  readonly draft: TargetDraft;
  readonly stored: Readonly<Record<string, unknown>>;
  readonly isFixed: boolean;
  readonly problem: keyof typeof words.ko.form.problems | undefined;
  readonly onChange: Change;
}) {
  const w = useWords(words);
  const { required, optional } = useWords(shared);
  const { name, type, otherwise, choices } = field;
  const value = draft.values[name];
  const put = (next: TargetDraft["values"][string]): void =>
    onChange({ ...draft, values: { ...draft.values, [name]: next } });
  const title = w.fields[`${draft.collector}.${name}`] ?? w.fields[name] ?? name;
  const hint = w.hints[`${draft.collector}.${name}`] ?? w.hints[name];
  if (type === "flag")
    return (
      <Tick
        label={title}
        {...(hint === undefined ? {} : { hint })}
        checked={value === true}
        disabled={isFixed}
        onChange={({ target }) => put(target.checked)}
      />
    );
  const label = (
    <>
      {title} <span className={styles.inline}>({field.required || field.oneOf !== null ? required : optional})</span>
    </>
  );
  if (type === "secret")
    return (
      <SecretField
        label={label}
        name={title}
        value={value as DraftSecret}
        stored={storedSecret(stored[name])}
        isFixed={isFixed}
        onChange={put}
      />
    );
  const text = typeof value === "string" ? value : "";
  return (
    <Field
      label={label}
      {...(hint === undefined ? {} : { hint })}
      problem={problem === undefined ? undefined : w.form.problems[problem]}
    >
      {(ids) =>
        type === "texts" ? (
          <textarea {...ids} rows={3} value={text} disabled={isFixed} onChange={({ target }) => put(target.value)} />
        ) : type === "choice" ? (
          <select {...ids} value={text} disabled={isFixed} onChange={({ target }) => put(target.value)}>
            <option value="">{otherwise === null ? w.choose : String(otherwise)}</option>
            {choices
              .filter((one) => one !== otherwise)
              .map((one) => (
                <option key={one}>{one}</option>
              ))}
          </select>
        ) : (
          <input
            {...ids}
            value={text}
            disabled={isFixed}
            autoComplete="off"
            spellCheck={false}
            {...(type === "number" ? { inputMode: "numeric" as const } : {})}
            placeholder={otherwise === null ? "" : String(otherwise)}
            onChange={({ target }) => put(target.value)}
          />
        )
      }
    </Field>
  );
}

function storedSecret(value: unknown): Parameters<typeof SecretField>[0]["stored"] {
  if (value === undefined || value === null) return undefined;
  const { env, file } = typeof value === "object" ? (value as { env?: string; file?: string }) : {};
  const from = env !== undefined ? "env" : file !== undefined ? "file" : "text";
  return { set: true, from, name: env ?? file ?? null };
}

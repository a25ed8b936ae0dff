import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { PolicyDraft, PolicyVersions } from "../../../../src/http/wire/policy.ts";
import { api, serverNow } from "../../api/client.ts";
import { Field, Tick } from "../../kit/field.tsx";
import { ChannelMark, GradeMark } from "../../kit/marks.tsx";
import { Panel } from "../../kit/page.tsx";
import { useTimeText, useZone } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { Choice } from "./choice.tsx";
import styles from "./simulate-form.module.css";
import type { Wish } from "./wish.ts";
import { words } from "./words.ts";
import { localText, nextHour } from "./zoned.ts";

const CHANNELS = ["phone", "sms", "slack", "email", "webhook", "push", "console"] as const;

export function SimulateForm({
  wish,
  current,
  grades,
  services,
  onChange,
}: {
  readonly wish: Wish;
  readonly current: string;
  readonly grades: readonly string[];
  readonly services: readonly string[];
  readonly onChange: (change: Partial<Wish>) => void;
}) {
  const w = useWords(words);
  const zone = useZone();
  const whens = [
    ["now", w.form.now],
    ["tonight", w.form.tonight],
    ["date", w.form.date],
  ] as const;
  return (
    <Panel title={w.form.name}>
      <div className={styles.form}>
        <Choice
          legend={w.form.grade}
          name="grade"
          value={wish.grade}
          options={grades.map((grade, rank) => [grade, <GradeMark key={grade} grade={grade} rank={rank} />])}
          onChoose={(grade) => onChange({ grade })}
        />
        <Choice
          legend={w.form.when}
          name="when"
          value={wish.when}
          options={whens}
          onChoose={(when) =>
            onChange({
              when,
              date: when === "date" ? wish.date || localText(nextHour(3, serverNow(), zone), zone) : "",
            })
          }
        />
        <div className={styles.fields}>
          {wish.when === "date" && (
            <Field label={w.form.at}>
              {(ids) => (
                <input
                  {...ids}
                  type="datetime-local"
                  value={wish.date}
                  onChange={(event) => onChange({ date: event.target.value })}
                />
              )}
            </Field>
          )}
          {services.length > 0 && (
            <Field label={w.form.service}>
              {(ids) => (
                <select {...ids} value={wish.service} onChange={(event) => onChange({ service: event.target.value })}>
                  <option value="">{w.form.anyService}</option>
                  {services.map((service) => (
                    <option key={service}>{service}</option>
                  ))}
                </select>
              )}
            </Field>
          )}
          <PolicyFields wish={wish} current={current} onChange={onChange} />
        </div>
        <DeadFields wish={wish} onChange={onChange} />
      </div>
    </Panel>
  );
}

type FieldsProps = { readonly wish: Wish; readonly onChange: (change: Partial<Wish>) => void };

function PolicyFields({ wish, current, onChange }: FieldsProps & { readonly current: string }) {
  const w = useWords(words);
  const text = useTimeText();
  const versions = useQuery({
    queryKey: ["policy", "versions"],
    queryFn: () => api.get<PolicyVersions>("/api/v1/policies"),
  }).data?.policies;
  const draft = useQuery({
    queryKey: ["policy", "draft"],
    queryFn: () => api.get<PolicyDraft>("/api/v1/policies/draft"),
  }).data;
  const others = (versions ?? []).filter((one) => !one.current);
  // Nothing to choose from is not shown.
  if (others.length === 0 && draft?.text == null) return null;
  const options = (
    <>
      {draft?.text != null && <option value="draft">{w.form.draft}</option>}
      {others.map(({ id, activatedAt, by }) => (
        <option key={id} value={id}>
          {text(activatedAt)} · {by}
        </option>
      ))}
    </>
  );
  return (
    <>
      <Field label={w.form.policy}>
        {(ids) => (
          <select
            {...ids}
            value={wish.policy === current ? "" : wish.policy}
            onChange={(event) => onChange({ policy: event.target.value })}
          >
            <option value="">{w.form.inForce}</option>
            {options}
          </select>
        )}
      </Field>
      <Field label={w.form.compare}>
        {(ids) => (
          <select
            {...ids}
            value={wish.compare === current ? "current" : wish.compare}
            onChange={(event) => onChange({ compare: event.target.value })}
          >
            <option value="">{w.form.noCompare}</option>
            <option value="current">{w.form.inForce}</option>
            {options}
          </select>
        )}
      </Field>
    </>
  );
}

/** As if some people or channels were dead: what the plan is worth then. */
function DeadFields({ wish, onChange }: FieldsProps) {
  const w = useWords(words);
  const people = useQuery({
    queryKey: ["roster", "names"],
    queryFn: () => api.get<{ readonly people: Readonly<Record<string, string>> }>("/api/v1/people"),
  }).data?.people;
  const count = wish.people.length + wish.channels.length;
  // Unticking the last one does not close it.
  const [startsOpen] = useState(count > 0);
  const toggled = (list: readonly string[], one: string): readonly string[] =>
    list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
  return (
    <details className={styles.dead} open={startsOpen}>
      <summary>
        {w.form.dead}
        {count > 0 && <span className={styles.count}>{w.form.deadCount(count)}</span>}
      </summary>
      <fieldset>
        <legend>{w.form.channels}</legend>
        <div className={styles.ticks}>
          {CHANNELS.map((channel) => (
            <Tick
              key={channel}
              label={<ChannelMark channel={channel} />}
              checked={wish.channels.includes(channel)}
              onChange={() => onChange({ channels: toggled(wish.channels, channel) })}
            />
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend>{w.form.people}</legend>
        <div className={styles.ticks}>
          {Object.entries(people ?? {}).map(([id, name]) => (
            <Tick
              key={id}
              label={name}
              checked={wish.people.includes(id)}
              onChange={() => onChange({ people: toggled(wish.people, id) })}
            />
          ))}
        </div>
      </fieldset>
    </details>
  );
}

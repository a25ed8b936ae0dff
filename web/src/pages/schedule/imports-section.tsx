import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { ImportPut, ShownImport, ShownImports, ShownSchedule } from "../../../../src/http/wire/schedule.ts";
import { api } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Button } from "../../kit/button.tsx";
import { Field } from "../../kit/field.tsx";
import { Icon } from "../../kit/icon.tsx";
import { Loaded } from "../../kit/page.tsx";
import { Time } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { RemoveButton } from "../settings/remove-button.tsx";
import { useSave } from "../settings/use-save.tsx";
import { useCast } from "./cast.tsx";
import styles from "./form.module.css";
import { TOPICS } from "./use-schedule.ts";
import { words } from "./words.ts";

const HOLIDAYS = "holidays";
/** Imports are told by the topic of calendars; what comes of them is leave and holidays. */
const CHANGED = ["calendar", ...TOPICS];

/** Calendars that are kept elsewhere and read for leave or company days. */
export function ImportsSection({ schedule }: { readonly schedule: ShownSchedule }) {
  const { imports: w } = useWords(words);
  const { me } = useCast();
  const mayEdit = useMay("roster.edit");
  const query = useQuery({
    queryKey: ["calendar", "imports"],
    queryFn: () => api.get<ShownImports>("/api/v1/calendar/imports"),
  });
  return (
    <section className={styles.stack}>
      <h3>{w.title}</h3>
      <p className={styles.quiet}>{w.lead}</p>
      <Loaded query={query}>
        {({ imports }) =>
          imports.length === 0 ? (
            <p className={styles.quiet}>{w.none}</p>
          ) : (
            imports.map((one) => <Import key={one.id} one={one} />)
          )
        }
      </Loaded>
      {(mayEdit || me !== undefined) && (
        <details className={styles.part}>
          <summary>{w.add}</summary>
          <ImportForm schedule={schedule} />
        </details>
      )}
    </section>
  );
}

function Import({ one }: { readonly one: ShownImport }) {
  const { imports: w } = useWords(words);
  const { of } = useCast();
  const whose = one.person === null ? w.holidays : w.leaveOf(of(one.person).name);
  return (
    <div className={styles.line}>
      <span>
        <strong>{one.name}</strong>{" "}
        <span className={styles.quiet}>{w.facts(whose, one.entries, one.host ?? w.text)}</span>
        {one.readAt !== null && (
          <span className={styles.quiet}>
            {" "}
            · {w.read} <Time at={one.readAt} only="relative" />
          </span>
        )}
        {one.failure !== null && (
          <span className={styles.bad}>
            <Icon name="warn" size={16} /> {one.failure.why} <Time at={one.failure.since} only="relative" />
          </span>
        )}
      </span>
      <RemoveButton
        name={one.name}
        size="small"
        topics={CHANGED}
        onRemove={(confirm) => api.delete(`/api/v1/calendar/imports/${encodeURIComponent(one.id)}`, { confirm })}
        onDone={() => {}}
      />
    </div>
  );
}

function ImportForm({ schedule }: { readonly schedule: ShownSchedule }) {
  const { imports: w } = useWords(words);
  const { me, of } = useCast();
  const mayEdit = useMay("roster.edit");
  const { save, problem, question } = useSave(CHANGED);
  const people = mayEdit ? schedule.people.map(({ id }) => id) : me === undefined ? [] : [me];
  const [whose, setWhose] = useState(me ?? HOLIDAYS);
  const [name, setName] = useState("");
  const [url, setUrl] = useState("");
  const [text, setText] = useState<string>();
  const [match, setMatch] = useState("");
  const [made, setMade] = useState(0);
  const isWhole = name.trim() !== "" && (url.trim() === "") !== (text === undefined);
  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isWhole) return;
    const put: ImportPut = {
      name: name.trim(),
      ...(whose === HOLIDAYS ? { of: "holidays" } : { of: "leave", person: whose }),
      ...(text === undefined ? { url: url.trim() } : { text }),
      ...(match.trim() === "" ? {} : { match: match.trim() }),
    };
    if (!(await save((confirm) => api.post("/api/v1/calendar/imports", { ...put, confirm }), w.done))) return;
    setName("");
    setUrl("");
    setText(undefined);
    setMade(made + 1);
  };
  return (
    <form className={styles.form} onSubmit={(event) => void add(event)}>
      <div className={styles.pair}>
        <Field label={w.name}>
          {(ids) => <input {...ids} value={name} maxLength={100} onChange={({ target }) => setName(target.value)} />}
        </Field>
        <Field label={w.whose}>
          {(ids) => (
            <select {...ids} value={whose} onChange={({ target }) => setWhose(target.value)}>
              {people.map((id) => (
                <option key={id} value={id}>
                  {w.leaveOf(of(id).name)}
                </option>
              ))}
              {mayEdit && <option value={HOLIDAYS}>{w.holidays}</option>}
            </select>
          )}
        </Field>
      </div>
      <Field label={w.url} hint={w.urlHint}>
        {(ids) => (
          <input
            {...ids}
            inputMode="url"
            spellCheck={false}
            value={url}
            maxLength={2_000}
            onChange={({ target }) => setUrl(target.value)}
          />
        )}
      </Field>
      <Field label={w.file} hint={w.fileHint}>
        {(ids) => (
          <input
            {...ids}
            // A new one is empty again.
            key={made}
            type="file"
            accept=".ics,text/calendar"
            onChange={({ target }) => {
              const file = target.files?.[0];
              if (file === undefined) setText(undefined);
              else void file.text().then(setText);
            }}
          />
        )}
      </Field>
      <Field label={w.match} hint={w.matchHint}>
        {(ids) => <input {...ids} value={match} maxLength={100} onChange={({ target }) => setMatch(target.value)} />}
      </Field>
      {problem}
      {question}
      <p>
        <Button look="main" type="submit" icon="download" disabled={!isWhole}>
          {w.submit}
        </Button>
      </p>
    </form>
  );
}

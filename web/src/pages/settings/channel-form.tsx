import { type FormEvent, useId, useState } from "react";
import type { ChannelPut, ShownChannel, ShownField } from "../../../../src/http/wire/channels.ts";
import { api } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Field, Tick } from "../../kit/field.tsx";
import { Notice } from "../../kit/page.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { channelsWords } from "./channels-words.ts";
import { RemoveButton } from "./remove-button.tsx";
import { SecretField } from "./secret-field.tsx";
import { type DraftSecret, secretValue } from "./secret-value.ts";
import styles from "./settings.module.css";
import { useSave } from "./use-save.tsx";
import { words } from "./words.ts";

type Draft = Readonly<Record<string, string | boolean | DraftSecret>>;
const TOPICS = ["channel", "roster", "onboarding"];

/** The settings of a channel: one field for each thing that its driver reads. */
export function ChannelForm({ channel, onClose }: { readonly channel: ShownChannel; readonly onClose: () => void }) {
  const { cancel, close } = useWords(shared);
  const { channels: names, save: saveWord } = useWords(shared);
  const form = useId();
  const mayEdit = useMay("channels.edit");
  const [seen] = useState(channel);
  const isFixed = !mayEdit || (seen.configured?.managedBy ?? null) !== null;
  const w = useWords(channelsWords);
  return (
    <Dialog
      title={names[seen.kind as keyof typeof names] ?? seen.kind}
      onClose={onClose}
      wide
      acts={
        isFixed ? (
          <Button onPress={onClose}>{close}</Button>
        ) : (
          <>
            {seen.configured !== null && (
              <RemoveButton
                name={`${seen.kind}: ${w.stop}`}
                topics={TOPICS}
                onRemove={(confirm) =>
                  api.delete(`/api/v1/channels/${seen.kind}`, { revision: seen.configured?.revision, confirm })
                }
                onDone={onClose}
              />
            )}
            <Button onPress={onClose}>{cancel}</Button>
            <Button look="main" type="submit" form={form}>
              {saveWord}
            </Button>
          </>
        )
      }
    >
      <ChannelFields channel={seen} form={form} isFixed={isFixed} onSaved={onClose} />
    </Dialog>
  );
}

/** The fields alone, for a dialog and for the wizard. */
export function ChannelFields({
  channel,
  form,
  isFixed,
  onSaved,
}: {
  readonly channel: ShownChannel;
  readonly form: string;
  readonly isFixed: boolean;
  readonly onSaved: () => void;
}) {
  const s = useWords(words);
  const [draft, setDraft] = useState<Draft>(() => draftOf(channel));
  const { save, problem, question } = useSave(TOPICS);
  const put = (name: string, value: Draft[string]): void => setDraft((before) => ({ ...before, [name]: value }));

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { configured, kind } = channel;
    const revision = configured === null ? {} : { revision: configured.revision };
    const settings = settingsOf(channel.fields, draft);
    const done = await save(
      (confirm) => api.put(`/api/v1/channels/${kind}`, { settings, confirm, ...revision } satisfies ChannelPut),
      s.saved,
    );
    if (done) onSaved();
  };

  return (
    <>
      {channel.configured?.managedBy != null && <Notice tone="info">{s.managed(channel.configured.managedBy)}</Notice>}
      <form id={form} className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
        {channel.fields.map((field) => (
          <OneField
            key={field.name}
            kind={channel.kind}
            field={field}
            value={draft[field.name]}
            stored={channel.configured?.secrets[field.name]}
            isFixed={isFixed}
            onChange={(value) => put(field.name, value)}
          />
        ))}
        {problem}
      </form>
      {question}
    </>
  );
}

function OneField({
  kind,
  field,
  value,
  stored,
  isFixed,
  onChange,
}: {
  readonly kind: string;
  readonly field: ShownField;
  readonly value: Draft[string] | undefined;
  readonly stored: NonNullable<ShownChannel["configured"]>["secrets"][string] | undefined;
  readonly isFixed: boolean;
  readonly onChange: (value: Draft[string]) => void;
}) {
  const w = useWords(channelsWords);
  const { required, optional } = useWords(shared);
  const { name, type, otherwise } = field;
  const title = w.fields[kind]?.[name] ?? name;
  const hint = w.hints[name];
  if (type === "flag")
    return (
      <Tick
        label={title}
        {...(hint === undefined ? {} : { hint })}
        checked={value === true}
        disabled={isFixed}
        onChange={({ target }) => onChange(target.checked)}
      />
    );
  const label = (
    <>
      {title} <span className={styles.quiet}>({field.required ? required : optional})</span>
    </>
  );
  if (type === "secret")
    return (
      <SecretField
        label={label}
        name={title}
        value={value as DraftSecret}
        stored={stored}
        isFixed={isFixed}
        onChange={onChange}
      />
    );
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      {(ids) =>
        type === "texts" ? (
          <textarea
            {...ids}
            rows={3}
            value={typeof value === "string" ? value : ""}
            disabled={isFixed}
            onChange={({ target }) => onChange(target.value)}
          />
        ) : (
          <input
            {...ids}
            value={typeof value === "string" ? value : ""}
            disabled={isFixed}
            autoComplete="off"
            spellCheck={false}
            {...(type === "number" ? { inputMode: "numeric" as const } : {})}
            placeholder={otherwise === null ? "" : String(otherwise)}
            onChange={({ target }) => onChange(target.value)}
          />
        )
      }
    </Field>
  );
}

function draftOf({ fields, configured }: ShownChannel): Draft {
  return Object.fromEntries(
    fields.map(({ name, type, otherwise }) => {
      const value = configured?.settings[name];
      if (type === "secret") {
        const { from = null, name: where = null } = configured?.secrets[name] ?? {};
        return [name, { how: from ?? "text", text: from === "text" ? "" : (where ?? "") }];
      }
      if (type === "flag") return [name, value ?? otherwise ?? false];
      if (Array.isArray(value)) return [name, value.join("\n")];
      return [name, typeof value === "string" || typeof value === "number" ? String(value) : ""];
    }),
  ) as Draft;
}

function settingsOf(fields: readonly ShownField[], draft: Draft): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const { name, type } of fields) {
    const value = draft[name];
    if (typeof value === "object") {
      const secret = secretValue(value);
      // What is not written stays as it is.
      if (secret !== undefined) settings[name] = secret;
    } else if (typeof value === "boolean") settings[name] = value;
    else if (value !== undefined) {
      const text = value.trim();
      if (type === "texts") settings[name] = text.split(/[\s,]+/u).filter((one) => one !== "");
      else if (text !== "") settings[name] = type === "number" ? Number(text) : text;
    }
  }
  return settings;
}

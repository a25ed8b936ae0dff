import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useLocation } from "wouter";
import { api } from "../../api/client.ts";
import { Button } from "../../kit/button.tsx";
import { Dialog } from "../../kit/dialog.tsx";
import { Field, Tick } from "../../kit/field.tsx";
import { useAct } from "../../kit/toast.tsx";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { words } from "./words.ts";

type Choices = { readonly grades: readonly string[]; readonly services: readonly string[] };

/** A person opens an incident: what is wrong, with what, how bad. */
export function OpenDialog({ onClose }: { readonly onClose: () => void }) {
  const w = useWords(words);
  const { cancel } = useWords(shared);
  const act = useAct();
  const [, navigate] = useLocation();
  const form = useId();
  const [sending, setSending] = useState(false);
  const choices = useQuery({
    queryKey: ["policy", "choices"],
    queryFn: () => api.get<Choices>("/api/v1/choices"),
  }).data;
  const submit = async (data: FormData): Promise<void> => {
    if (sending) return;
    setSending(true);
    const text = (name: string): string => {
      const value = data.get(name);
      return typeof value === "string" ? value.trim() : "";
    };
    const done = await act(async () => {
      const opened = await api.post<{ number: number }>("/api/v1/incidents", {
        title: text("title"),
        ...(text("service") === "" ? {} : { service: text("service") }),
        grade: text("grade"),
        ...(text("description") === "" ? {} : { description: text("description") }),
        drill: data.get("drill") === "on",
      });
      navigate(`/incidents/${opened.number}`);
    }, w.opened);
    setSending(false);
    if (done) onClose();
  };
  return (
    <Dialog
      title={w.openTitle}
      onClose={onClose}
      acts={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button look="act" type="submit" form={form} disabled={sending || choices === undefined}>
            {w.form.submit}
          </Button>
        </>
      }
    >
      <form id={form} action={submit} style={{ display: "grid", gap: "1rem" }}>
        <Field label={w.form.title} hint={w.form.titleHint}>
          {(ids) => <input {...ids} name="title" required maxLength={250} autoFocus />}
        </Field>
        <Field label={w.form.service}>
          {(ids) => (
            <>
              <input {...ids} name="service" list={`${form}-services`} maxLength={120} />
              <datalist id={`${form}-services`}>
                {choices?.services.map((name) => (
                  <option key={name} value={name} />
                ))}
              </datalist>
            </>
          )}
        </Field>
        <Field label={w.form.grade}>
          {(ids) => (
            <select {...ids} name="grade" key={choices?.grades[1]} defaultValue={choices?.grades[1]}>
              {choices?.grades.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          )}
        </Field>
        <Field label={w.form.description}>{(ids) => <textarea {...ids} name="description" rows={4} />}</Field>
        <Tick name="drill" label={w.form.drill} />
      </form>
    </Dialog>
  );
}

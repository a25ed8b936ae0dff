import { useState } from "react";
import { Field } from "../../kit/field.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./backtest-form.module.css";
import type { FieldsProps } from "./backtest-form.tsx";
import { words } from "./words.ts";

/** As much as the server takes. */
const BYTES_MAX = 8 * 1024 * 1024;

/** A history that lies on the reader's own machine. */
export function HistoryFile({ wish, onChange }: FieldsProps) {
  const w = useWords(words);
  const [problem, setProblem] = useState<string>();
  const read = async (file: File | undefined): Promise<void> => {
    setProblem(undefined);
    onChange({ file: undefined });
    if (file === undefined) return;
    if (file.size > BYTES_MAX) return setProblem(w.form.tooLarge);
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
      const lines = text.split("\n").filter((line) => line.trim() !== "").length;
      onChange({ file: { name: file.name, text, lines } });
    } catch {
      setProblem(w.form.notText);
    }
  };
  return (
    <div>
      <Field label={w.form.upload} hint={w.form.uploadHint} problem={problem}>
        {(ids) => (
          <input
            {...ids}
            type="file"
            accept=".jsonl,.ndjson,.json,.txt"
            onChange={(event) => void read(event.target.files?.[0])}
          />
        )}
      </Field>
      {wish.file !== undefined && (
        <p className={styles.chosen} role="status">
          {w.form.chosen(wish.file.name, wish.file.lines)}
        </p>
      )}
    </div>
  );
}

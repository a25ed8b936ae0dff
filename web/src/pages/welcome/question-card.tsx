import { useId } from "react";
import type { OnboardingQuestion } from "../../../../src/http/wire/onboarding.ts";
import { Tick } from "../../kit/field.tsx";
import { Icon } from "../../kit/icon.tsx";
import { useWords } from "../../words/locale.tsx";
import styles from "./welcome.module.css";
import { welcomeWords } from "./words.ts";

export type Choice = { readonly is: "keep" } | { readonly is: "write"; readonly text: string };

/** One open question: what is not settled, why it matters at night, and what can be written about it. */
export function QuestionCard({
  question,
  place,
  choice,
  onChoose,
}: {
  readonly question: OnboardingQuestion;
  readonly place: number;
  readonly choice: Choice | undefined;
  readonly onChoose: (choice: Choice) => void;
}) {
  const { lint: w } = useWords(welcomeWords);
  const name = useId();
  const { message, why, mend, level, line, choices } = question;
  return (
    <fieldset className={styles.question}>
      <legend>
        <span className={level === "error" ? styles.bad : styles.warn}>
          <Icon name={level === "error" ? "warn" : "info"} size={18} />
        </span>{" "}
        {`${place}. ${message}`}
      </legend>
      <p className={styles.quiet}>
        {why} {line > 0 && `(${w.line(line)})`}
      </p>
      {choices === null && (
        <div className={styles.stack}>
          <p>{w.noText}</p>
          <pre>{mend}</pre>
        </div>
      )}
      {choices?.map((text) => (
        <Tick
          key={text}
          type="radio"
          name={name}
          label={
            <>
              {w.write}: <code>{text}</code>
            </>
          }
          checked={choice?.is === "write" && choice.text === text}
          onChange={() => onChoose({ is: "write", text })}
        />
      ))}
      <Tick
        type="radio"
        name={name}
        label={w.keep}
        hint={w.keepHint}
        checked={choice?.is === "keep"}
        onChange={() => onChoose({ is: "keep" })}
      />
    </fieldset>
  );
}

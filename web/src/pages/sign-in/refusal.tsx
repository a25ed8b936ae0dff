import { useEffect, useState } from "react";
import { Problem } from "../../api/client.ts";
import { Notice, ProblemNotice } from "../../kit/page.tsx";
import { useLengthText } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { words } from "./words.ts";

/** Why it did not work, in words; with a countdown where it is to be tried again later. */
export function Refusal({ error }: { readonly error: unknown }) {
  const w = useWords(words);
  if (error instanceof Problem && error.code === "too-many-tries")
    return <Wait seconds={Number(error.facts.retryAfterSeconds)} key={String(error.stack)} />;
  if (error instanceof DOMException) return <Notice tone="warn">{w.passkeyCancelled}</Notice>;
  if (error instanceof Problem && error.status > 0) return <Notice tone="bad">{error.message}</Notice>;
  return <ProblemNotice error={error} />;
}

function Wait({ seconds }: { readonly seconds: number }) {
  const w = useWords(words);
  const length = useLengthText();
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setInterval(() => setLeft((now) => Math.max(0, now - 1)), 1_000);
    return () => clearInterval(timer);
  }, []);
  return left === 0 ? null : <Notice tone="warn">{w.wait(length(left * 1_000))}</Notice>;
}

/** What is wrong with the password that was chosen; undefined where something else is. */
export function useWeakness(): (error: unknown) => string | undefined {
  const { weak } = useWords(words);
  return (error) =>
    error instanceof Problem && error.code === "password-refused" ? weak[String(error.facts.because)] : undefined;
}

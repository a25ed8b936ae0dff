import { useCallback } from "react";
import { useLocale } from "../words/locale.tsx";
import { type ValueKind, valueText } from "./value-text.ts";

export function useValueText(): (value: number, kind: ValueKind) => string {
  const locale = useLocale();
  return useCallback((value, kind) => valueText(value, kind, locale), [locale]);
}

import { useEffect } from "react";

type Theme = "light" | "dark" | "system";

/** By night a bright page at 3 a.m. hurts: `system` is dark then, whatever the system says. */
const NIGHT = { from: 22, to: 6 } as const;
const LOOK_EVERY_MS = 60_000;

function shown(theme: Theme): "light" | "dark" {
  if (theme !== "system") return theme;
  const hour = new Date().getHours();
  const night = hour >= NIGHT.from || hour < NIGHT.to;
  return night || matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function useTheme(own: Theme | undefined): void {
  const theme = own ?? (localStorage.getItem("bongsu.theme") as Theme | null) ?? "system";
  useEffect(() => {
    if (own !== undefined) localStorage.setItem("bongsu.theme", own);
    const apply = (): void => {
      document.documentElement.dataset.theme = shown(theme);
    };
    apply();
    const timer = setInterval(apply, LOOK_EVERY_MS);
    const system = matchMedia("(prefers-color-scheme: dark)");
    system.addEventListener("change", apply);
    return () => {
      clearInterval(timer);
      system.removeEventListener("change", apply);
    };
  }, [own, theme]);
}

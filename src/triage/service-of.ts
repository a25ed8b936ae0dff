import type { Service } from "../roster/roster.ts";

/** Labels by which sources commonly say what a condition is about, the most telling first. */
const TELLING_LABELS = ["service", "app", "job", "component", "alertname"] as const;

/**
 * The service that a signal is about: among those all of whose labels it carries the one that names most of them, of
 * equals the first; else what its own labels say. Its incidents are grouped by this.
 */
export function serviceOf(
  labels: Readonly<Record<string, string>>,
  services: readonly Service[],
  otherwise: string,
): { readonly name: string; readonly grade?: string } {
  let closest: { readonly service: Service; readonly labels: number } | undefined;
  for (const service of services) {
    const wanted = Object.entries(service.match);
    if (wanted.length > (closest?.labels ?? 0) && wanted.every(([name, value]) => labels[name] === value))
      closest = { service, labels: wanted.length };
  }
  if (closest !== undefined) {
    const { name, grade } = closest.service;
    return grade === undefined ? { name } : { name, grade };
  }
  const said = TELLING_LABELS.map((name) => labels[name]).find((value) => value !== undefined && value !== "");
  const named = services.find((service) => service.name === said);
  if (named?.grade !== undefined) return { name: named.name, grade: named.grade };
  return { name: (said ?? otherwise).slice(0, SERVICE_NAME_LENGTH_MAX) };
}

/** What a column and a lock screen can hold. */
const SERVICE_NAME_LENGTH_MAX = 120;

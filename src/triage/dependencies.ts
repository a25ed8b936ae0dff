import type { Alert } from "./alert.ts";

/** What stands on what: services, their components, hosts. Any name may be an entry, declared or not. */
export type Dependencies = {
  /** Everything that it stands on, however indirectly; itself only where it stands on itself in a circle. */
  beneath(name: string): ReadonlySet<string>;
};

/** The graph of what the policy and the roster declare; of the same name in both, both hold. */
export function dependenciesOf(
  services: readonly { readonly name: string; readonly dependsOn: readonly string[] }[],
): Dependencies {
  const direct = new Map<string, string[]>();
  for (const { name, dependsOn } of services) {
    if (dependsOn.length > 0) direct.set(name, [...(direct.get(name) ?? []), ...dependsOn]);
  }
  const known = new Map<string, ReadonlySet<string>>();
  return {
    beneath(name) {
      const before = known.get(name);
      if (before !== undefined) return before;
      const found = new Set<string>();
      const left = [...(direct.get(name) ?? [])];
      for (let next = left.pop(); next !== undefined; next = left.pop()) {
        if (found.has(next)) continue;
        found.add(next);
        left.push(...(direct.get(next) ?? []));
      }
      known.set(name, found);
      return found;
    },
  };
}

/** What an alert stands on: what its service does, the host it was measured on, and what that does. */
export function standsOn(alert: Pick<Alert, "service" | "labels">, dependencies: Dependencies): ReadonlySet<string> {
  const { service } = alert;
  const host = Object.hasOwn(alert.labels, "host") ? (alert.labels.host ?? "") : "";
  const names = new Set(dependencies.beneath(service));
  if (host !== "") for (const name of [host, ...dependencies.beneath(host)]) names.add(name);
  names.delete(service);
  return names;
}

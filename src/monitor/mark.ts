import type { Id } from "../id/id.ts";
import type { Service } from "../roster/roster.ts";
import { sameName } from "../roster/same-name.ts";
import type { Instant } from "../time/instant.ts";
import { serviceOf } from "../triage/service-of.ts";

/** Something that was deployed or changed: it never calls anybody, it answers "what changed?". */
export type Mark = {
  readonly id: Id<"mark">;
  readonly at: Instant;
  readonly title: string;
  /** `deploy`, `change`, `config`, …: the sender's word. */
  readonly kind: string;
  /** `service` among them says whose charts and incidents it belongs to; without it, everybody's. */
  readonly labels: Readonly<Record<string, string>>;
  readonly link?: string;
  /** The token or account that sent it. */
  readonly by: string;
};

/** Whether it may have something to do with the service: its own, by whichever name, or nobody's in particular. */
export function concerns({ labels }: Pick<Mark, "labels">, service: string, services: readonly Service[]): boolean {
  const { service: own } = labels;
  return own === undefined || sameName(own, service) || sameName(serviceOf(labels, services, own).name, service);
}

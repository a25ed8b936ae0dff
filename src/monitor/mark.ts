import type { Id } from "../id/id.ts";
import type { Instant } from "../time/instant.ts";

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

/** Whether it may have something to do with the service: its own, or nobody's in particular. */
export function concerns(mark: Pick<Mark, "labels">, service: string): boolean {
  const { service: own } = mark.labels;
  return own === undefined || own.normalize("NFC").toLowerCase() === service.normalize("NFC").toLowerCase();
}

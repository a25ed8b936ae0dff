export type ShownAudit = {
  readonly position: number;
  readonly at: string;
  readonly by: string;
  readonly action: string;
  readonly facts: unknown;
};
/** `GET /api/v1/audit?topic=&by=&before=&limit=`, newest first; `next` is the `before` of the following page. */
export type ShownAuditPage = { readonly rows: readonly ShownAudit[]; readonly next: number | null };

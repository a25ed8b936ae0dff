import type { Maintenance } from "../../triage/maintenance.ts";
import type { MutePreview } from "./alerts.ts";

export type ShownOccurrence = { readonly start: string; readonly end: string };

export type MaintenanceRow = Omit<Maintenance, "updatedAt" | "until"> & {
  readonly until: string | null;
  readonly updatedAt: string;
  readonly active: ShownOccurrence | null;
  /** The next few, the active one first. */
  readonly next: readonly ShownOccurrence[];
  /** How many alerts it mutes now. */
  readonly muting: number;
};

/** `GET /api/v1/maintenance` */
export type MaintenanceList = { readonly windows: readonly MaintenanceRow[]; readonly zone: string };

/** `POST /api/v1/maintenance/preview` */
export type MaintenancePreview = MutePreview & { readonly next: readonly ShownOccurrence[] };

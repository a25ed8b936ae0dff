import type { CollectorKind } from "../monitor/target.ts";
import { PRESETS } from "./promql/presets.ts";

/** One setting of a collector, for a form. What has no field here is written as it stands in the documentation. */
export type CollectorField = {
  /** As the collector reads it; `expect.status` is a setting within `expect`. */
  readonly name: string;
  /** `secret` is written, or named by a variable or file, and never given back. */
  readonly type: "text" | "number" | "flag" | "texts" | "choice" | "secret";
  readonly required: boolean;
  readonly otherwise?: string | number | boolean;
  readonly choices?: readonly string[];
  /** Of the fields of one group exactly one is set. */
  readonly oneOf?: string;
};

const text = (name: string, more: Partial<CollectorField> = {}): CollectorField => ({
  name,
  type: "text",
  required: false,
  ...more,
});
const needed = { required: true } as const;

/** What everything has that is asked over HTTP. */
const ACCESS: readonly CollectorField[] = [
  text("url", needed),
  text("bearer", { type: "secret" }),
  text("timeout", { otherwise: "10s" }),
  text("insecure", { type: "flag", otherwise: false }),
];

/** The settings of each collector, in the order in which a form asks them. */
export const COLLECTOR_FIELDS: Readonly<Partial<Record<CollectorKind, readonly CollectorField[]>>> = {
  host: [
    text("mounts", { type: "texts" }),
    text("exclude_mounts", { type: "texts" }),
    text("remote", { type: "flag", otherwise: false }),
  ],
  process: [text("processes", { type: "texts" }), text("units", { type: "texts" })],
  network: [text("interfaces", { type: "texts" }), text("exclude_interfaces", { type: "texts" })],
  gpu: [
    text("tool", { type: "choice", choices: ["nvidia", "rocm"] }),
    text("gpus", { type: "number" }),
    text("command"),
  ],
  check: [
    text("tcp", { oneOf: "check" }),
    text("ping", { oneOf: "check" }),
    text("dns", { oneOf: "check" }),
    text("tls", { oneOf: "check" }),
    text("timeout", { otherwise: "4s" }),
  ],
  http: [
    ...ACCESS,
    text("method", {
      type: "choice",
      choices: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
      otherwise: "GET",
    }),
    text("body"),
    text("expect.status"),
    text("expect.body_contains"),
    text("redirects", { type: "number", otherwise: 5 }),
  ],
  mariadb: [
    text("user", needed),
    text("password", { type: "secret" }),
    text("host", { otherwise: "127.0.0.1" }),
    text("port", { type: "number", otherwise: 3306 }),
    text("socket"),
    text("replica", { type: "flag", otherwise: false }),
    text("data_directory"),
    text("extra_port", { type: "number" }),
    text("timeout", { otherwise: "5s" }),
  ],
  scrape: [
    ...ACCESS,
    text("exporter", {
      type: "choice",
      choices: ["auto", "node", "mysqld", "blackbox", "dcgm", "application", "none"],
      otherwise: "auto",
    }),
    text("keep", { type: "texts" }),
    text("drop", { type: "texts" }),
    text("host"),
  ],
  // Queries of one's own have no field: with them no preset is needed.
  promql: [...ACCESS, text("preset", { type: "choice", choices: PRESETS, ...needed }), text("tenant")],
};

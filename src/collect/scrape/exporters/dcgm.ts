import { type Exporter, ratio, sum, Told, type TranslateFacts } from "../exporter.ts";
import type { RawSample } from "../parse-exposition.ts";

/**
 * NVIDIA's dcgm-exporter, by the names of its fields (docs.nvidia.com: DCGM Exporter Metrics). Memory is in MiB, use in
 * percent. A GPU is told by its number; parts of a GPU (MIG) are the GPU's.
 */
export const dcgmExporter: Exporter = {
  name: "dcgm",
  recognizes: (reading) => [...reading.names()].some((name) => name.startsWith("DCGM_FI_")),
  translate(facts) {
    const told = new Told();
    const found = gpusOf(facts);
    for (const [key, { host, gpu, fields }] of found) {
      const labels = { host, gpu };
      const of = (name: string): readonly number[] => fields.get(name) ?? [];
      const first = (...names: readonly string[]): number | undefined => names.flatMap(of)[0];
      const isUp = LIVE.some((name) => of(name).length > 0);
      told.tell("gpu_up", labels, isUp ? 1 : 0);
      facts.known.add(`gpu ${key}`);
      const percent = first("DCGM_FI_DEV_GPU_UTIL");
      const engine = first("DCGM_FI_PROF_GR_ENGINE_ACTIVE");
      told.tell("gpu_used_ratio", labels, percent === undefined ? engine : percent / 100);
      const used = sum(of("DCGM_FI_DEV_FB_USED"));
      const all = sum([used, sum(of("DCGM_FI_DEV_FB_FREE")), sum(of("DCGM_FI_DEV_FB_RESERVED"))]);
      told.tell("gpu_memory_used_ratio", labels, ratio(used, all));
      told.tell("gpu_temperature_celsius", labels, first("DCGM_FI_DEV_GPU_TEMP"));
      told.tell("gpu_power_watts", labels, first("DCGM_FI_DEV_POWER_USAGE"));
      told.tell("gpu_ecc_uncorrected_errors_total", labels, first("DCGM_FI_DEV_ECC_DBE_VOL_TOTAL"));
      told.tell("gpu_ecc_corrected_errors_total", labels, first("DCGM_FI_DEV_ECC_SBE_VOL_TOTAL"));
      told.tell("gpu_xid_code", labels, max(of("DCGM_FI_DEV_XID_ERRORS")));
      const reasons = first("DCGM_FI_DEV_CLOCKS_EVENT_REASONS", "DCGM_FI_DEV_CLOCK_THROTTLE_REASONS");
      told.tell("gpu_throttled", labels, reasons === undefined ? undefined : Number((reasons & SLOWDOWNS) !== 0));
    }
    // Its series end with it: nothing but having seen it tells that it is lost.
    for (const key of facts.known) {
      const [, host, gpu] = /^gpu (.*)\/([^/]*)$/u.exec(key) ?? [];
      if (host === undefined || gpu === undefined || found.has(`${host}/${gpu}`)) continue;
      told.tell("gpu_up", { host, gpu }, 0);
    }
    return told.samples;
  },
};

/** A GPU that tells none of these does not answer, whatever is remembered of it. */
const LIVE = [
  "DCGM_FI_DEV_GPU_UTIL",
  "DCGM_FI_DEV_GPU_TEMP",
  "DCGM_FI_DEV_POWER_USAGE",
  "DCGM_FI_DEV_FB_USED",
  "DCGM_FI_DEV_SM_CLOCK",
];

/** Of nvmlClocksEventReasons: slowed by the hardware, by heat (by the driver or the hardware), by the power brake. */
const SLOWDOWNS = 0x8 | 0x20 | 0x40 | 0x80;

/** "Blank" in DCGM: 2^63 − 16 and the like for whole numbers, 2^47 for others, 2^31 − 16 for small ones. */
function isBlank(value: number): boolean {
  return !Number.isFinite(value) || value >= 2 ** 47 || (value >= 2_147_483_632 && value <= 2_147_483_647);
}

type Gpu = { readonly host: string; readonly gpu: string; readonly fields: Map<string, number[]> };

function gpusOf({ reading, host }: TranslateFacts): ReadonlyMap<string, Gpu> {
  const gpus = new Map<string, Gpu>();
  for (const name of reading.names()) {
    if (!name.startsWith("DCGM_FI_")) continue;
    for (const sample of reading.all(name)) {
      const { gpu } = sample.labels;
      if (gpu === undefined) continue;
      const on = hostOf(sample) ?? host;
      const key = `${on}/${gpu}`;
      const known = gpus.get(key) ?? { host: on, gpu, fields: new Map<string, number[]>() };
      gpus.set(key, known);
      if (isBlank(sample.value)) continue;
      const values = known.fields.get(name);
      if (values === undefined) known.fields.set(name, [sample.value]);
      else values.push(sample.value);
    }
  }
  return gpus;
}

function hostOf({ labels }: RawSample): string | undefined {
  return labels.Hostname ?? labels.hostname;
}

function max(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Math.max(...values);
}

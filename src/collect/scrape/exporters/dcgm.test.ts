import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Measured } from "../../collector.ts";
import { parseExposition } from "../parse-exposition.ts";
import { Reading } from "../reading.ts";
import { dcgmExporter } from "./dcgm.ts";

/** As dcgm-exporter 3.3 tells two H100, one of which is whole and the other cut into two parts (MIG). */
const labels = (gpu: number, more = ""): string =>
  `gpu="${gpu}",UUID="GPU-1f027ee8-6e1e-2b8c-0108-3d370e5f041${gpu}",pci_bus_id="00000000:0${gpu}:00.0",device="nvidia${gpu}",modelName="NVIDIA H100 80GB HBM3",Hostname="gpu-node-17",DCGM_FI_DRIVER_VERSION="535.129.03"${more}`;
const part = (id: number): string => `,GPU_I_PROFILE="2g.20gb",GPU_I_ID="${id}"`;

const WELL = `# HELP DCGM_FI_DEV_SM_CLOCK SM clock frequency (in MHz).
# TYPE DCGM_FI_DEV_SM_CLOCK gauge
DCGM_FI_DEV_SM_CLOCK{${labels(0)}} 1980
# HELP DCGM_FI_DEV_MEMORY_TEMP Memory temperature (in C).
# TYPE DCGM_FI_DEV_MEMORY_TEMP gauge
DCGM_FI_DEV_MEMORY_TEMP{${labels(0)}} 9223372036854775794
# TYPE DCGM_FI_DEV_GPU_TEMP gauge
DCGM_FI_DEV_GPU_TEMP{${labels(0)}} 61
DCGM_FI_DEV_GPU_TEMP{${labels(1, part(3))}} 44
DCGM_FI_DEV_GPU_TEMP{${labels(1, part(5))}} 44
# TYPE DCGM_FI_DEV_POWER_USAGE gauge
DCGM_FI_DEV_POWER_USAGE{${labels(0)}} 409.692000
DCGM_FI_DEV_POWER_USAGE{${labels(1, part(3))}} 72.1
DCGM_FI_DEV_POWER_USAGE{${labels(1, part(5))}} 72.1
# TYPE DCGM_FI_DEV_GPU_UTIL gauge
DCGM_FI_DEV_GPU_UTIL{${labels(0)}} 97
# TYPE DCGM_FI_PROF_GR_ENGINE_ACTIVE gauge
DCGM_FI_PROF_GR_ENGINE_ACTIVE{${labels(1, part(3))}} 0.25
# TYPE DCGM_FI_DEV_XID_ERRORS gauge
DCGM_FI_DEV_XID_ERRORS{${labels(0)}} 0
DCGM_FI_DEV_XID_ERRORS{${labels(1, part(3))}} 0
DCGM_FI_DEV_XID_ERRORS{${labels(1, part(5))}} 0
# TYPE DCGM_FI_DEV_FB_FREE gauge
DCGM_FI_DEV_FB_FREE{${labels(0)}} 20389
DCGM_FI_DEV_FB_FREE{${labels(1, part(3))}} 19957
DCGM_FI_DEV_FB_FREE{${labels(1, part(5))}} 9957
# TYPE DCGM_FI_DEV_FB_USED gauge
DCGM_FI_DEV_FB_USED{${labels(0)}} 61167
DCGM_FI_DEV_FB_USED{${labels(1, part(3))}} 43
DCGM_FI_DEV_FB_USED{${labels(1, part(5))}} 10043
# TYPE DCGM_FI_DEV_ECC_SBE_VOL_TOTAL counter
DCGM_FI_DEV_ECC_SBE_VOL_TOTAL{${labels(0)}} 12
# TYPE DCGM_FI_DEV_ECC_DBE_VOL_TOTAL counter
DCGM_FI_DEV_ECC_DBE_VOL_TOTAL{${labels(0)}} 0
# TYPE DCGM_FI_DEV_CLOCK_THROTTLE_REASONS gauge
DCGM_FI_DEV_CLOCK_THROTTLE_REASONS{${labels(0)}} 4
`;

function translate(text: string, known = new Set<string>()): readonly Measured[] {
  const parsed = parseExposition(text, "prometheus");
  assert.ok("samples" in parsed);
  const reading = new Reading(parsed.samples);
  assert.ok(dcgmExporter.recognizes(reading));
  return dcgmExporter.translate({ reading, host: "elsewhere", target: "gpus", at: 0, known });
}

function value(samples: readonly Measured[], metric: string, gpu: string): number | undefined {
  return samples.find((one) => one.metric === metric && one.labels.gpu === gpu && one.labels.host === "gpu-node-17")
    ?.value;
}

describe("what dcgm-exporter tells, by our names", () => {
  test("a GPU that works", () => {
    const samples = translate(WELL);
    assert.deepEqual(
      samples.filter(({ labels: { gpu } }) => gpu === "0").map(({ metric, value: number }) => [metric, number]),
      [
        ["gpu_up", 1],
        ["gpu_used_ratio", 0.97],
        ["gpu_memory_used_ratio", 61167 / (61167 + 20389)],
        ["gpu_temperature_celsius", 61],
        ["gpu_power_watts", 409.692],
        ["gpu_ecc_uncorrected_errors_total", 0],
        ["gpu_ecc_corrected_errors_total", 12],
        ["gpu_xid_code", 0],
        // The power limit alone is what full load looks like.
        ["gpu_throttled", 0],
      ],
    );
  });

  test("the parts of a GPU are one GPU", () => {
    const samples = translate(WELL);
    assert.equal(value(samples, "gpu_up", "1"), 1);
    assert.equal(value(samples, "gpu_memory_used_ratio", "1"), 10086 / 40000);
    assert.equal(value(samples, "gpu_used_ratio", "1"), 0.25);
    assert.equal(samples.filter(({ metric, labels: { gpu } }) => metric === "gpu_up" && gpu === "1").length, 1);
  });

  test("uncorrected ECC errors, an XID and heat are told", () => {
    const ill = WELL.replace(/(DCGM_FI_DEV_ECC_DBE_VOL_TOTAL\{gpu="0".*\}) 0/u, "$1 2")
      .replace(/(DCGM_FI_DEV_XID_ERRORS\{gpu="0".*\}) 0/u, "$1 48")
      .replace(/(DCGM_FI_DEV_CLOCK_THROTTLE_REASONS\{.*\}) 4/u, "$1 68");
    const samples = translate(ill);
    assert.equal(value(samples, "gpu_ecc_uncorrected_errors_total", "0"), 2);
    assert.equal(value(samples, "gpu_xid_code", "0"), 48);
    assert.equal(value(samples, "gpu_throttled", "0"), 1);
    assert.equal(value(samples, "gpu_up", "0"), 1);
  });

  test("a GPU whose series end is lost, and is told until it is back", () => {
    const known = new Set<string>();
    translate(WELL, known);
    const without = WELL.split("\n")
      .filter((line) => !line.includes('gpu="0"'))
      .join("\n");
    for (let n = 0; n < 2; n++) {
      const samples = translate(without, known);
      assert.equal(value(samples, "gpu_up", "0"), 0);
      assert.equal(value(samples, "gpu_up", "1"), 1);
      assert.equal(value(samples, "gpu_used_ratio", "0"), undefined);
    }
    assert.equal(value(translate(WELL, known), "gpu_up", "0"), 1);
  });

  test("one of which only the last XID is remembered does not answer", () => {
    const fallen = `DCGM_FI_DEV_XID_ERRORS{${labels(0)}} 79
DCGM_FI_DEV_GPU_TEMP{${labels(0)}} 9223372036854775794
DCGM_FI_DEV_GPU_UTIL{${labels(0)}} 2147483632
DCGM_FI_DEV_POWER_USAGE{${labels(0)}} 140737488355328.000000
`;
    const samples = translate(fallen);
    assert.equal(value(samples, "gpu_up", "0"), 0);
    assert.equal(value(samples, "gpu_xid_code", "0"), 79);
    assert.equal(value(samples, "gpu_temperature_celsius", "0"), undefined);
    assert.equal(value(samples, "gpu_power_watts", "0"), undefined);
  });
});

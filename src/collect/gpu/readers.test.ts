import assert from "node:assert/strict";
import { test } from "node:test";
import { readAmdSmi } from "./read-amd-smi.ts";
import { fieldsInstead, NVIDIA_FIELDS, readNvidiaSmi } from "./read-nvidia-smi.ts";
import { readRocmSmi } from "./read-rocm-smi.ts";
import { busOf, numberOf } from "./reading.ts";

const read = (out: string, code = 0) => readNvidiaSmi(NVIDIA_FIELDS, out, { program: "nvidia-smi", code });
const refused = (detail: string) => [{ code: "program-refused", program: "nvidia-smi", detail }];

// Two A100 under load, the second with ECC errors and slowed down by heat (driver 550).
const A100 = `0, GPU-2ac434d3-1aca-57a0-597d-1d2effdba9f3, 00000000:07:00.0, 97, 36537, 81920, 64, 387.12, 0, 0, Not Active, Not Active, Not Active
1, GPU-cd9ee947-34d2-d0fe-93e0-2195b3f2fd52, 00000000:0B:00.0, 100, 40960, 81920, 88, 250.00, 2, 14, Active, Not Active, Not Active
`;

test("an A100 tells use, memory, heat, power, ECC errors and what slows it down", () => {
  const { gpus, failed, isComplete } = read(A100);
  assert.deepEqual(failed, []);
  assert.equal(isComplete, true);
  assert.deepEqual(gpus[1], {
    name: "1",
    identity: "GPU-cd9ee947-34d2-d0fe-93e0-2195b3f2fd52",
    bus: "0b:00.0",
    isUp: true,
    usedRatio: 1,
    memoryUsedRatio: 0.5,
    celsius: 88,
    watts: 250,
    uncorrectedErrors: 2,
    correctedErrors: 14,
    isThrottled: true,
  });
  assert.equal(gpus[0]?.isThrottled, false);
});

test("a GeForce has no ECC, and what it does not have is no value", () => {
  const { gpus } = read(
    "0, GPU-67a571b1-79ee-1016-8ea3-c1fff3f1c1d2, 00000000:01:00.0, 7, 512, 8192, 41, [N/A], [N/A], [N/A], Not Active, Not Active, [N/A]\n",
  );
  assert.equal(gpus[0]?.isUp, true);
  assert.equal(gpus[0]?.watts, undefined);
  assert.equal(gpus[0]?.uncorrectedErrors, undefined);
  assert.equal(gpus[0]?.memoryUsedRatio, 1 / 16);
  assert.equal(gpus[0]?.isThrottled, false);
});

test("an old driver's [Not Supported] is no value either", () => {
  const { gpus } = read(
    "0, GPU-1, 0000:02:00.0, [Not Supported], 100, 1000, 50, [Not Supported], [Not Supported], [Not Supported], [Not Supported], [Not Supported], [Not Supported]\n",
  );
  assert.deepEqual(
    [gpus[0]?.isUp, gpus[0]?.usedRatio, gpus[0]?.celsius, gpus[0]?.isThrottled],
    [true, undefined, 50, undefined],
  );
});

test("with MIG on there is no use of the whole GPU, and memory where it may be read", () => {
  const { gpus } = read(
    "0, GPU-2ac434d3, 00000000:18:00.0, [N/A], 36537, 81920, 33, 87.11, 0, 0, Not Active, Not Active, Not Active\n" +
      "1, GPU-cd9ee947, 00000000:19:00.0, [N/A], [Insufficient Permissions], [Insufficient Permissions], 47, [N/A], 0, 0, Not Active, Not Active, Not Active\n",
  );
  assert.deepEqual(
    gpus.map((gpu) => [gpu.isUp, gpu.usedRatio, gpu.memoryUsedRatio?.toFixed(3)]),
    [
      [true, undefined, "0.446"],
      [true, undefined, undefined],
    ],
  );
});

test("a GPU that is lost while it is asked tells so in place of its values", () => {
  const { gpus, failed } = read(
    `${A100.split("\n")[0] ?? ""}\n1, GPU-cd9ee947, 00000000:0B:00.0, [GPU is lost], [GPU is lost], [GPU is lost], [GPU is lost], [GPU is lost], [GPU is lost], [GPU is lost], [GPU is lost], [GPU is lost], [GPU is lost]\n`,
  );
  assert.deepEqual(
    gpus.map(({ isUp }) => isUp),
    [true, false],
  );
  assert.deepEqual(failed, [{ code: "gpu-lost", of: "GPU 1" }]);
});

test("a GPU that cannot tell its number either leaves those that were there lost", () => {
  const lost = NVIDIA_FIELDS.map(() => "[GPU is lost]").join(", ");
  assert.deepEqual([read(lost).isComplete, read(lost).gpus.length], [true, 0]);
});

test("a GPU that has to be reset is lost; one value of unknown error is not", () => {
  const reset =
    "0, GPU-1, 0000:02:00.0, [GPU requires reset], 0, 1000, 50, 1, 0, 0, Not Active, Not Active, Not Active";
  const laptop = "0, GPU-1, 0000:02:00.0, 1, 0, 1000, 50, [Unknown Error], 0, 0, Not Active, Not Active, Not Active";
  const error = "0, GPU-1, 0000:02:00.0, [Unknown Error], [Unknown Error], 1000, ERR!, 9, 0, 0, Active, Active, Active";
  assert.deepEqual(
    [reset, laptop, error].map((row) => read(row).gpus[0]?.isUp),
    [false, true, false],
  );
});

for (const said of [
  "Unable to determine the device handle for GPU 0000:0B:00.0: Unknown Error",
  "Unable to determine the device handle for GPU 0000:0B:00.0: GPU is lost. Reboot the system to recover this GPU",
  "Unable to determine the device handle for GPU0000:0B:00.0: Unknown Error",
  "Unable to determine the device handle for GPU1: 0000:0B:00.0: Unknown Error",
]) {
  test(`the place of a lost GPU is read: ${said}`, () => {
    const answer = read(`${said}\n`, 255);
    assert.deepEqual(answer.lostBuses, ["0b:00.0"]);
    assert.equal(answer.isComplete, false);
    assert.deepEqual(answer.failed, [{ code: "gpu-lost", of: "GPU 0b:00.0", detail: said }]);
  });
}

for (const said of [
  "Unable to determine the device handle for GPU1: Unknown Error",
  "Unable to determine the device handle for GPU 1: Unknown Error",
]) {
  test(`a lost GPU whose place is gone too is read by its number: ${said}`, () => {
    const answer = read(`${said}\n`, 255);
    assert.deepEqual([answer.lostBuses, answer.lostNames], [[], ["1"]]);
    assert.deepEqual(answer.failed, [{ code: "gpu-lost", of: "GPU 1", detail: said }]);
  });
}

// As an RTX PRO 6000 told it after its firmware had crashed: what it uses is not told, its heat is an error.
test("a GPU whose firmware crashed is lost, whatever it still tells", () => {
  const { gpus } = read(
    "0, GPU-5f3a1c22-8d0e-4b6b-9d51-0a7e6f4d2b11, 00000000:01:00.0, [N/A], 58222, 97887, [GPU requires reset], [N/A], 0, 0, [N/A], [N/A], [N/A]\n",
  );
  assert.equal(gpus[0]?.isUp, false);
});

test("a newer driver tells of a lost GPU beside the others' values", () => {
  const answer = read(
    `Unable to determine the device handle for GPU1: 0000:0B:00.0: Unknown Error\n${A100.split("\n")[0] ?? ""}\n`,
  );
  assert.deepEqual([answer.gpus.length, answer.lostBuses], [1, ["0b:00.0"]]);
});

test("no device, and no driver, mean that those which were there are lost", () => {
  for (const [said, code] of [
    ["No devices were found", 6],
    [
      "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is installed and running.",
      9,
    ],
  ] as const) {
    const answer = read(`${said}\n\n`, code);
    assert.deepEqual([answer.gpus.length, answer.isComplete, answer.failed], [0, true, refused(said)]);
  }
});

test("a driver that was updated and not yet loaded says nothing about its GPUs", () => {
  const answer = read(
    "Failed to initialize NVML: Driver/library version mismatch\nNVML library version: 550.127\n",
    18,
  );
  assert.deepEqual(
    [answer.isComplete, answer.failed],
    [false, refused("Failed to initialize NVML: Driver/library version mismatch")],
  );
});

test("a warning beside the values is no failure", () => {
  assert.deepEqual(read(`${A100}WARNING: infoROM is corrupted at gpu 0000:0B:00.0\n`).failed, []);
});

test("a field that the driver does not know is asked by its old name, or left out", () => {
  const unknown = (field: string): string => `Field "${field}" is not a valid field to query.\n`;
  const older = fieldsInstead(NVIDIA_FIELDS, unknown("clocks_event_reasons.hw_thermal_slowdown")) ?? [];
  assert.ok(older.includes("clocks_throttle_reasons.sw_thermal_slowdown"));
  assert.equal(older.length, NVIDIA_FIELDS.length);
  const fewer = fieldsInstead(older, unknown("clocks_throttle_reasons.hw_power_brake_slowdown"));
  assert.equal(fewer?.length, NVIDIA_FIELDS.length - 1);
  assert.equal(fieldsInstead(NVIDIA_FIELDS, "No devices were found"), undefined);
});

test("numbers and places are read as the tools write them", () => {
  assert.deepEqual(["12", " 12.50", "[N/A]", "ERR!", "", "12 W", 7].map(numberOf), [
    12,
    12.5,
    undefined,
    undefined,
    undefined,
    undefined,
    7,
  ]);
  assert.deepEqual(["00000000:0B:00.0", "0000:0b:00.0", "0B:00.0", "N/A"].map(busOf), [
    "0b:00.0",
    "0b:00.0",
    "0b:00.0",
    undefined,
  ]);
});

// An Instinct MI250X with the names of ROCm 5 and an RX 7900 XTX with those of ROCm 6, after a warning.
const ROCM = `WARNING: AMD GPU device(s) is/are in a low-power state. Check power control/runtime_status
{"card0": {"Unique ID": "0x1234abcd", "PCI Bus": "0000:C1:00.0", "GPU use (%)": "68", "GPU Memory Allocated (VRAM%)": "42", "VRAM Total Memory (B)": "68719476736", "VRAM Total Used Memory (B)": "17179869184", "Temperature (Sensor edge) (C)": "72.0", "Temperature (Sensor junction) (C)": "78.0", "Average Graphics Package Power (W)": "235.5"},
 "card1": {"Unique ID": "N/A", "GPU use (%)": "N/A", "GPU Memory Allocated (VRAM%)": "13", "Temperature (Sensor edge) (C)": "38.0", "Current Socket Graphics Package Power (W)": "21.0"},
 "system": {"Driver version": "6.7.0"}}
`;

test("rocm-smi's names are read as its versions write them", () => {
  const { gpus, failed } = readRocmSmi(ROCM, "rocm-smi");
  assert.deepEqual(failed, []);
  assert.deepEqual(
    gpus.map((gpu) => [gpu.name, gpu.identity, gpu.bus, gpu.usedRatio, gpu.memoryUsedRatio, gpu.celsius, gpu.watts]),
    [
      ["card0", "0x1234abcd", "c1:00.0", 0.68, 0.25, 78, 235.5],
      ["card1", "card1", undefined, undefined, 0.13, 38, 21],
    ],
  );
});

// Of four MI100 (ROCm 6.0.2) and an RX 6700 XT (6.1.2), what was asked for, as they told it.
const MI100 = `{"card0": {"Unique ID": "0x79ccd55167a2124a", "Temperature (Sensor edge) (C)": "53.0", "Temperature (Sensor junction) (C)": "55.0", "Temperature (Sensor memory) (C)": "53.0", "Average Graphics Package Power (W)": "36.0", "GPU use (%)": "0", "GPU memory use (%)": "0", "Memory Activity": "N/A", "PCI Bus": "0000:83:00.0", "VRAM Total Memory (B)": "34342961152", "VRAM Total Used Memory (B)": "6750208"}, "card1": {"Unique ID": "0x4edfb117a17a07d", "Temperature (Sensor edge) (C)": "55.0", "Temperature (Sensor junction) (C)": "58.0", "Temperature (Sensor memory) (C)": "54.0", "Average Graphics Package Power (W)": "44.0", "GPU use (%)": "0", "GPU memory use (%)": "0", "Memory Activity": "N/A", "PCI Bus": "0000:A3:00.0", "VRAM Total Memory (B)": "34342961152", "VRAM Total Used Memory (B)": "6750208"}, "system": {"Driver version": "6.3.6"}}`;
const RX6700 = `{"card0": {"Unique ID": "N/A", "Temperature (Sensor edge) (C)": "45.0", "Temperature (Sensor junction) (C)": "47.0", "Temperature (Sensor memory) (C)": "46.0", "Average Graphics Package Power (W)": "6.0", "GPU use (%)": "0", "GPU Memory Allocated (VRAM%)": "12", "GPU Memory Read/Write Activity (%)": "0", "PCI Bus": "0000:07:00.0", "VRAM Total Memory (B)": "12868124672", "VRAM Total Used Memory (B)": "1572745216"}, "system": {"Driver version": "6.3.6"}}`;
/** A Radeon 780M (ROCm 6.2.4), which shares the machine's memory. */
const PHOENIX = `{"card0": {"Unique ID": "N/A", "Temperature (Sensor edge) (C)": "31.0", "Current Socket Graphics Package Power (W)": "7.222", "GPU use (%)": "19", "GPU Memory Allocated (VRAM%)": "87", "Memory Activity": "N/A", "PCI Bus": "0000:C4:00.0"}}`;

test("what real cards told of themselves is read", () => {
  const of = (out: string) =>
    readRocmSmi(out, "rocm-smi").gpus.map((gpu) => [
      gpu.identity,
      gpu.bus,
      gpu.usedRatio,
      gpu.memoryUsedRatio?.toFixed(4),
      gpu.celsius,
      gpu.watts,
    ]);
  assert.deepEqual(of(MI100), [
    ["0x79ccd55167a2124a", "83:00.0", 0, "0.0002", 55, 36],
    ["0x4edfb117a17a07d", "a3:00.0", 0, "0.0002", 58, 44],
  ]);
  assert.deepEqual(of(RX6700), [["card0", "07:00.0", 0, "0.1222", 47, 6]]);
  assert.deepEqual(of(PHOENIX), [["card0", "c4:00.0", 0.19, "0.8700", 31, 7.222]]);
});

// What amd-smi told: an MI300X of ROCm 6 in a list, two Radeons of ROCm 7 with their errors in the member \`gpu_data\`.
const MI300X = `[{"gpu": 0, "usage": {"gfx_activity": {"value": 0, "unit": "%"}, "umc_activity": {"value": 0, "unit": "%"}, "mm_activity": "N/A"}, "power": {"socket_power": {"value": 158, "unit": "W"}, "gfx_voltage": "N/A", "power_management": "ENABLED"}, "temperature": {"edge": "N/A", "hotspot": {"value": 45, "unit": "C"}, "mem": {"value": 38, "unit": "C"}}}]`;
const RADEONS = `{"gpu_data": [{"gpu": 0, "usage": {"gfx_activity": {"value": 98, "unit": "%"}}, "power": {"socket_power": {"value": 41, "unit": "W"}, "throttle_status": "THROTTLED"}, "temperature": {"edge": {"value": 54, "unit": "C"}, "hotspot": {"value": 63, "unit": "C"}, "mem": {"value": 70, "unit": "C"}}, "ecc": {"total_correctable_count": 3, "total_uncorrectable_count": 1, "total_deferred_count": 0, "cache_correctable_count": 0, "cache_uncorrectable_count": 0}, "mem_usage": {"total_vram": {"value": 30576, "unit": "MB"}, "used_vram": {"value": 20450, "unit": "MB"}}}, {"gpu": 1, "usage": "N/A", "power": "N/A", "temperature": "N/A", "ecc": {"total_correctable_count": "N/A", "total_uncorrectable_count": "N/A"}, "mem_usage": {"total_vram": 8176, "used_vram": 202}}]}`;

test("amd-smi is read as its versions write it, with the errors in the memory", () => {
  const of = (out: string) =>
    readAmdSmi(out, "amd-smi").gpus.map((gpu) => [
      gpu.name,
      gpu.usedRatio,
      gpu.memoryUsedRatio?.toFixed(4),
      gpu.celsius,
      gpu.watts,
      gpu.uncorrectedErrors,
      gpu.correctedErrors,
    ]);
  assert.deepEqual(of(MI300X), [["0", 0, undefined, 45, 158, undefined, undefined]]);
  assert.deepEqual(of(RADEONS), [
    ["0", 0.98, "0.6688", 63, 41, 1, 3],
    ["1", undefined, "0.0247", undefined, undefined, undefined, undefined],
  ]);
  assert.deepEqual(readAmdSmi("[]", "amd-smi").failed, [{ code: "gpus-none", program: "amd-smi" }]);
  const said = "ERROR:root:Unable to detect any GPU devices, check amdgpu version and module status";
  assert.deepEqual(readAmdSmi(`${said}\n`, "amd-smi").failed, [
    { code: "program-refused", program: "amd-smi", detail: said },
  ]);
});

test("rocm-smi without a driver tells why", () => {
  const said = "ERROR:root:Driver not initialized (amdgpu not found in modules)";
  assert.deepEqual(readRocmSmi(`\n===== ROCm =====\n${said}\n`, "rocm-smi"), {
    gpus: [],
    lostBuses: [],
    lostNames: [],
    isComplete: false,
    failed: [{ code: "program-refused", program: "rocm-smi", detail: said }],
  });
  assert.deepEqual(readRocmSmi("{}", "rocm-smi").failed, [{ code: "gpus-none", program: "rocm-smi" }]);
});

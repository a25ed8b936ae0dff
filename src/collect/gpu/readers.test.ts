import assert from "node:assert/strict";
import { test } from "node:test";
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

test("rocm-smi without a driver tells why", () => {
  const said = "ERROR:root:Driver not initialized (amdgpu not found in modules)";
  assert.deepEqual(readRocmSmi(`\n===== ROCm =====\n${said}\n`, "rocm-smi"), {
    gpus: [],
    lostBuses: [],
    isComplete: false,
    failed: [{ code: "program-refused", program: "rocm-smi", detail: said }],
  });
  assert.deepEqual(readRocmSmi("{}", "rocm-smi").failed, [{ code: "gpus-none", program: "rocm-smi" }]);
});

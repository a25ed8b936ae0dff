/** What `/proc/<pid>/stat` tells of a process (proc(5)). */
export type ProcessStat = {
  /** At most 15 bytes of it. */
  readonly comm: string;
  readonly state: string;
  readonly isKernelThread: boolean;
  /** Spent in user and kernel mode, in ticks. */
  readonly cpuTicks: number;
  /** Since the machine started, in ticks: tells two processes with one number apart. */
  readonly startTicks: number;
};

/** `USER_HZ`, which is 100 wherever Node runs. */
export const TICKS_PER_SECOND = 100;
const PF_KTHREAD = 0x0020_0000;

export function readStat(stat: string): ProcessStat | undefined {
  const [open, close] = [stat.indexOf("("), stat.lastIndexOf(")")];
  if (open < 0 || close < open) return undefined;
  // Counted from the state, which proc(5) calls field 3.
  const fields = stat.slice(close + 2).split(" ");
  const number = (field: number): number => Number(fields[field - 3] ?? Number.NaN);
  if (!Number.isFinite(number(22))) return undefined;
  return {
    comm: stat.slice(open + 1, close),
    state: fields[0] ?? "",
    isKernelThread: (number(9) & PF_KTHREAD) !== 0,
    cpuTicks: number(14) + number(15),
    startTicks: number(22),
  };
}

/** Memory of a process in bytes: what is its own, and what it may share with others. */
export function readMemoryOf(status: string): { readonly own: number; readonly shared: number } | undefined {
  const bytes = (name: string): number | undefined => {
    const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, "mu").exec(status)?.[1];
    return found === undefined ? undefined : Number(found) * 1_024;
  };
  const own = bytes("RssAnon");
  if (own !== undefined) return { own, shared: (bytes("RssFile") ?? 0) + (bytes("RssShmem") ?? 0) };
  // Kernels before 4.5, and kernel threads, which have none.
  const all = bytes("VmRSS");
  return all === undefined ? undefined : { own: all, shared: 0 };
}

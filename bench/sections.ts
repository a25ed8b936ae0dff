/** docs/benchmarks.md has two parts, each written by the run that measures it. */
export const WEB_HEADING = "## The web UI";

import { nearest } from "../policy/vocabulary.ts";
import { sameName } from "../roster/same-name.ts";

export type UnknownDependency = {
  readonly service: string;
  /** What it is said to depend on, and what nothing is called. */
  readonly name: string;
  /** What was probably meant. */
  readonly meant: string | undefined;
};

/**
 * Names that services depend on and that nothing known is called: such a dependency mutes nothing. A host may be one
 * without having been declared anywhere, so it need not be a mistake where nothing is called nearly the same.
 */
export function unknownDependencies(
  services: readonly { readonly name: string; readonly dependsOn: readonly string[] }[],
  others: readonly string[],
): readonly UnknownDependency[] {
  const known = [...new Set([...services.map(({ name }) => name), ...others])];
  return services.flatMap(({ name: service, dependsOn }) =>
    dependsOn
      .filter((name) => !known.some((one) => one === name))
      .map((name) => ({
        service,
        name,
        // Names are compared to the letter where alerts are muted.
        meant:
          known.find((one) => sameName(one, name)) ??
          nearest(
            name,
            known.filter((one) => one !== service),
          ),
      })),
  );
}

import { type ReactNode, useId } from "react";
import styles from "./choice.module.css";

/** One of a few, side by side: radio buttons of the browser's own under a frame. */
export function Choice<V extends string>({
  legend,
  name,
  value,
  options,
  onChoose,
}: {
  readonly legend: string;
  readonly name: string;
  readonly value: V;
  readonly options: readonly (readonly [V, ReactNode])[];
  readonly onChoose: (value: V) => void;
}) {
  const id = useId();
  return (
    <fieldset className={styles.choice}>
      <legend>{legend}</legend>
      <div className={styles.options}>
        {options.map(([option, label]) => (
          <label key={option}>
            <input
              type="radio"
              name={`${name}${id}`}
              value={option}
              checked={option === value}
              onChange={() => onChoose(option)}
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

import type { ButtonHTMLAttributes, ReactNode } from "react";
import { useState } from "react";
import { Link } from "wouter";
import styles from "./button.module.css";
import { Icon, type IconName } from "./icon.tsx";

type Look = {
  /** `act`: the one main act of a page. `quiet`: no frame. */
  readonly look?: "act" | "main" | "plain" | "quiet" | "danger";
  readonly icon?: IconName;
  /** Only the icon is seen; the children are its name. */
  readonly bare?: boolean;
  readonly size?: "normal" | "small" | "huge";
};

function classes({ look = "plain", bare, size = "normal" }: Look): string {
  return [styles.button, styles[look], styles[size], bare ? styles.bare : ""].join(" ");
}

function Content({ icon, bare, children }: Look & { readonly children: ReactNode }) {
  return (
    <>
      {icon !== undefined && <Icon name={icon} />}
      {bare ? <span className="unseen">{children}</span> : children}
    </>
  );
}

/** A native button. While its `onPress` promise runs it cannot be pressed again: a double click acts once. */
export function Button({
  look,
  icon,
  bare,
  size,
  onPress,
  children,
  ...rest
}: Look & { readonly onPress?: () => unknown; readonly children: ReactNode } & Omit<
    ButtonHTMLAttributes<HTMLButtonElement>,
    "onClick" | "className"
  >) {
  const [busy, setBusy] = useState(false);
  const press = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      await onPress?.();
    } finally {
      setBusy(false);
    }
  };
  return (
    <button
      type="button"
      {...rest}
      {...(onPress === undefined ? {} : { onClick: () => void press() })}
      {...(busy ? { "aria-busy": true } : {})}
      {...(bare && typeof children === "string" ? { title: children } : {})}
      className={classes({ ...(look ? { look } : {}), ...(size ? { size } : {}), ...(bare ? { bare } : {}) })}
    >
      <Content {...(icon ? { icon } : {})} {...(bare ? { bare } : {})}>
        {children}
      </Content>
    </button>
  );
}

/** A link that looks like a button: it goes somewhere, and can be opened in another tab. */
export function LinkButton({
  look,
  icon,
  bare,
  size,
  to,
  children,
}: Look & { readonly to: string; readonly children: ReactNode }) {
  return (
    <Link
      href={to}
      className={classes({ ...(look ? { look } : {}), ...(size ? { size } : {}), ...(bare ? { bare } : {}) })}
    >
      <Content {...(icon ? { icon } : {})} {...(bare ? { bare } : {})}>
        {children}
      </Content>
    </Link>
  );
}

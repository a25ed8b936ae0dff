import { type MouseEvent, type PointerEvent, useRef, useState } from "react";
import { type Day, snapped } from "./days.ts";
import type { Span } from "./shifts-shown.ts";

/** A press that moves less is a click. */
const CLICK_PX_MAX = 6;

export type Drawn = Span & { readonly y: number };

/**
 * Draws a stretch of time with the pointer over a row. A finger scrolls instead: whatever can be drawn can be filled in as
 * a form as well (WCAG 2.5.7).
 */
export function useDraw(
  days: readonly Day[],
  stepMs: number,
  onDrawn: ((drawn: Drawn) => void) | undefined,
): {
  readonly drawn: Span | undefined;
  readonly handlers: {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: () => void;
    readonly onPointerCancel: () => void;
    readonly onClickCapture: (event: MouseEvent) => void;
  };
} {
  const [drawn, setDrawn] = useState<Drawn>();
  const from = useRef<{ readonly x: number; readonly fraction: number; readonly y: number } | undefined>(undefined);
  const hasDrawn = useRef(false);
  const fractionOf = ({ currentTarget, clientX }: PointerEvent<HTMLElement>): number => {
    const { left, width } = currentTarget.getBoundingClientRect();
    return (clientX - left) / width;
  };
  const drop = (): void => {
    from.current = undefined;
    setDrawn(undefined);
  };
  return {
    drawn,
    handlers: {
      onPointerDown: (event) => {
        hasDrawn.current = false;
        if (onDrawn === undefined || event.button !== 0 || event.pointerType === "touch") return;
        const y = event.clientY - event.currentTarget.getBoundingClientRect().top;
        from.current = { x: event.clientX, fraction: fractionOf(event), y };
      },
      onPointerMove: (event) => {
        if (from.current === undefined) return;
        if (drawn === undefined && Math.abs(event.clientX - from.current.x) < CLICK_PX_MAX) return;
        if (!event.currentTarget.hasPointerCapture(event.pointerId))
          event.currentTarget.setPointerCapture(event.pointerId);
        const ends = [from.current.fraction, fractionOf(event)].map((fraction) => snapped(days, fraction, stepMs));
        const start = Math.min(...ends);
        setDrawn({ start, end: Math.max(...ends, start + stepMs), y: from.current.y });
      },
      onPointerUp: () => {
        if (drawn !== undefined) {
          hasDrawn.current = true;
          onDrawn?.(drawn);
        }
        drop();
      },
      onPointerCancel: drop,
      // What was drawn over a shift does not open that shift.
      onClickCapture: (event) => {
        if (!hasDrawn.current) return;
        hasDrawn.current = false;
        event.preventDefault();
        event.stopPropagation();
      },
    },
  };
}

import { Type, type Static } from 'typebox';

const BoundsSchema = Type.Object({
  x: Type.Integer(),
  y: Type.Integer(),
  width: Type.Integer({ minimum: 1 }),
  height: Type.Integer({ minimum: 1 }),
});
export type Bounds = Static<typeof BoundsSchema>;

/** Where a window stood; `bounds` are those of the window when it is not maximised. */
export const WindowPlaceSchema = Type.Object({
  bounds: BoundsSchema,
  isMaximised: Type.Boolean(),
});
export type WindowPlace = Static<typeof WindowPlaceSchema>;

export const leastSize = { width: 900, height: 600 } as const;
const usualSize = { width: 1400, height: 900 } as const;
/** So much of a window must be on a screen for it to count as visible there. */
const leastVisible = { width: 200, height: 100 } as const;

/**
 * Where the desk's window opens: where it stood, on the same display, as far as that is still there.
 *
 * `workAreas` are the displays without task bars, the primary one first. A window that would be out of sight comes to the
 * middle of the primary display; none is larger than its display, or smaller than can be worked in.
 */
export function placeWindow(remembered: WindowPlace | null, workAreas: readonly Bounds[]): WindowPlace {
  const [primary] = workAreas;
  if (primary === undefined) throw new RangeError('no display');
  const wanted = remembered?.bounds ?? { x: 0, y: 0, ...usualSize };
  const home = remembered === null ? undefined : mostVisible(wanted, workAreas);
  const area = home ?? primary;
  const width = Math.min(Math.max(wanted.width, leastSize.width), area.width);
  const height = Math.min(Math.max(wanted.height, leastSize.height), area.height);
  const place =
    home === undefined
      ? {
          x: area.x + Math.floor((area.width - width) / 2),
          y: area.y + Math.floor((area.height - height) / 2),
        }
      : {
          x: clamp(wanted.x, area.x, area.x + area.width - width),
          y: clamp(wanted.y, area.y, area.y + area.height - height),
        };
  return { bounds: { ...place, width, height }, isMaximised: remembered?.isMaximised ?? false };
}

/** The display that shows most of a window; undefined when none shows enough of it. */
function mostVisible(bounds: Bounds, workAreas: readonly Bounds[]): Bounds | undefined {
  let best: { readonly area: Bounds; readonly size: number } | undefined;
  for (const area of workAreas) {
    const width = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
    const height = Math.min(bounds.y + bounds.height, area.y + area.height) - Math.max(bounds.y, area.y);
    if (width < leastVisible.width || height < leastVisible.height) continue;
    if (best === undefined || width * height > best.size) best = { area, size: width * height };
  }
  return best?.area;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most));
}

/** Of WCAG 2.2: what text needs on what lies behind it. */
const readable = 4.5;

type Rgb = readonly [red: number, green: number, blue: number];

/**
 * A colour that can be read on this ground, and on which the ground can be read: the given one, or as much darker (on a
 * light ground) or lighter (on a dark one) as that takes. Both as #rrggbb.
 */
export function accentOn(ground: string, color: string): string {
  const behind = rgbOf(ground);
  const given = rgbOf(color);
  const towards: Rgb = luminance(behind) > 0.18 ? [0, 0, 0] : [255, 255, 255];
  for (let share = 0; share < 1; share += 0.02) {
    const mixed = mix(given, towards, share);
    if (contrast(mixed, behind) >= readable) return hexOf(mixed);
  }
  return hexOf(towards);
}

/** From 1, the same, to 21, black on white. Both as #rrggbb. */
export const contrastOf = (one: string, other: string): number => contrast(rgbOf(one), rgbOf(other));

function contrast(one: Rgb, other: Rgb): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Relative luminance, 0 to 1 (WCAG 2.2). */
function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const mix = ([r, g, b]: Rgb, [tr, tg, tb]: Rgb, share: number): Rgb => [
  Math.round(r + (tr - r) * share),
  Math.round(g + (tg - g) * share),
  Math.round(b + (tb - b) * share),
];

function rgbOf(hex: string): Rgb {
  const all = Number.parseInt(hex.slice(1), 16);
  return [all >> 16, (all >> 8) & 255, all & 255];
}

const hexOf = (color: Rgb): string => `#${color.map((part) => part.toString(16).padStart(2, '0')).join('')}`;

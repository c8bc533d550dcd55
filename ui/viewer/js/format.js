/**
 * Numbers as people read them.
 * @module
 */

/**
 * The shortest decimal text that is read back as the same float32, as numpy prints it; whole numbers of 8-bit pictures
 * as they are.
 * @param {number} value
 */
export function exactText(value) {
  if (Number.isInteger(value) || !Number.isFinite(value)) return String(value);
  const target = Math.fround(value);
  for (let digits = 1; digits < 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === target) return String(Number(text));
  }
  return String(Number(value.toPrecision(9)));
}

/** `value` in at most `width` characters, for the squares of single pixels. @param {number} value @param {number} width */
export function shortText(value, width) {
  const exact = exactText(value);
  if (exact.length <= width) return exact;
  const whole = Math.trunc(Math.abs(value)).toString().length + (value < 0 ? 1 : 0);
  const decimals = Math.max(0, width - whole - 1);
  const rounded = value.toFixed(Math.min(decimals, 6));
  return Number(rounded) === 0 && value !== 0 ? value.toExponential(0) : rounded;
}

/** With a sign, a true minus and none for zero. @param {string} text */
export function signed(text) {
  if (text.startsWith("-")) return `−${text.slice(1)}`;
  return Number(text) === 0 ? text : `+${text}`;
}

/** `value` with its sign in at most `width` characters. @param {number} value @param {number} width */
export function signedShortText(value, width) {
  const text = shortText(Math.abs(value), width - 1);
  if (value === 0) return text;
  return value < 0 ? `−${text}` : `+${text}`;
}

/** @param {string} text */
export function withMinus(text) {
  return text.replaceAll("-", "−");
}

/** Levels with two significant figures after the point at most. @param {number} levels */
export function levelsText(levels) {
  return withMinus(String(Number(levels.toPrecision(3))));
}

/** A scale as "1:1", "4×" or "1:8". @param {number} scale */
export function scaleText(scale) {
  if (Math.abs(scale - 1) < 1e-6) return "1:1";
  const text = (/** @type {number} */ number) => String(Number(number.toFixed(number < 10 ? 1 : 0)));
  return scale > 1 ? `${text(scale)}×` : `1:${text(1 / scale)}`;
}

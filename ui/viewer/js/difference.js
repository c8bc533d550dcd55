/**
 * The difference of two values, by the rules of `core/numeric/pooling.py`.
 * @module
 */

/**
 * B - A as float32 has it, a difference of two float32 rounded once; exact for 8-bit values. What is not a number, on
 * either side, differs without bounds.
 * @param {number} a @param {number} b
 */
export function difference(a, b) {
  const exact = Math.fround(b - a);
  return exact === exact ? exact : Infinity;
}

/** The one larger in magnitude, the positive of two equal ones. @param {number} one @param {number} other */
export function larger(one, other) {
  const size = Math.abs(one);
  const otherSize = Math.abs(other);
  return otherSize > size || (otherSize === size && other > one) ? other : one;
}

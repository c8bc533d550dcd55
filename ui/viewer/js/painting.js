/**
 * Pixels of the panes. Everything is sampled by index and written as words, so that nothing between the array and the
 * screen can resample: a browser's `drawImage` was rejected because it leaves filtering and colour to the driver.
 * @module
 */

import { difference, larger } from "./difference.js";
import { sampledIndices } from "./geometry.js";

/** @typedef {import("./geometry.js").Placement} Placement */
/** @typedef {import("./types.js").Size} Size */
/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {import("./pyramid.js").ColourLevel} ColourLevel */
/** @typedef {import("./pyramid.js").DifferencePyramid} DifferencePyramid */
/** @typedef {import("./colouring.js").Colouring} Colouring */
/** @typedef {{words: Uint32Array, width: number, height: number}} Target */

/** The level of a pyramid to draw from: the last that is not coarser than the screen. @param {number} scale @param {number} count */
export function levelFor(scale, count) {
  return Math.max(0, Math.min(Math.floor(Math.log2(1 / scale) + 1e-9), count - 1));
}

/**
 * Calls `paintRow(y, to)` once for each distinct row of the level, and copies it to the other lines that show that row.
 * @param {Target} target @param {Int32Array} rows @param {(y: number, to: number) => void} paintRow
 */
function paintRows(target, rows, paintRow) {
  const { words, width } = target;
  for (let line = 0; line < rows.length; line++) {
    const y = /** @type {number} */ (rows[line]);
    const to = line * width;
    if (y >= 0 && line > 0 && rows[line - 1] === y) words.copyWithin(to, to - width, to);
    else if (y >= 0) paintRow(y, to);
    else words.fill(0, to, to + width);
  }
}

/**
 * Where the target's device pixels are in a level.
 * @param {Target} target @param {Placement} place @param {Size} image @param {number} reduction
 */
function indices(target, place, image, reduction) {
  return {
    columns: sampledIndices(place.left, place.scale, reduction, target.width, image.width),
    rows: sampledIndices(place.top, place.scale, reduction, target.height, image.height),
  };
}

/**
 * @param {Target} target @param {Placement} place @param {ColourLevel[]} levels
 */
export function paintPicture(target, place, levels) {
  const image = /** @type {ColourLevel} */ (levels[0]);
  const number = levelFor(place.scale, levels.length);
  const level = /** @type {ColourLevel} */ (levels[number]);
  const { columns, rows } = indices(target, place, image, 2 ** number);
  paintRows(target, rows, (y, to) => {
    const from = y * level.width;
    for (let i = 0; i < target.width; i++) {
      const x = /** @type {number} */ (columns[i]);
      target.words[to + i] = x < 0 ? 0 : /** @type {number} */ (level.words[from + x]);
    }
  });
}

/**
 * @param {Target} target @param {Placement} place @param {DifferencePyramid} pyramid @param {Colouring} colouring
 */
export function paintDifference(target, place, pyramid, colouring) {
  const { a, b } = pyramid;
  const number = levelFor(place.scale, pyramid.levels.length + 1);
  const { columns, rows } = indices(target, place, a, 2 ** number);
  const channels = colouring.channel === null ? a.offsets.map((_, channel) => channel) : [colouring.channel];
  const level = pyramid.levels[number - 1];
  const line = level
    ? levelLine(level, a.channels, channels, colouring)
    : a.isFloat || b.isFloat
      ? floatLine(a, b, channels, colouring)
      : byteLine(a, b, channels, colouring);
  paintRows(target, rows, (y, to) => line(target.words, to, columns, y));
}

// Three loops where one with functions in it would do: that one took ten times as long, and this is what has to keep up
// with a hand. Each paints a line of the target from row y.

/** @typedef {(words: Uint32Array, to: number, columns: Int32Array, y: number) => void} Line */

/**
 * Of 8-bit pictures, channels taken out of whole words: a third of the memory accesses.
 * @param {Picture} a @param {Picture} b @param {number[]} channels @param {Colouring} colouring @returns {Line}
 */
function byteLine(a, b, channels, { byteTable }) {
  const shifts = Int32Array.from(channels, (channel) => 8 * (a.offsets[channel] ?? 0));
  return (words, to, columns, y) => {
    const row = y * a.width;
    for (let i = 0; i < columns.length; i++) {
      const x = /** @type {number} */ (columns[i]);
      const wordA = /** @type {number} */ (a.words[row + x]);
      const wordB = /** @type {number} */ (b.words[row + x]);
      let largest = 0;
      for (let k = 0; k < shifts.length && wordA !== wordB; k++) {
        const shift = /** @type {number} */ (shifts[k]);
        largest = larger(largest, ((wordB >>> shift) & 255) - ((wordA >>> shift) & 255));
      }
      words[to + i] = x < 0 ? 0 : /** @type {number} */ (byteTable[largest + 255]);
    }
  };
}

/**
 * @param {Picture} a @param {Picture} b @param {number[]} channels @param {Colouring} colouring @returns {Line}
 */
function floatLine(a, b, channels, colouring) {
  return (words, to, columns, y) => {
    for (let i = 0; i < columns.length; i++) {
      const x = /** @type {number} */ (columns[i]);
      let largest = 0;
      for (let k = 0; k < channels.length && x >= 0; k++) {
        const channel = /** @type {number} */ (channels[k]);
        largest = larger(largest, difference(a.value(x, y, channel), b.value(x, y, channel)));
      }
      words[to + i] = x < 0 ? 0 : colouring.word(largest);
    }
  };
}

/**
 * @param {import("./pyramid.js").DifferenceLevel} level @param {number} stride @param {number[]} channels
 * @param {Colouring} colouring @returns {Line}
 */
function levelLine({ values, width }, stride, channels, colouring) {
  const table = values instanceof Int16Array ? colouring.byteTable : null;
  return (words, to, columns, y) => {
    for (let i = 0; i < columns.length; i++) {
      const x = /** @type {number} */ (columns[i]);
      const from = (y * width + x) * stride;
      let largest = 0;
      for (let k = 0; k < channels.length && x >= 0; k++) {
        largest = larger(largest, /** @type {number} */ (values[from + /** @type {number} */ (channels[k])]));
      }
      if (x < 0) words[to + i] = 0;
      else words[to + i] = table ? /** @type {number} */ (table[largest + 255]) : colouring.word(largest);
    }
  };
}

/**
 * Replaces what is right of `split` by `other`.
 * @param {Target} target @param {Target} other @param {number} split
 */
export function combineSwipe(target, other, split) {
  for (let line = 0; line < target.height; line++) {
    const start = line * target.width;
    target.words.set(other.words.subarray(start + split, start + target.width), start + split);
  }
}

/**
 * Lays `other` over `target` with an opacity of 0 to 1.
 * @param {Target} target @param {Target} other @param {number} opacity
 */
export function combineOnion(target, other, opacity) {
  const below = new Uint8Array(target.words.buffer, target.words.byteOffset, target.words.byteLength);
  const above = new Uint8Array(other.words.buffer, other.words.byteOffset, other.words.byteLength);
  const weight = Math.round(opacity * 256);
  for (let i = 0; i < below.length; i++) {
    const from = /** @type {number} */ (below[i]);
    below[i] = from + (((/** @type {number} */ (above[i]) - from) * weight + 128) >> 8);
  }
}

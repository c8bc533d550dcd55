/**
 * Smaller versions of a picture and of a difference, for views below 1:1.
 *
 * Level k has one pixel for 2^k x 2^k of the image. A picture's is their mean; a difference's is the one largest in
 * magnitude, for each channel: a mean would hide single bad pixels. Gain, threshold, sign and channel are applied when a
 * level is drawn, so that they cost nothing to change. Level 0 is the picture itself and stands in for a level that is
 * not ready yet.
 * @module
 */

import { difference, larger } from "./difference.js";
import { forEachRow } from "./slices.js";

/** @typedef {import("./picture.js").Picture} Picture */
/** @typedef {{width: number, height: number, words: Uint32Array}} ColourLevel */
/** @typedef {{width: number, height: number, values: Int16Array | Float32Array}} DifferenceLevel */

const SMALLEST_SIDE = 32;

/**
 * Appends levels 1, 2, … to `levels`, whose first is the picture's own.
 * @param {ColourLevel[]} levels @param {AbortSignal} signal
 */
export async function buildColourLevels(levels, signal) {
  for (let below = levels.at(-1); below && Math.min(below.width, below.height) > SMALLEST_SIDE; below = levels.at(-1)) {
    levels.push(await halvedColours(below, signal));
  }
}

/** @param {ColourLevel} below @param {AbortSignal} signal @returns {Promise<ColourLevel>} */
async function halvedColours(below, signal) {
  const width = Math.ceil(below.width / 2);
  const height = Math.ceil(below.height / 2);
  const words = new Uint32Array(width * height);
  const from = below.words;
  const lastX = below.width - 1;
  await forEachRow(
    height,
    (y) => {
      const top = 2 * y * below.width;
      const bottom = Math.min(2 * y + 1, below.height - 1) * below.width;
      for (let x = 0; x < width; x++) {
        const left = 2 * x;
        const right = Math.min(left + 1, lastX);
        words[y * width + x] = meanWord(
          /** @type {number} */ (from[top + left]),
          /** @type {number} */ (from[top + right]),
          /** @type {number} */ (from[bottom + left]),
          /** @type {number} */ (from[bottom + right]),
        );
      }
    },
    signal,
  );
  return { width, height, words };
}

/** The mean of four RGBA words, two channels at a time. @param {number} a @param {number} b @param {number} c @param {number} d */
function meanWord(a, b, c, d) {
  const mask = 0x00ff00ff;
  const even = (a & mask) + (b & mask) + (c & mask) + (d & mask) + 0x00020002;
  const odd = ((a >>> 8) & mask) + ((b >>> 8) & mask) + ((c >>> 8) & mask) + ((d >>> 8) & mask) + 0x00020002;
  return (((even >>> 2) & mask) | (((odd >>> 2) & mask) << 8)) >>> 0;
}

/**
 * Levels 1, 2, … of B - A, and the worst pixel, which the first pass meets anyway.
 */
export class DifferencePyramid {
  /** @param {Picture} a @param {Picture} b */
  constructor(a, b) {
    this.a = a;
    this.b = b;
    /** @type {DifferenceLevel[]} index 0 is level 1 */
    this.levels = [];
    /** @type {{x: number, y: number, magnitude: number} | null} the first in reading order */
    this.worst = null;
  }

  /** @param {AbortSignal} signal */
  async build(signal) {
    this.levels.push(await this.firstLevel(signal));
    for (let below = this.levels.at(-1); below && Math.min(below.width, below.height) > SMALLEST_SIDE; below = this.levels.at(-1)) {
      this.levels.push(await this.halved(below, signal));
    }
  }

  /** @param {AbortSignal} signal @returns {Promise<DifferenceLevel>} */
  async firstLevel(signal) {
    const { a, b } = this;
    const channels = a.channels;
    const width = Math.ceil(a.width / 2);
    const height = Math.ceil(a.height / 2);
    const values = this.emptyValues(width * height * channels);
    const worst = { x: 0, y: 0, magnitude: 0 };
    await forEachRow(
      a.height,
      (y) => {
        let magnitude = worst.magnitude;
        for (let channel = 0; channel < channels; channel++) {
          let to = (y >> 1) * width * channels + channel;
          let atA = y * a.width * a.stride + (a.offsets[channel] ?? 0);
          let atB = y * b.width * b.stride + (b.offsets[channel] ?? 0);
          for (let x = 0; x < a.width; x++, atA += a.stride, atB += b.stride) {
            const here = difference(/** @type {number} */ (a.values[atA]), /** @type {number} */ (b.values[atB]));
            const size = Math.abs(here);
            values[to] = larger(/** @type {number} */ (values[to]), here);
            // The first in reading order, as numpy's argmax: a later channel of this row may have it further left.
            if (size > magnitude || (size === magnitude && y === worst.y && x < worst.x)) {
              magnitude = size;
              worst.x = x;
              worst.y = y;
            }
            if (x & 1) to += channels;
          }
        }
        worst.magnitude = magnitude;
      },
      signal,
    );
    this.worst = worst;
    return { width, height, values };
  }

  /** @param {DifferenceLevel} below @param {AbortSignal} signal @returns {Promise<DifferenceLevel>} */
  async halved(below, signal) {
    const channels = this.a.channels;
    const width = Math.ceil(below.width / 2);
    const height = Math.ceil(below.height / 2);
    const values = this.emptyValues(width * height * channels);
    await forEachRow(
      below.height,
      (y) => {
        for (let x = 0; x < below.width; x++) {
          const from = (y * below.width + x) * channels;
          const to = ((y >> 1) * width + (x >> 1)) * channels;
          for (let channel = 0; channel < channels; channel++) {
            values[to + channel] = larger(/** @type {number} */ (values[to + channel]), /** @type {number} */ (below.values[from + channel]));
          }
        }
      },
      signal,
    );
    return { width, height, values };
  }

  /** @param {number} count */
  emptyValues(count) {
    return this.a.isFloat || this.b.isFloat ? new Float32Array(count) : new Int16Array(count);
  }
}

/**
 * The regions that differ most, worst first.
 * @module
 */

import { difference } from "./difference.js";

/** @typedef {import("./pyramid.js").DifferencePyramid} DifferencePyramid */
/** @typedef {import("./pyramid.js").DifferenceLevel} DifferenceLevel */

const MOST_REGIONS = 32;
const BLOCK_LEVEL = 4; // blocks of 16 x 16 pixels: smaller ones make neighbours of one flaw separate regions

/**
 * The worst pixel of each of the worst blocks; a block beside one that is listed is not listed again.
 * @param {DifferencePyramid} pyramid @param {number | null} channel
 * @returns {{x: number, y: number, magnitude: number}[]}
 */
export function worstRegions(pyramid, channel) {
  const number = Math.min(BLOCK_LEVEL, pyramid.levels.length);
  const level = pyramid.levels[number - 1];
  if (!level) return [];
  const blocks = rankedBlocks(level, pyramid.a.channels, channel);
  /** @type {{x: number, y: number, magnitude: number}[]} */
  const chosen = [];
  for (const block of blocks) {
    if (chosen.length === MOST_REGIONS) break;
    if (chosen.every(({ x, y }) => Math.max(Math.abs(x - block.x), Math.abs(y - block.y)) > 1)) chosen.push(block);
  }
  return chosen.map((block) => worstPixel(pyramid, channel, block.x, block.y, 2 ** number));
}

/** @param {DifferenceLevel} level @param {number} channels @param {number | null} channel */
function rankedBlocks(level, channels, channel) {
  const blocks = [];
  for (let i = 0; i < level.width * level.height; i++) {
    let magnitude = 0;
    for (let each = channel ?? 0; each < (channel === null ? channels : channel + 1); each++) {
      magnitude = Math.max(magnitude, Math.abs(level.values[i * channels + each] ?? 0));
    }
    if (magnitude) blocks.push({ x: i % level.width, y: Math.floor(i / level.width), magnitude });
  }
  return blocks.sort((first, second) => second.magnitude - first.magnitude);
}

/** @param {DifferencePyramid} pyramid @param {number | null} channel @param {number} column @param {number} row @param {number} side */
function worstPixel({ a, b }, channel, column, row, side) {
  const worst = { x: column * side, y: row * side, magnitude: 0 };
  for (let y = row * side; y < Math.min((row + 1) * side, a.height); y++) {
    for (let x = column * side; x < Math.min((column + 1) * side, a.width); x++) {
      for (let each = channel ?? 0; each < (channel === null ? a.channels : channel + 1); each++) {
        const magnitude = Math.abs(difference(a.value(x, y, each), b.value(x, y, each)));
        if (magnitude > worst.magnitude) Object.assign(worst, { x, y, magnitude });
      }
    }
  }
  return worst;
}

/**
 * The regions that differ most, worst first, and going from one to the next.
 * @module
 */

import { difference } from "./difference.js";

/** @typedef {import("./pyramid.js").DifferencePyramid} DifferencePyramid */
/** @typedef {import("./pyramid.js").DifferenceLevel} DifferenceLevel */
/** @typedef {import("./viewer.js").Viewer} Viewer */

const MOST_REGIONS = 32;
const BLOCK_LEVEL = 4; // blocks of 16 x 16 pixels: smaller ones make neighbours of one flaw separate regions
const PIXEL_SIDE = 48; // CSS pixels: its numbers can be read
const REGION_SIDE = 16; // a block of 16 pixels and what is around it are in sight

export class WorstTour {
  /** @param {Viewer} viewer */
  constructor(viewer) {
    this.viewer = viewer;
    this.index = -1;
  }

  /** The pictures are others. */
  forget() {
    this.index = -1;
  }

  goToWorst() {
    const worst = this.viewer.pyramid?.worst;
    if (!worst) return;
    this.index = 0;
    this.goTo(worst, PIXEL_SIDE);
  }

  goToNext() {
    const { pyramid, settings } = this.viewer;
    const regions = pyramid ? worstRegions(pyramid, settings.channel) : [];
    const next = regions[(this.index + 1) % regions.length];
    if (!next) return;
    this.index = (this.index + 1) % regions.length;
    this.goTo(next, REGION_SIDE);
  }

  /** @param {{x: number, y: number}} place @param {number} side of a pixel on the screen */
  goTo({ x, y }, side) {
    this.viewer.camera.goTo([x, y], side);
    this.viewer.selection.keep([x, y]);
  }
}

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

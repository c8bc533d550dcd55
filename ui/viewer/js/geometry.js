/**
 * Where image pixels land on the screen. All lengths on the screen are device pixels.
 * @module
 */

/** @typedef {import("./types.js").Size} Size */
/** @typedef {{x: number, y: number, scale: number}} View  the image point in the pane's middle; device px per image px */
/** @typedef {{left: number, top: number, scale: number}} Placement  where the image's corner is in the pane */

export const LARGEST_SCALE = 192;

// From 1:1 on only whole numbers, so that every pixel of the image is the same square of device pixels.
const STEPS = [
  ...[48, 32, 24, 16, 12, 8, 6, 4, 3, 2, 1.5].map((reduction) => 1 / reduction),
  ...[1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, LARGEST_SCALE],
];

/**
 * The largest scale at which all of `image` is in `pane`: a whole number where that is 1 or more.
 * @param {Size} image @param {Size} pane
 */
export function fittingScale(image, pane) {
  const scale = Math.min(pane.width / image.width, pane.height / image.height);
  return scale >= 1 ? Math.min(Math.floor(scale), LARGEST_SCALE) : scale;
}

/** @param {Size} image @param {Size} pane @returns {View} */
export function fittingView(image, pane) {
  return { x: image.width / 2, y: image.height / 2, scale: fittingScale(image, pane) };
}

/** The next step above or below `scale`. @param {number} scale @param {number} direction */
export function steppedScale(scale, direction) {
  const tolerance = 1.01;
  if (direction > 0) return STEPS.find((step) => step > scale * tolerance) ?? LARGEST_SCALE;
  return STEPS.findLast((step) => step < scale / tolerance) ?? /** @type {number} */ (STEPS[0]);
}

/**
 * The corner is rounded to a device pixel: otherwise a pan by a fraction would shift the pixels' edges.
 * @param {View} view @param {Size} pane @returns {Placement}
 */
export function placement(view, pane) {
  const { scale } = view;
  return { left: Math.round(pane.width / 2 - view.x * scale), top: Math.round(pane.height / 2 - view.y * scale), scale };
}

/** The image point, in pixels and fractions, under a point of the pane. @param {Placement} place @param {number} x @param {number} y */
export function imagePoint(place, x, y) {
  return { x: (x - place.left) / place.scale, y: (y - place.top) / place.scale };
}

/**
 * `view` at another scale, with the same image point under (`x`, `y`).
 * @param {View} view @param {Size} pane @param {number} scale @param {number} x @param {number} y @returns {View}
 */
export function zoomedAt(view, pane, scale, x, y) {
  const fixed = imagePoint(placement(view, pane), x, y);
  return { x: fixed.x - (x - pane.width / 2) / scale, y: fixed.y - (y - pane.height / 2) / scale, scale };
}

/**
 * `view` held to what makes sense: a scale between half the fitting one and the largest, a middle inside the image.
 * @param {View} view @param {Size} image @param {Size} pane @returns {View}
 */
export function heldView(view, image, pane) {
  const smallest = Math.min(1, fittingScale(image, pane)) / 2;
  return {
    x: clamp(view.x, 0, image.width),
    y: clamp(view.y, 0, image.height),
    scale: clamp(view.scale, smallest, LARGEST_SCALE),
  };
}

/** @param {number} value @param {number} low @param {number} high */
export function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

/**
 * For each device pixel of a line its index in a level of the pyramid, -1 outside the image.
 * @param {number} start where the image begins on the line
 * @param {number} scale device pixels for each image pixel
 * @param {number} reduction image pixels for each pixel of the level
 * @param {number} length device pixels of the line
 * @param {number} count image pixels along the line
 */
export function sampledIndices(start, scale, reduction, length, count) {
  const indices = new Int32Array(length);
  for (let i = 0; i < length; i++) {
    const position = Math.floor((i + 0.5 - start) / scale);
    indices[i] = position < 0 || position >= count ? -1 : Math.floor(position / reduction);
  }
  return indices;
}

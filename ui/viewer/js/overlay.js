/**
 * What is drawn above the pixels: numbers in each pixel, the cursor, the kept pixel, the region, the swipe's line.
 * @module
 */

import { imagePoint } from "./geometry.js";
import { shortText, signedShortText, withMinus } from "./format.js";

/** @typedef {import("./pane.js").Pane} Pane */
/** @typedef {import("./geometry.js").Placement} Placement */
/** @typedef {import("./types.js").Point} Point */
/** @typedef {import("./types.js").Region} Region */
/** @typedef {import("./types.js").Size} Size */
/** @typedef {(x: number, y: number) => {values: number[], isDifference: boolean}} ValuesAt */

const SMALLEST_FONT = 9; // CSS pixels; below it digits cannot be told apart
const LARGEST_FONT = 14;
const DIGIT_WIDTH = 0.62; // of the font's size, in a monospaced face
const LINE_HEIGHT = 1.08;
const FONT_FAMILY = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";

/**
 * The size of the numbers in squares of `side` CSS pixels, or 0 where they do not fit.
 * @param {number} side @param {number} lines @param {number} characters
 */
export function numberFont(side, lines, characters) {
  const size = Math.min((side - 4) / (lines * LINE_HEIGHT), (side - 8) / (characters * DIGIT_WIDTH), LARGEST_FONT);
  return size >= SMALLEST_FONT ? size : 0;
}

export class Overlay {
  /** @param {Pane} pane @param {Placement} place */
  constructor(pane, place) {
    this.pane = pane;
    this.place = place;
    this.ratio = pane.ratio;
    this.context = /** @type {CanvasRenderingContext2D} */ (pane.marks.getContext("2d"));
    this.context.clearRect(0, 0, pane.size.width, pane.size.height);
  }

  /** Two lines, dark around light, are seen on every picture. @param {(inset: number) => void} trace @param {string} colour @param {number} width */
  stroke(trace, colour, width) {
    const { context, ratio } = this;
    for (const [style, extra] of /** @type {[string, number][]} */ ([["rgba(0, 0, 0, 0.75)", 2], [colour, 0]])) {
      context.strokeStyle = style;
      context.lineWidth = (width + extra) * ratio;
      context.beginPath();
      trace(0);
      context.stroke();
    }
  }

  /** A box around a pixel, at least so large that it can be seen. @param {Point} pixel @param {string} colour */
  pixelBox([x, y], colour) {
    const { place, ratio, context } = this;
    const side = Math.max(place.scale, 9 * ratio);
    const left = place.left + (x + 0.5) * place.scale - side / 2;
    const top = place.top + (y + 0.5) * place.scale - side / 2;
    this.stroke(() => context.rect(left, top, side, side), colour, 1.5);
  }

  /** @param {Region} region @param {string} colour */
  region([x, y, width, height], colour) {
    const { place, context, ratio } = this;
    const { left, top, scale } = place;
    context.save();
    context.setLineDash([6 * ratio, 4 * ratio]);
    this.stroke(() => context.rect(left + x * scale, top + y * scale, width * scale, height * scale), colour, 1.5);
    context.restore();
  }

  /** @param {number} position of the line, in device pixels */
  swipeLine(position) {
    const { context, pane, ratio } = this;
    const { height } = pane.size;
    this.stroke(
      () => {
        context.moveTo(position, 0);
        context.lineTo(position, height);
      },
      "#ffffff",
      2,
    );
    context.fillStyle = "#ffffff";
    context.beginPath();
    context.arc(position, height / 2, 13 * ratio, 0, 2 * Math.PI);
    context.fill();
    this.stroke(() => context.arc(position, height / 2, 13 * ratio, 0, 2 * Math.PI), "#ffffff", 1);
    this.text("‹ ›", position, height / 2, 15, "#1c2230");
  }

  /** @param {string} text @param {number} x @param {number} y @param {number} size in CSS pixels @param {string} colour */
  text(text, x, y, size, colour) {
    const { context, ratio } = this;
    context.font = `${size * ratio}px ${FONT_FAMILY}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = colour;
    context.fillText(text, x, y);
  }

  /**
   * The values of every pixel in sight, where they can be read.
   * @param {Size} image @param {number} lines values a pixel @param {number} characters of the longest @param {ValuesAt} valuesAt
   */
  numbers(image, lines, characters, valuesAt) {
    const { place, pane, ratio, context } = this;
    const size = numberFont(place.scale / ratio, lines, characters);
    if (!size) return;
    const first = imagePoint(place, 0, 0);
    const last = imagePoint(place, pane.size.width, pane.size.height);
    const lineHeight = size * LINE_HEIGHT * ratio;
    context.font = `${size * ratio}px ${FONT_FAMILY}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (let y = Math.max(0, Math.floor(first.y)); y < Math.min(image.height, last.y); y++) {
      for (let x = Math.max(0, Math.floor(first.x)); x < Math.min(image.width, last.x); x++) {
        const { values, isDifference } = valuesAt(x, y);
        const middleX = place.left + (x + 0.5) * place.scale;
        const firstLine = place.top + (y + 0.5) * place.scale - ((values.length - 1) / 2) * lineHeight;
        context.fillStyle = this.inkAt(x, y);
        values.forEach((value, line) => {
          const text = isDifference ? signedShortText(value, characters) : withMinus(shortText(value, characters));
          context.fillText(text, middleX, firstLine + line * lineHeight);
        });
      }
    }
    this.grid(image, first, last);
  }

  /** Thin lines between the pixels, so that neighbours of one colour stay apart. @param {Size} image @param {{x: number, y: number}} first @param {{x: number, y: number}} last */
  grid(image, first, last) {
    const { place, context } = this;
    const { left, top, scale } = place;
    const [x0, x1] = [Math.max(0, Math.floor(first.x)), Math.min(image.width, Math.ceil(last.x))];
    const [y0, y1] = [Math.max(0, Math.floor(first.y)), Math.min(image.height, Math.ceil(last.y))];
    context.strokeStyle = "rgba(128, 128, 128, 0.45)";
    context.lineWidth = 1;
    context.beginPath();
    for (let x = x0; x <= x1; x++) {
      context.moveTo(left + x * scale + 0.5, top + y0 * scale);
      context.lineTo(left + x * scale + 0.5, top + y1 * scale);
    }
    for (let y = y0; y <= y1; y++) {
      context.moveTo(left + x0 * scale, top + y * scale + 0.5);
      context.lineTo(left + x1 * scale, top + y * scale + 0.5);
    }
    context.stroke();
  }

  /** Black or white, whichever is read better on what is painted there. @param {number} x @param {number} y */
  inkAt(x, y) {
    const { target } = this.pane;
    const column = Math.min(Math.max(Math.round(this.place.left + (x + 0.5) * this.place.scale), 0), target.width - 1);
    const line = Math.min(Math.max(Math.round(this.place.top + (y + 0.5) * this.place.scale), 0), target.height - 1);
    const word = target.words[line * target.width + column] ?? 0;
    const luma = 0.299 * (word & 255) + 0.587 * ((word >>> 8) & 255) + 0.114 * ((word >>> 16) & 255);
    return luma > 140 ? "#000000" : "#ffffff";
  }
}

/**
 * The whole picture in a corner, with what is in sight; shown while something is out of sight.
 * @module
 */

import { element } from "./dom.js";
import { imagePoint } from "./geometry.js";
import { paintPicture } from "./painting.js";

/** @typedef {import("./geometry.js").Placement} Placement */
/** @typedef {import("./types.js").Size} Size */
/** @typedef {import("./pyramid.js").ColourLevel} ColourLevel */

const LONGER_SIDE = 112;

export class Minimap {
  /** @param {(x: number, y: number) => void} goTo called with the image point that was pressed */
  constructor(goTo) {
    this.canvas = element("canvas", { class: "minimap", "aria-hidden": "true", hidden: true });
    this.canvas.addEventListener("pointerdown", (event) => this.canvas.setPointerCapture(event.pointerId));
    for (const type of /** @type {const} */ (["pointerdown", "pointermove"])) {
      this.canvas.addEventListener(type, (event) => {
        event.stopPropagation();
        if (event.buttons) goTo(event.offsetX / this.scale, event.offsetY / this.scale);
      });
    }
    this.scale = 1;
    /** @type {ColourLevel | undefined} */
    this.painted = undefined;
  }

  /** @param {ColourLevel[]} levels @param {Placement} place @param {Size} pane */
  draw(levels, place, pane) {
    const image = /** @type {ColourLevel} */ (levels[0]);
    const first = imagePoint(place, 0, 0);
    const last = imagePoint(place, pane.width, pane.height);
    this.canvas.hidden = first.x <= 0 && first.y <= 0 && last.x >= image.width && last.y >= image.height;
    if (this.canvas.hidden) return;
    this.scale = LONGER_SIDE / Math.max(image.width, image.height);
    const width = Math.max(1, Math.round(image.width * this.scale));
    const height = Math.max(1, Math.round(image.height * this.scale));
    const context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    this.paint(context, levels, width, height);
    context.strokeStyle = "#ffffff";
    context.lineWidth = 1.5;
    context.shadowColor = "#000000";
    context.shadowBlur = 2;
    context.strokeRect(first.x * this.scale, first.y * this.scale, (last.x - first.x) * this.scale, (last.y - first.y) * this.scale);
  }

  /** @param {CanvasRenderingContext2D} context @param {ColourLevel[]} levels @param {number} width @param {number} height */
  paint(context, levels, width, height) {
    const newest = levels.at(-1);
    if (newest !== this.painted || this.canvas.width !== width || this.canvas.height !== height) {
      Object.assign(this.canvas, { width, height });
      this.picture = new ImageData(width, height);
      paintPicture({ words: new Uint32Array(this.picture.data.buffer), width, height }, { left: 0, top: 0, scale: this.scale }, levels);
      this.painted = newest;
    }
    if (this.picture) context.putImageData(this.picture, 0, 0);
  }
}

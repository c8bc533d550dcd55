/**
 * The pixel under the cursor, the pixel that is kept, and the region.
 * @module
 */

import { clamp } from "./geometry.js";

/** @typedef {import("./viewer.js").Viewer} Viewer */
/** @typedef {import("./types.js").Point} Point */
/** @typedef {import("./types.js").Region} Region */

export class Selection {
  /** @param {Viewer} viewer @param {Point | null} pixel @param {Region | null} region */
  constructor(viewer, pixel, region) {
    this.viewer = viewer;
    /** @type {Point | null} */
    this.cursor = null;
    this.pixel = pixel;
    this.region = region;
    /** @type {"pan" | "region"} what a drag does */
    this.tool = "pan";
    /** @type {Point | null} the first corner of a region that is marked with keys */
    this.corner = null;
  }

  /** The cursor, or where it would begin. @returns {Point} */
  get start() {
    const { x, y } = this.viewer.camera.view;
    return this.cursor ?? this.pixel ?? [Math.floor(x), Math.floor(y)];
  }

  /** @param {Point | null} pixel */
  pointAt(pixel) {
    if (String(pixel) === String(this.cursor)) return;
    this.cursor = pixel;
    this.viewer.remark();
  }

  /** @param {number} dx @param {number} dy in pixels of the picture */
  moveCursor(dx, dy) {
    const { width, height } = this.viewer.extent;
    const [x, y] = this.start;
    const next = /** @type {Point} */ ([clamp(x + dx, 0, width - 1), clamp(y + dy, 0, height - 1)]);
    this.pointAt(next);
    if (this.corner) this.mark(this.between(...this.corner, ...next), false);
    this.viewer.camera.bringIntoSight(next);
  }

  /** Keeps a pixel and tells Python. @param {Point} pixel */
  keep(pixel) {
    this.pixel = pixel;
    this.viewer.reports.send("pixel", pixel);
    this.viewer.remark();
  }

  /** Keeps the pixel under the cursor, or marks a corner of a region there. */
  enter() {
    if (this.tool === "pan") return this.keep(this.start);
    const { corner } = this;
    this.corner = corner ? null : this.start;
    if (corner) this.mark(this.between(...corner, ...this.start), true);
  }

  /**
   * The pixels of both pictures between two corners.
   * @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 @returns {Region}
   */
  between(x0, y0, x1, y1) {
    const { a, b } = this.viewer.data;
    const [lastX, lastY] = [Math.min(a.width, b.width) - 1, Math.min(a.height, b.height) - 1];
    const left = clamp(Math.floor(Math.min(x0, x1)), 0, lastX);
    const top = clamp(Math.floor(Math.min(y0, y1)), 0, lastY);
    const right = clamp(Math.floor(Math.max(x0, x1)), left, lastX);
    const bottom = clamp(Math.floor(Math.max(y0, y1)), top, lastY);
    return [left, top, right - left + 1, bottom - top + 1];
  }

  /** @param {Region | null} region @param {boolean} isFinal whether Python is told */
  mark(region, isFinal) {
    this.region = region;
    if (isFinal) {
      this.viewer.reports.send("region", region);
      this.setTool("pan");
    }
    this.viewer.remark();
  }

  /** @param {"pan" | "region"} tool */
  setTool(tool) {
    this.tool = tool;
    this.corner = null;
    this.viewer.stage.dataset.tool = tool;
    this.viewer.toolbar.show();
  }

  toggleTool() {
    this.setTool(this.tool === "region" ? "pan" : "region");
  }

  escape() {
    if (this.tool === "region") this.setTool("pan");
    else if (this.region) this.mark(null, true);
  }
}

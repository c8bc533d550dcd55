/**
 * What part of the pictures is in sight, the same in all panes.
 * @module
 */

import { clamp, fittingView, heldView, placement, steppedScale, zoomedAt } from "./geometry.js";

/** @typedef {import("./viewer.js").Viewer} Viewer */
/** @typedef {import("./pane.js").Pane} Pane */
/** @typedef {import("./geometry.js").View} View */
/** @typedef {import("./types.js").Point} Point */

export class Camera {
  /** @param {Viewer} viewer */
  constructor(viewer) {
    this.viewer = viewer;
    /** @type {View} */
    this.view = { x: 0, y: 0, scale: 1 };
    /** Whether the whole picture is meant to stay in sight when the panes' size changes. */
    this.isFitted = true;
  }

  get scale() {
    return this.view.scale;
  }

  /** @param {Pane} pane */
  placement(pane) {
    return placement(this.view, pane.size);
  }

  /** @param {View} view */
  moveTo(view) {
    this.view = heldView(view, this.viewer.extent, this.viewer.firstPane.size);
    this.isFitted = false;
    this.viewer.redraw();
  }

  /** @param {number} dx @param {number} dy in device pixels */
  panBy(dx, dy) {
    const { x, y, scale } = this.view;
    this.moveTo({ x: x - dx / scale, y: y - dy / scale, scale });
  }

  /** About the middle. @param {number} scale */
  zoomTo(scale) {
    this.moveTo({ ...this.view, scale });
  }

  /** About what is under `spot`. @param {number} scale @param {Pane} pane @param {{x: number, y: number}} spot */
  zoomAt(scale, pane, spot) {
    const held = heldView({ ...this.view, scale }, this.viewer.extent, pane.size).scale;
    this.moveTo(zoomedAt(this.view, pane.size, held, spot.x, spot.y));
  }

  /** @param {number} direction */
  zoomStep(direction) {
    this.zoomTo(steppedScale(this.scale, direction));
  }

  fit() {
    this.view = fittingView(this.viewer.extent, this.viewer.firstPane.size);
    this.isFitted = true;
    this.viewer.redraw();
  }

  /** Puts a pixel in the middle. @param {Point} pixel @param {number} side of a pixel on the screen, in CSS pixels */
  goTo([x, y], side) {
    this.moveTo({ x: x + 0.5, y: y + 0.5, scale: Math.round(side * devicePixelRatio) });
  }

  /** Moves as little as it takes to see a pixel. @param {Point} pixel */
  bringIntoSight([x, y]) {
    const { width, height } = this.viewer.firstPane.size;
    const [reachX, reachY] = [width / this.scale / 2 - 1, height / this.scale / 2 - 1];
    const heldX = clamp(this.view.x, x + 0.5 - reachX, x + 0.5 + reachX);
    const heldY = clamp(this.view.y, y + 0.5 - reachY, y + 0.5 + reachY);
    if (heldX !== this.view.x || heldY !== this.view.y) this.moveTo({ x: heldX, y: heldY, scale: this.scale });
  }
}

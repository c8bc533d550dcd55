/**
 * Mouse, pen and fingers. One finger or button pans, two fingers pinch, a click or tap keeps a pixel; with the region
 * tool or Shift a drag marks a region. The wheel zooms once the viewer has been clicked, or with Ctrl: before that it
 * scrolls the page, which would otherwise be trapped here.
 * @module
 */

import { clamp, imagePoint } from "./geometry.js";

/** @typedef {import("./viewer.js").Viewer} Viewer */
/** @typedef {import("./pane.js").Pane} Pane */
/** @typedef {{x: number, y: number}} Spot */

const CLICK_TRAVEL = 4; // CSS pixels; a hand that clicks is not quite still
const SWIPE_REACH = 18;
const WHEEL_ZOOM_PER_PIXEL = 0.0022;

export class Pointers {
  /** @param {Viewer} viewer @param {Pane} pane */
  constructor(viewer, pane) {
    this.viewer = viewer;
    this.pane = pane;
    /** @type {Map<number, Spot>} pointers that are down, in device pixels of the pane */
    this.down = new Map();
    /** @type {"pan" | "region" | "swipe" | "pinch" | null} */
    this.gesture = null;
    this.travelled = 0;
    /** @type {Spot} */
    this.start = { x: 0, y: 0 };
    const { marks } = pane;
    marks.addEventListener("pointerdown", (event) => this.press(event));
    marks.addEventListener("pointermove", (event) => this.move(event));
    marks.addEventListener("pointerup", (event) => this.release(event));
    marks.addEventListener("pointercancel", (event) => this.cancel(event));
    marks.addEventListener("pointerleave", () => this.gesture ?? this.viewer.selection.pointAt(null));
    marks.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    marks.addEventListener("dblclick", (event) => event.preventDefault());
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (event.button > 1) return;
    this.pane.marks.setPointerCapture(event.pointerId);
    const spot = this.pane.point(event);
    this.down.set(event.pointerId, spot);
    if (this.down.size === 2) this.gesture = "pinch";
    if (this.down.size > 1) return;
    this.start = spot;
    this.travelled = 0;
    this.gesture = this.gestureAt(spot, event.shiftKey);
  }

  /** @param {Spot} spot @param {boolean} shift @returns {"pan" | "region" | "swipe"} */
  gestureAt(spot, shift) {
    const { settings, selection } = this.viewer;
    const line = settings.swipe * this.pane.size.width;
    if (settings.mode === "swipe" && Math.abs(spot.x - line) < SWIPE_REACH * this.pane.ratio) return "swipe";
    return shift || selection.tool === "region" ? "region" : "pan";
  }

  /** @param {PointerEvent} event */
  move(event) {
    const spot = this.pane.point(event);
    const before = this.down.get(event.pointerId);
    if (before) this.drag(event.pointerId, before, spot);
    if (this.gesture !== "pinch") this.viewer.selection.pointAt(this.pixelAt(spot));
  }

  /** @param {number} id @param {Spot} before @param {Spot} spot */
  drag(id, before, spot) {
    const other = [...this.down].find(([each]) => each !== id)?.[1];
    this.down.set(id, spot);
    this.travelled = Math.max(this.travelled, Math.hypot(spot.x - this.start.x, spot.y - this.start.y) / this.pane.ratio);
    if (this.gesture === "pinch" && other) this.pinch(before, spot, other);
    else if (this.gesture === "swipe") this.viewer.change({ swipe: clamp(spot.x / this.pane.size.width, 0, 1) });
    else if (this.travelled < CLICK_TRAVEL) return;
    else if (this.gesture === "region") this.viewer.selection.mark(this.regionTo(spot), false);
    else if (this.gesture === "pan") this.viewer.camera.panBy(spot.x - before.x, spot.y - before.y);
  }

  /** @param {Spot} before @param {Spot} spot @param {Spot} other */
  pinch(before, spot, other) {
    const distance = (/** @type {Spot} */ one) => Math.max(Math.hypot(one.x - other.x, one.y - other.y), 1);
    this.viewer.camera.panBy((spot.x - before.x) / 2, (spot.y - before.y) / 2);
    const middle = { x: (spot.x + other.x) / 2, y: (spot.y + other.y) / 2 };
    this.viewer.camera.zoomAt((this.viewer.camera.scale * distance(spot)) / distance(before), this.pane, middle);
  }

  /** @param {PointerEvent} event */
  release(event) {
    const spot = this.pane.point(event);
    if (this.gesture === "region" && this.travelled >= CLICK_TRAVEL) this.viewer.selection.mark(this.regionTo(spot), true);
    else if (this.gesture === "pan") this.click(spot);
    else if (this.gesture === "region") this.viewer.selection.mark(null, true);
    this.cancel(event);
    if (event.pointerType === "touch") this.viewer.selection.pointAt(null);
  }

  /** @param {Spot} spot */
  click(spot) {
    const pixel = this.travelled < CLICK_TRAVEL && this.pixelAt(spot);
    if (pixel) this.viewer.selection.keep(pixel);
  }

  /** @param {PointerEvent} event */
  cancel(event) {
    this.down.delete(event.pointerId);
    // After a pinch the finger that is left does nothing: it would pan from where it never meant to.
    this.gesture = this.down.size ? "pinch" : null;
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    if (!this.viewer.hasFocus && !event.ctrlKey && !event.metaKey) return this.viewer.hintAtWheel();
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 33 : event.deltaY;
    const factor = Math.exp(-clamp(pixels, -240, 240) * WHEEL_ZOOM_PER_PIXEL);
    this.viewer.camera.zoomAt(this.viewer.camera.scale * factor, this.pane, this.pane.point(event));
  }

  /** The image pixel under a spot, or null outside. @param {Spot} spot @returns {import("./types.js").Point | null} */
  pixelAt(spot) {
    const { x, y } = imagePoint(this.viewer.camera.placement(this.pane), spot.x, spot.y);
    const { width, height } = this.viewer.extent;
    return x < 0 || y < 0 || x >= width || y >= height ? null : [Math.floor(x), Math.floor(y)];
  }

  /** @param {Spot} spot @returns {import("./types.js").Region} */
  regionTo(spot) {
    const place = this.viewer.camera.placement(this.pane);
    const first = imagePoint(place, this.start.x, this.start.y);
    const last = imagePoint(place, spot.x, spot.y);
    return this.viewer.selection.between(first.x, first.y, last.x, last.y);
  }
}

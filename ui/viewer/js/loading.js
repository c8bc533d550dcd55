/**
 * Bringing the two pictures of a run, and what is made of them, into the viewer.
 * @module
 */

import { button } from "./dom.js";
import { PictureCache, PictureDropped } from "./fetching.js";
import { DifferencePyramid, buildColourLevels } from "./pyramid.js";

/** @typedef {import("./viewer.js").Viewer} Viewer */
/** @typedef {import("./types.js").ViewerData} ViewerData */
/** @typedef {import("./picture.js").Picture} Picture */

// A store too small for both pictures would drop each for the other for ever.
const MOST_REQUESTS = 3;
const SIDES = /** @type {const} */ (["a", "b"]);

export class Loading {
  /** @param {Viewer} viewer @param {() => void} askAgain makes Python put dropped pictures back */
  constructor(viewer, askAgain) {
    this.viewer = viewer;
    this.askAgain = askAgain;
    this.cache = new PictureCache();
    this.requests = 0;
    this.controller = new AbortController();
    /** What is on the screen or on its way. */
    this.wanted = "";
  }

  /**
   * Loads what `data` names unless it is there already. The first time each picture is shown as it comes; later both are
   * changed at once, so that no difference of an old and a new one is ever drawn.
   * @param {ViewerData} data
   */
  async load(data) {
    const wanted = JSON.stringify(SIDES.map((side) => [data[side].address, data[side].dtype === "float32" && data.shown_range]));
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    this.controller.abort();
    this.controller = new AbortController();
    const { signal } = this.controller;
    try {
      await this.bring(data, signal);
      this.requests = 0;
    } catch (error) {
      if (!signal.aborted) this.explain(error);
    }
  }

  /** @param {ViewerData} data @param {AbortSignal} signal */
  async bring(data, signal) {
    const { viewer, cache } = this;
    const isFirst = !viewer.pictures.a && !viewer.pictures.b;
    viewer.wait(true);
    const [a, b] = await Promise.all(
      SIDES.map(async (side) => {
        const picture = await cache.get(data[side], data.secret, data.shown_range);
        signal.throwIfAborted();
        if (isFirst) viewer.setPictures({ ...viewer.pictures, [side]: picture });
        return picture;
      }),
    );
    signal.throwIfAborted();
    viewer.setPictures({ a: a ?? null, b: b ?? null });
    viewer.wait(false);
    cache.trim(2);
    if (a && b) await this.buildPyramids(a, b, signal);
  }

  /** @param {Picture} a @param {Picture} b @param {AbortSignal} signal */
  async buildPyramids(a, b, signal) {
    const { viewer } = this;
    const pyramid = viewer.comparable ? new DifferencePyramid(a, b) : null;
    viewer.setPyramid(pyramid);
    for (const picture of new Set([a, b])) {
      await buildColourLevels(picture.levels, signal);
      viewer.redraw();
    }
    await pyramid?.build(signal);
    viewer.redraw();
    viewer.finish();
  }

  /** @param {unknown} error */
  explain(error) {
    const { viewer } = this;
    this.wanted = "";
    viewer.wait(false);
    if (error instanceof PictureDropped && this.requests < MOST_REQUESTS) {
      this.requests++;
      viewer.say("This picture was dropped from the server’s memory. It is being sent again.");
      this.askAgain();
      return;
    }
    const words = error instanceof PictureDropped
      ? "The server’s memory for pictures (SAMEPIXELS_VIEWER_MB) is too small to hold these two."
      : `The picture could not be loaded: ${error instanceof Error ? error.message : error}`;
    viewer.say(`${words} `, button("Try again", "Ask the server again", () => {
      this.requests = 0;
      this.askAgain();
    }));
  }

  dispose() {
    this.controller.abort();
  }
}

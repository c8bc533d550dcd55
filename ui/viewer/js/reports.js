/**
 * What Python is told, and what it asks for.
 * @module
 */

/** @typedef {import("./types.js").ComponentArguments} ComponentArguments */
/** @typedef {import("./types.js").Settings} Settings */

const SETTLED_MS = 500; // a slider on its way is nobody's business

/** @type {Settings} */
export const DEFAULT_SETTINGS = {
  mode: "side",
  signed: true,
  gain: null,
  threshold: 0,
  channel: null,
  magnitude_map: "",
  signed_map: "",
  opacity: 0.5,
  rate_hz: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 1.5,
  swipe: 0.5,
};

export class Reports {
  /** @param {ComponentArguments} args */
  constructor(args) {
    this.args = args;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.settling = undefined;
  }

  /**
   * What Python itself has changed since its last run. What it merely repeats is left alone: the person may have gone on
   * while the page was running.
   * @param {ComponentArguments} args
   */
  changesBy(args) {
    const before = this.args.data;
    this.args = args;
    const { settings, pixel, region } = args.data;
    return {
      settings: isSame(settings, before.settings) ? undefined : settings,
      pixel: isSame(pixel, before.pixel) ? undefined : pixel,
      region: isSame(region, before.region) ? undefined : region,
    };
  }

  /** @param {"pixel" | "region"} name @param {unknown} value */
  send(name, value) {
    this.args.setStateValue(name, value);
  }

  /** @param {Settings} settings */
  sendSettings(settings) {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.args.setStateValue("settings", settings), SETTLED_MS);
  }

  /** Runs the page once more, which puts dropped pictures back into the store. */
  askAgain() {
    this.args.setTriggerValue("dropped", true);
  }

  dispose() {
    clearTimeout(this.settling);
  }
}

/** @param {unknown} one @param {unknown} other */
function isSame(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

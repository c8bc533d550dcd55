/**
 * How long the last redraws took; read by benchmarks/viewer.py.
 * @module
 */

const KEPT = 600;

export class Timings {
  constructor() {
    /** @type {number[]} */
    this.milliseconds = [];
  }

  /** @param {number} milliseconds */
  add(milliseconds) {
    this.milliseconds.push(milliseconds);
    if (this.milliseconds.length > KEPT) this.milliseconds.shift();
  }
}

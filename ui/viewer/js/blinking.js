/**
 * A and B in turn.
 * @module
 */

export class Blinking {
  /** @param {() => void} turned */
  constructor(turned) {
    this.turned = turned;
    this.showsB = false;
    this.rate = 0;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.timer = undefined;
  }

  /** @param {number} rate turns a second, 0 to stop at A */
  set(rate) {
    if (rate === this.rate) return;
    this.rate = rate;
    this.showsB = false;
    clearInterval(this.timer);
    if (rate) this.timer = setInterval(() => this.turn(), 1000 / rate);
  }

  turn() {
    this.showsB = !this.showsB;
    this.turned();
  }
}

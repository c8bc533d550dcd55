/**
 * The list of keys.
 * @module
 */

import { button, element } from "./dom.js";
import { BINDINGS } from "./keyboard.js";

export class Help {
  constructor() {
    const rows = BINDINGS.map(({ shown, does }) => element("tr", {}, element("th", { scope: "row" }, element("kbd", {}, shown)), element("td", {}, does)));
    this.close = button("Close", "Close the list of keys", () => this.dialog.close());
    const mouse = "Drag pans, a click keeps a pixel. The wheel zooms after a click, or with Ctrl. Two fingers pinch.";
    this.dialog = element(
      "dialog",
      { class: "help", "aria-label": "Keys" },
      element("h2", {}, "Keys"),
      element("table", {}, element("tbody", {}, ...rows)),
      element("p", {}, mouse),
      this.close,
    );
  }
}

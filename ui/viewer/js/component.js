/**
 * The component: Streamlit calls `show` at the first run, at every run that changes the data, and at a new theme.
 * @module
 */

import { Viewer } from "./viewer.js";

/** @typedef {import("./types.js").ComponentArguments} ComponentArguments */

/** @type {WeakMap<object, Viewer>} */
const viewers = new WeakMap();

/** @param {ComponentArguments} args @returns {() => void} what to do when the component goes */
export function show(args) {
  const { parentElement } = args;
  const viewer = viewers.get(parentElement) ?? new Viewer(args);
  if (viewers.has(parentElement)) viewer.update(args);
  else {
    viewers.set(parentElement, viewer);
    parentElement.append(viewer.root);
    // For the benchmarks and the browser's tests, which measure the viewer from outside.
    Object.assign(viewer.root, { viewer });
    viewer.changed();
  }
  return () => {
    viewers.delete(parentElement);
    viewer.dispose();
  };
}

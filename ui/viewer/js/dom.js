/**
 * Making elements.
 * @module
 */

/**
 * An element with attributes, listeners (`onclick` and the like) and children.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean | ((event: any) => void)>} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false) made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}

/**
 * A button that is on or off, drawn as part of a group.
 * @param {string} label @param {string} title @param {() => void} press
 */
export function button(label, title, press) {
  return element("button", { type: "button", title, onclick: press }, label);
}

/**
 * Named choices of which one is made.
 * @param {string} name
 * @param {{value: string, label: string, title: string}[]} choices
 * @param {(value: string) => void} choose
 */
export function choiceGroup(name, choices, choose) {
  const buttons = choices.map(({ value, label, title }) => ({ value, made: button(label, title, () => choose(value)) }));
  const group = element("div", { class: "group", role: "group", "aria-label": name }, ...buttons.map(({ made }) => made));
  /** @param {string} chosen */
  const show = (chosen) => {
    for (const { value, made } of buttons) made.setAttribute("aria-pressed", String(value === chosen));
  };
  return { group, show };
}

/**
 * A select with its label; its choices come later.
 * @param {string} name @param {(value: string) => void} choose
 */
export function labelledSelect(name, choose) {
  const select = element("select", { "aria-label": name, onchange: () => choose(select.value) });
  return { label: element("label", {}, `${name} `, select), select };
}

/**
 * A slider with its label and its value in words.
 * @param {string} name @param {[low: number, high: number, step: number]} range @param {(value: number) => void} choose
 */
export function labelledSlider(name, [low, high, step], choose) {
  const input = element("input", {
    type: "range", min: low, max: high, step, "aria-label": name, oninput: () => choose(input.valueAsNumber),
  });
  const output = element("output", {});
  /** @param {number} value @param {string} text */
  const show = (value, text) => {
    input.value = String(value);
    input.setAttribute("aria-valuetext", text);
    output.textContent = text;
  };
  return { label: element("label", {}, `${name} `, input, output), show };
}

"use strict";
// The table of all pictures: sorted and filtered in memory, with only the rows that are in view in the document.
(() => {
  const SPARE_ROWS = 12;
  const data = window.samePixelsRows;
  const hasThumbnails = data.crops.some((addresses) => addresses !== null);
  const ROW_PX = hasThumbnails ? 52 : 28;
  const columns = [
    ["picture", "picture", "text"],
    ["verdict", "verdict", "text"],
    ["mean_abs_levels", "mean", "number"],
    ["max_abs_levels", "max", "number"],
    ["bias_levels", "bias", "number"],
    ["differing_values_pct", "differing, %", "number"],
    ["psnr_db", "PSNR, dB", "number"],
    ["ssim", "SSIM", "number"],
    ["format", "format", "text"],
    ["width", "width", "number"],
    ["height", "height", "number"],
    ["subsampling", "subsampling", "text"],
    ["quality_estimate", "quality", "number"],
    ["orientation", "orientation", "number"],
    ["error", "error", "text"],
  ].filter(([name]) => data[name].some((value) => value !== null));
  if (new Set(data.recipe_b).size > 1) columns.splice(1, 0, ["recipe_b", "B", "number"]);
  if (hasThumbnails) columns.splice(1, 0, ["crops", "A, B, B − A", "pictures"]);

  const box = document.getElementById("rows");
  const head = box.querySelector("thead tr");
  const body = box.querySelector("tbody");
  const inputs = ["text", "verdict", "mean", "b"].map((name) => document.getElementById(`filter-${name}`));
  const count = document.getElementById("filter-count");
  const searched = data.picture.map((name, i) => `${name}\n${data.error[i] ?? ""}`.toLowerCase());
  let order = data.picture.map((_, i) => i);
  let shown = order;
  let sorting = { name: null, up: false };

  const format = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });

  function filter() {
    const [text, verdict, mean, b] = inputs.map((input) => (input ? input.value.trim() : ""));
    const part = text.toLowerCase();
    const least = mean === "" ? null : Number(mean);
    shown = order.filter(
      (i) =>
        (!part || searched[i].includes(part)) &&
        (!verdict || data.verdict[i] === verdict) &&
        (least === null || (data.mean_abs_levels[i] !== null && data.mean_abs_levels[i] >= least)) &&
        (!b || data.recipe_b[i] === Number(b)),
    );
    count.textContent = `${shown.length.toLocaleString("en")} of ${order.length.toLocaleString("en")}`;
    box.scrollTop = 0;
    draw();
  }

  function sort(name, kind) {
    sorting = { name, up: sorting.name === name ? !sorting.up : kind === "text" };
    const values = data[name];
    const sign = sorting.up ? 1 : -1;
    // What is unknown comes last, whichever way the rest is sorted.
    order.sort((i, j) => {
      const [x, y] = [values[i], values[j]];
      if (x === y) return i - j;
      if (x === null) return 1;
      if (y === null) return -1;
      return x < y ? -sign : sign;
    });
    for (const cell of head.children) {
      const isSorted = cell.dataset.name === name;
      cell.setAttribute("aria-sort", isSorted ? (sorting.up ? "ascending" : "descending") : "none");
      cell.querySelector("span").textContent = isSorted ? (sorting.up ? " ▲" : " ▼") : "";
    }
    filter();
  }

  function spacer(rows) {
    const row = document.createElement("tr");
    row.style.height = `${rows * ROW_PX}px`;
    row.setAttribute("aria-hidden", "true");
    return row;
  }

  function thumbnails(addresses) {
    return addresses.map((address, place) => {
      const image = new Image(44, 44);
      image.loading = "lazy";
      image.alt = ["A", "B", "B − A"][place];
      image.src = address;
      return image;
    });
  }

  function draw() {
    const first = Math.max(0, Math.floor(box.scrollTop / ROW_PX) - SPARE_ROWS);
    const last = Math.min(shown.length, first + Math.ceil(box.clientHeight / ROW_PX) + 2 * SPARE_ROWS);
    const rows = [spacer(first)];
    for (const i of shown.slice(first, last)) {
      const row = document.createElement("tr");
      for (const [name, , kind] of columns) {
        const cell = document.createElement("td");
        const value = data[name][i];
        if (kind === "pictures") cell.append(...thumbnails(value ?? []));
        else cell.textContent = value === null ? "–" : kind === "number" ? format.format(value) : value;
        if (kind === "number") cell.className = "n";
        if (name === "verdict" && value !== null) cell.className = value;
        if (name === "picture" || name === "error") cell.title = value ?? "";
        row.append(cell);
      }
      rows.push(row);
    }
    rows.push(spacer(shown.length - last));
    body.replaceChildren(...rows);
  }

  for (const [name, title, kind] of columns) {
    const cell = document.createElement("th");
    cell.dataset.name = name;
    cell.scope = "col";
    head.append(cell);
    if (kind === "pictures") {
      cell.append(title, document.createElement("span"));
      continue;
    }
    const button = document.createElement("button");
    button.type = "button";
    button.append(title, document.createElement("span"));
    button.addEventListener("click", () => sort(name, kind));
    if (kind === "number") cell.className = "n";
    cell.append(button);
  }
  box.style.setProperty("--row", `${ROW_PX}px`);
  let waiting = false;
  box.addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      draw();
    });
  });
  for (const input of inputs) if (input) input.addEventListener("input", filter);
  document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
  filter();
})();

// Draws the corners of an area on a map, by pointer and by keyboard. The lines of the form are the truth: the map reads
// them and writes them, in metres of the National Grid, so no coordinate is ever converted here. Needs no other library.

const SVG = "http://www.w3.org/2000/svg";
const NUMBER = /^-?\d{1,9}(\.\d{1,12})?$/;
const WIDEST_METRES = 400000;
const NARROWEST_METRES = 60;

const box = document.getElementById("draw");
const lines = document.getElementById("corners");
const svg = box.querySelector("svg");
const said = box.querySelector("[role=status]");
const view = { east: Number(box.dataset.easting), north: Number(box.dataset.northing), half: Number(box.dataset.half) };
let rings = [];
let chosen = null;
let asked = 0;

function element(name, attributes, parent) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
  return made;
}

function say(words) {
  said.textContent = words;
}

function isMetres() {
  return document.querySelector("input[name=system]:checked")?.value === "27700";
}

// Rings in the order of the lines: a ring of the form `hole` keeps that line. Null where a line is no corner.
function read() {
  const found = [];
  let ring = null;
  for (const line of lines.value.split(/\r?\n/).map((one) => one.trim())) {
    if (!line) {
      ring = null;
    } else if (line.toLowerCase() === "hole") {
      ring = { hole: true, corners: [] };
      found.push(ring);
    } else {
      const numbers = line.split(/\s*[,;]\s*|\s+/);
      if (numbers.length !== 2 || !numbers.every((one) => NUMBER.test(one))) return null;
      if (!ring) {
        ring = { hole: false, corners: [] };
        found.push(ring);
      }
      ring.corners.push(numbers.map(Number));
    }
  }
  return found;
}

function write() {
  const blocks = rings.filter((one) => one.corners.length).map((one) => {
    const corners = one.corners.map(([east, north]) => `${plain(east)}, ${plain(north)}`).join("\n");
    return one.hole ? `hole\n${corners}` : `\n${corners}`;
  });
  lines.value = blocks.join("\n").trim();
}

function plain(metres) {
  return String(Math.round(metres * 100) / 100);
}

// Redrawn corners are new elements: whoever was on one stays on it, also when the ground arrives meanwhile.
function draw() {
  const wasOnACorner = document.activeElement?.tagName === "circle";
  svg.setAttribute("viewBox", `${view.east - view.half} ${-view.north - view.half} ${2 * view.half} ${2 * view.half}`);
  const layer = svg.querySelector(".placewatch-draw__area");
  layer.replaceChildren();
  const paths = rings.map((one) => `M${one.corners.map(([east, north]) => `${east} ${-north}`).join("L")}Z`);
  if (paths.length) element("path", { d: paths.join(""), "fill-rule": "evenodd" }, layer);
  const size = view.half / 45;
  rings.forEach((ring, part) => ring.corners.forEach(([east, north], place) => {
    const corner = element("circle", {
      cx: east, cy: -north, r: size, tabindex: 0, role: "button", "data-part": part, "data-place": place,
      "aria-label": `Corner ${place + 1} of part ${part + 1}: easting ${plain(east)}, northing ${plain(north)}`,
    }, layer);
    if (chosen && chosen.part === part && chosen.place === place) corner.classList.add("placewatch-draw__chosen");
  }));
  const cross = svg.querySelector(".placewatch-draw__middle");
  const arm = view.half / 20;
  cross.setAttribute(
    "d", `M${view.east - arm} ${-view.north}h${2 * arm}M${view.east} ${-view.north - arm}v${2 * arm}`,
  );
  if (wasOnACorner) focusChosen();
}

function focusChosen() {
  (svg.querySelector(".placewatch-draw__chosen") ?? box.querySelector("[data-step=add]")).focus();
}

async function ground(more = {}) {
  const number = ++asked;
  const body = new URLSearchParams({
    easting: view.east, northing: view.north, half_metres: view.half, ...more,
    csrfmiddlewaretoken: document.querySelector("input[name=csrfmiddlewaretoken]").value,
  });
  const response = await fetch(box.dataset.ground, { method: "POST", body });
  if (number !== asked) return;
  if (!response.ok) {
    say(response.status === 404 ? "This postcode is not known." : "The map could not be read. The lines below still work.");
    return;
  }
  const found = await response.json();
  [view.east, view.north, view.half] = [found.easting, found.northing, found.half_metres];
  const layer = svg.querySelector(".placewatch-draw__ground");
  layer.replaceChildren();
  for (const one of found.outlines) element("path", { d: one.path, class: "placewatch-map__outline" }, layer);
  for (const one of found.areas) {
    const path = element("path", { d: one.path, class: "placewatch-map__area" }, layer);
    element("title", {}, path).textContent = one.reference;
  }
  for (const one of found.postcodes) {
    const text = element("text", { x: one.easting, y: -one.northing, "font-size": view.half / 30 }, layer);
    text.textContent = one.postcode;
  }
  draw();
}

function look(east, north, half) {
  view.half = Math.min(Math.max(half, NARROWEST_METRES), WIDEST_METRES);
  [view.east, view.north] = [east, north];
  draw();
  ground();
}

function add(east, north) {
  let part = chosen ? chosen.part : rings.length - 1;
  if (part < 0) {
    rings.push({ hole: false, corners: [] });
    part = 0;
  }
  const place = chosen ? chosen.place + 1 : rings[part].corners.length;
  rings[part].corners.splice(place, 0, [Math.round(east), Math.round(north)]);
  chosen = { part, place };
  changed(`Corner ${place + 1} of part ${part + 1} added.`);
}

function remove() {
  if (!chosen) {
    say("Choose a corner first.");
    return;
  }
  const corners = rings[chosen.part].corners;
  corners.splice(chosen.place, 1);
  if (corners.length) {
    chosen.place = Math.max(chosen.place - 1, 0);
  } else {
    rings.splice(chosen.part, 1);
    chosen = null;
  }
  changed("Corner removed.");
}

function move(east, north) {
  rings[chosen.part].corners[chosen.place] = [east, north];
  changed(`Easting ${plain(east)}, northing ${plain(north)}.`);
}

function changed(words) {
  write();
  draw();
  say(words);
}

function refresh() {
  const found = isMetres() ? read() : null;
  svg.toggleAttribute("hidden", found === null);
  if (found === null) {
    say(isMetres() ? "A line is not two numbers: the map waits." : "The map works with easting and northing.");
    return;
  }
  rings = found;
  if (chosen && !rings[chosen.part]?.corners[chosen.place]) chosen = null;
  draw();
}

function where(event) {
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  return [point.x, -point.y];
}

function choose(corner) {
  chosen = { part: Number(corner.dataset.part), place: Number(corner.dataset.place) };
  for (const one of svg.querySelectorAll("circle")) one.classList.toggle("placewatch-draw__chosen", one === corner);
}

const STEPS = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const BUTTONS = {
  nearer: () => look(view.east, view.north, view.half / 2),
  farther: () => look(view.east, view.north, view.half * 2),
  north: () => look(view.east, view.north + view.half / 2, view.half),
  south: () => look(view.east, view.north - view.half / 2, view.half),
  east: () => look(view.east + view.half / 2, view.north, view.half),
  west: () => look(view.east - view.half / 2, view.north, view.half),
  add: () => { add(view.east, view.north); },
  remove: () => { remove(); },
  part: () => {
    rings.push({ hole: false, corners: [] });
    chosen = null;
    say("A new part: its next corner begins it.");
  },
  find: () => ground({ postcode: document.getElementById("draw-postcode").value }),
};

svg.addEventListener("focusin", (event) => event.target.tagName === "circle" && choose(event.target));
svg.addEventListener("keydown", (event) => {
  if (event.target.tagName !== "circle") return;
  choose(event.target);
  if (STEPS[event.key]) {
    const metres = event.shiftKey ? 1 : Math.max(Math.round(view.half / 50), 1);
    const [east, north] = rings[chosen.part].corners[chosen.place];
    move(east + STEPS[event.key][0] * metres, north + STEPS[event.key][1] * metres);
  } else if (event.key === "Delete" || event.key === "Backspace") {
    remove();
  } else if (event.key === "Enter" || event.key === " ") {
    const corners = rings[chosen.part].corners;
    const [first, second] = [corners[chosen.place], corners[(chosen.place + 1) % corners.length]];
    add((first[0] + second[0]) / 2, (first[1] + second[1]) / 2);
  } else {
    return;
  }
  event.preventDefault();
  focusChosen();
});

let held = null;
svg.addEventListener("pointerdown", (event) => {
  if (event.target.tagName === "circle") {
    choose(event.target);
    held = event.pointerId;
    svg.setPointerCapture(held);
  }
});
svg.addEventListener("pointermove", (event) => {
  if (held === event.pointerId) move(...where(event).map(Math.round));
});
svg.addEventListener("pointerup", (event) => {
  if (held === event.pointerId) {
    held = null;
    focusChosen();
  } else if (event.target.tagName !== "circle") {
    add(...where(event));
    focusChosen();
  }
});
svg.addEventListener("pointercancel", () => { held = null; });
for (const button of box.querySelectorAll("button[data-step]")) {
  button.addEventListener("click", () => BUTTONS[button.dataset.step]());
}
document.getElementById("draw-postcode").addEventListener("keydown", (event) => {
  if (event.key === "Enter") {
    event.preventDefault();
    BUTTONS.find();
  }
});
lines.addEventListener("input", refresh);
for (const one of document.querySelectorAll("input[name=system]")) one.addEventListener("change", refresh);

lines.closest(".govuk-form-group").before(box);
box.removeAttribute("hidden");
refresh();
ground();

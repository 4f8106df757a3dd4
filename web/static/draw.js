// Draws the corners of an area on a map, by pointer and by keyboard. The lines of the form are the truth: the map reads
// them and writes them, in metres of the National Grid, so no coordinate is ever converted here. Needs no other library.

const SVG = "http://www.w3.org/2000/svg";
const NUMBER = /^-?\d{1,9}(\.\d{1,12})?$/;
const WIDEST_METRES = 400000;
const NARROWEST_METRES = 60;
// A corner is as large as a finger at every width of the screen; a press that strays less than this is a press.
const CORNER_PIXELS = 12;
const STRAYS_PIXELS = 6;
const MOST_UNDONE = 100;

const box = document.getElementById("draw");
const lines = document.getElementById("corners");
const svg = box.querySelector("svg");
const said = box.querySelector("[role=status]");
const view = { east: Number(box.dataset.easting), north: Number(box.dataset.northing), half: Number(box.dataset.half) };
let rings = [];
let chosen = null;
let asked = 0;
const before = [];

function element(name, attributes, parent) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
  return made;
}

function say(words) {
  said.textContent = words;
}

function metresAcross() {
  return `The map is ${(2 * Math.round(view.half)).toLocaleString("en-GB")} metres wide.`;
}

function metresPerPixel() {
  return (2 * view.half) / (svg.clientWidth || 320);
}

// What may be undone: the lines as they were.
function remember() {
  before.push(lines.value);
  if (before.length > MOST_UNDONE) before.shift();
}

function undo() {
  if (!before.length) {
    say("There is nothing to undo.");
    return;
  }
  lines.value = before.pop();
  refresh();
  say(`Undone. ${size()}`);
}

// A ring's area by its corners; a hole is taken away.
function size() {
  const metres = rings.reduce((sum, ring) => {
    const twice = ring.corners.reduce((whole, [east, north], place) => {
      const [nextEast, nextNorth] = ring.corners[(place + 1) % ring.corners.length];
      return whole + east * nextNorth - nextEast * north;
    }, 0);
    return sum + (ring.hole ? -1 : 1) * Math.abs(twice) / 2;
  }, 0);
  return metres > 0 ? `The area is ${Math.round(metres).toLocaleString("en-GB")} square metres.` : "";
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
  const radius = CORNER_PIXELS * metresPerPixel();
  rings.forEach((ring, part) => ring.corners.forEach(([east, north], place) => {
    const corner = element("circle", {
      cx: east, cy: -north, r: radius, tabindex: 0, role: "button", "data-part": part, "data-place": place,
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
  if (more.postcode) say(`${more.postcode.toUpperCase()} is in the middle. ${metresAcross()}`);
}

function look(east, north, half) {
  view.half = Math.min(Math.max(half, NARROWEST_METRES), WIDEST_METRES);
  [view.east, view.north] = [east, north];
  draw();
  ground();
  say(metresAcross());
}

function add(east, north) {
  const last = chosen && rings[chosen.part].corners[chosen.place];
  if (last && Math.hypot(last[0] - east, last[1] - north) < 1) {
    say("There is a corner here already. Move the map first.");
    return;
  }
  let part = chosen ? chosen.part : rings.length - 1;
  if (part < 0) {
    rings.push({ hole: false, corners: [] });
    part = 0;
  }
  const place = chosen ? chosen.place + 1 : rings[part].corners.length;
  remember();
  rings[part].corners.splice(place, 0, [Math.round(east), Math.round(north)]);
  chosen = { part, place };
  changed(`Corner ${place + 1} of part ${part + 1} added.`);
}

function remove() {
  if (!chosen) {
    say("Choose a corner first.");
    return;
  }
  remember();
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
  say(`${words} ${size()}`.trim());
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
  undo: () => { undo(); },
  part: () => {
    rings.push({ hole: false, corners: [] });
    chosen = null;
    say("A new part: its next corner begins it.");
  },
  find: () => ground({ postcode: document.getElementById("draw-postcode").value }),
};

svg.addEventListener("focusin", (event) => event.target.tagName === "circle" && choose(event.target));
box.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key !== "z" || event.target.tagName === "INPUT") return;
  event.preventDefault();
  undo();
});
svg.addEventListener("keydown", (event) => {
  if (event.target.tagName !== "circle") return;
  choose(event.target);
  if (STEPS[event.key]) {
    remember();
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

// A corner that is held is moved; ground that is held moves the map under the middle; a press adds a corner.
let held = null;
svg.addEventListener("pointerdown", (event) => {
  if (held !== null) return;
  const corner = event.target.tagName === "circle" ? event.target : null;
  if (corner) choose(corner);
  held = { id: event.pointerId, x: event.clientX, y: event.clientY, east: view.east, north: view.north, corner, strayed: false };
  svg.setPointerCapture(held.id);
});
svg.addEventListener("pointermove", (event) => {
  if (held?.id !== event.pointerId) return;
  const [right, down] = [event.clientX - held.x, event.clientY - held.y];
  if (!held.strayed && Math.hypot(right, down) < STRAYS_PIXELS) return;
  if (!held.strayed && held.corner) remember();
  held.strayed = true;
  if (held.corner) {
    move(...where(event).map(Math.round));
  } else {
    [view.east, view.north] = [held.east - right * metresPerPixel(), held.north + down * metresPerPixel()];
    draw();
  }
});
svg.addEventListener("pointerup", (event) => {
  if (held?.id !== event.pointerId) return;
  const { corner, strayed } = held;
  held = null;
  if (!corner && strayed) {
    look(view.east, view.north, view.half);
  } else {
    if (!corner) add(...where(event));
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
window.addEventListener("resize", draw);
lines.addEventListener("input", refresh);
for (const one of document.querySelectorAll("input[name=system]")) one.addEventListener("change", refresh);

lines.closest(".govuk-form-group").before(box);
box.removeAttribute("hidden");
refresh();
ground();

// Draws learnapp/static/img/korea.svg from Natural Earth 1:10m (public domain), as packed in npm's world-atlas.
// In an empty folder: npm i world-atlas topojson-client topojson-simplify, then here
//   MODULES=<that folder>/package.json node docs/map/draw-map.mjs > learnapp/static/img/korea.svg
// Box and projection are those of learnapp/content/figures/places.py.
import { createRequire } from "node:module";

const require = createRequire(process.env.MODULES ?? import.meta.url);
const { readFileSync } = require("node:fs");
const topo = require("topojson-client");
const simplifier = require("topojson-simplify");

const BOX = { west: 123.9, east: 131.3, south: 33.95, north: 43.35 };
const HEIGHT = 1000;
const RIM = 12;
const SCALE = HEIGHT / (BOX.north - BOX.south);
const SQUEEZE = Math.cos((38.6 * Math.PI) / 180);
const WIDTH = Math.round((BOX.east - BOX.west) * SQUEEZE * SCALE);
const COUNTRIES = { north: "408", south: "410", china: "156", russia: "643", japan: "392" };

const world = JSON.parse(readFileSync(require.resolve("world-atlas/countries-10m.json")));
const small = simplifier.simplify(simplifier.presimplify(world), 0.0007);

function project([longitude, latitude]) {
  return [(longitude - BOX.west) * SQUEEZE * SCALE, (BOX.north - latitude) * SCALE];
}

// Return the point of a line at which one of its coordinates has this value.
function crossing(from, to, axis, value) {
  const share = (value - from[axis]) / (to[axis] - from[axis]);
  return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
}

// Cut a ring at the box and its rim (Sutherland and Hodgman).
function clip(ring) {
  const edges = [[0, -RIM, 1], [0, WIDTH + RIM, -1], [1, -RIM, 1], [1, HEIGHT + RIM, -1]];
  return edges.reduce((points, [axis, value, sign]) => points.flatMap((point, n) => {
    const before = points.at(n - 1);
    const [isIn, wasIn] = [point, before].map((one) => (one[axis] - value) * sign >= 0);
    const meeting = isIn === wasIn ? [] : [crossing(before, point, axis, value)];
    return isIn ? [...meeting, point] : meeting;
  }), ring);
}

function area(ring) {
  return Math.abs(ring.reduce((sum, point, n) => {
    const next = ring[(n + 1) % ring.length];
    return sum + point[0] * next[1] - next[0] * point[1];
  }, 0) / 2);
}

function draw(points, isClosed) {
  let last = null;
  let path = "";
  for (const point of points) {
    const [x, y] = point.map(Math.round);
    if (!last) path += `M${x} ${y}`;
    else if (x !== last[0] || y !== last[1]) path += `l${x - last[0]} ${y - last[1]}`;
    last = [x, y];
  }
  return path.replaceAll(" -", "-") + (isClosed ? "z" : "");
}

function land(names, least) {
  return names.flatMap((name) => {
    const shape = small.objects.countries.geometries.find((country) => country.id === COUNTRIES[name]);
    const { type, coordinates } = topo.feature(small, shape).geometry;
    const polygons = type === "Polygon" ? [coordinates] : coordinates;
    return polygons.map(([ring]) => clip(ring.map(project)));
  }).filter((ring) => ring.length > 2 && area(ring) > least).map((ring) => draw(ring, true)).join("");
}

function border(one, other) {
  const pair = [COUNTRIES[one], COUNTRIES[other]];
  const between = topo.mesh(small, small.objects.countries, (...sides) => (
    sides[0] !== sides[1] && sides.every((side) => pair.includes(side.id))
  ));
  return between.coordinates.map((line) => draw(line.map(project), false)).join("");
}

const paths = {
  others: land(["china", "russia", "japan"], 60),
  south: land(["south"], 60),
  north: land(["north"], 40),
  "border-china": border("north", "china"),
  "border-russia": border("north", "russia"),
  "border-south": border("north", "south"),
};
const shapes = Object.entries(paths).map(([id, path]) => (
  `<path id="${id}" vector-effect="non-scaling-stroke" d="${path}"/>`
));
console.log(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}">
<!-- Drawn by docs/map/draw-map.mjs from Natural Earth 1:10m, which is in the public domain. -->
${shapes.join("\n")}
</svg>`);

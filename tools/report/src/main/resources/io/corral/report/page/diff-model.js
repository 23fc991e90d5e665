// The data of both recordings, and sums over the chosen hierarchy and container.

const DATA = JSON.parse(byId("data").textContent);
const NOT_PLACED = -1;
const SIDES = ["before", "after"];

/** The choices of the user. */
const chosen = {tab: "containers", hierarchy: 0, container: 0, basis: DATA.basis, order: "cpu"};

for (const {containers: all} of DATA.hierarchies) {
  const numbers = new Map(all.map((each, number) => [each.path, number]));
  all.forEach((each, number) => {
    const slash = each.path.lastIndexOf("/");
    each.number = number;
    each.parent = number === 0 ? -1 : numbers.get(slash <= 0 ? "/" : each.path.slice(0, slash));
  });
}

// The packages get their colours from the samples of the second recording.
for (const kind of ["cpu", "allocation"]) {
  const rows = DATA.samples.rows[kind][0];
  DATA.samples[kind] = rows ? {node: rows.node, weight: rows.after} : {node: [], weight: []};
}

function containers() {
  return DATA.hierarchies[chosen.hierarchy].containers;
}

function chosenContainer() {
  return containers()[chosen.container];
}

/** A pair of amounts, before and after, as the chosen basis has them: for each second, or all. */
function amounts([before, after]) {
  return chosen.basis === "total" ? [before, after]
    : [1000 * before / DATA.before.millis, 1000 * after / DATA.after.millis];
}

/** For each container, 1 if it is the given one or below it, else 0. */
function within(container) {
  const all = containers();
  const marks = new Uint8Array(all.length);
  marks[container] = 1;
  for (let i = container + 1; i < all.length; i++) {
    marks[i] |= all[i].outside ? 0 : marks[all[i].parent];
  }
  return marks;
}

/** For each node, what the chosen container used in both recordings: "own" at its end, "total" also below. */
function growthSums(kind) {
  const {parent} = DATA.samples.stacks;
  const size = parent.length;
  const sums = {
    own: SIDES.map(() => new Float64Array(size)), total: [], children: new Map(),
  };
  const rows = DATA.samples.rows[kind][chosen.hierarchy];
  const marks = within(chosen.container);
  (rows ? rows.node : []).forEach((node, i) => {
    if (marks[rows.container[i]] === 1) {
      amounts([rows.before[i], rows.after[i]]).forEach((amount, side) => {
        sums.own[side][node] += amount;
      });
    }
  });
  sums.total = sums.own.map(own => own.slice());
  for (const total of sums.total) {
    for (let node = size - 1; node > 0; node--) {
      total[parent[node]] += total[node];
    }
  }
  for (let node = 1; node < size; node++) {
    if (sums.total[0][node] > 0 || sums.total[1][node] > 0) {
      const above = sums.children.get(parent[node]);
      above ? above.push(node) : sums.children.set(parent[node], [node]);
    }
  }
  return sums;
}

function isInfiniteGrowth([before, after]) {
  return before === 0 && after > 0;
}

/** The growth in per cent. */
function growth([before, after]) {
  if (before === after) {
    return "0.0%";
  }
  if (isInfiniteGrowth([before, after])) {
    return "from 0";
  }
  const percents = Math.round(1000 * (after - before) / before) / 10 || 0;
  return (percents > 0 ? "+" : "") + percents.toFixed(1) + "%";
}

/** Microseconds in each second are shown as a share of one CPU. */
function cpuText(micros) {
  return chosen.basis === "total" ? seconds(micros) : (micros / 1e4).toFixed(2) + "%";
}

function allocationText(kib) {
  return bytes(kib) + (chosen.basis === "total" ? "" : "/s");
}

function startedText(number) {
  return chosen.basis === "total" ? count(number) : fixed(number, 1) + "/s";
}

function signed(text, [before, after]) {
  return (after > before ? "+" : after < before ? "-" : "") + text(Math.abs(after - before));
}

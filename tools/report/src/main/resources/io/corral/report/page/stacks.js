// The stacks of the samples, and sums over them.

const PACKAGES = 6;
const JDK = /^(java|javax|jdk|sun|com\.sun|kotlin|scala)\./;
const STACKS = DATA.samples.stacks;

/** The group of a frame for its colour: the beginning of its package, its outer class, "JDK" or "unknown". */
function packageOf(frame) {
  if (JDK.test(frame)) {
    return "JDK";
  }
  const parts = frame.split(".");
  return frame.startsWith("(") ? "unknown"
    : parts.length < 4 ? parts[0].split("$")[0] : parts.slice(0, 2).join(".");
}

/** Class and method, without the package. */
function shortName(frame) {
  const parts = frame.split(".");
  return frame.startsWith("(") || parts.length < 2 ? frame : parts.slice(-2).join(".");
}

/** Sums of the chosen samples, for each node: "own" has samples that end there, "total" also those below. */
function flameSums(kind) {
  const own = new Float64Array(STACKS.parent.length);
  const sets = chosenSets();
  eachSample(kind, (node, weight, set) => {
    if (sets[set]) {
      own[node] += weight;
    }
  });
  const total = own.slice();
  for (let node = total.length - 1; node > 0; node--) {
    total[STACKS.parent[node]] += total[node];
  }
  const children = new Map();
  for (let node = 1; node < total.length; node++) {
    if (total[node] > 0) {
      const parent = STACKS.parent[node];
      children.has(parent) ? children.get(parent).push(node) : children.set(parent, [node]);
    }
  }
  children.forEach(all => all.sort((one, other) => total[other] - total[one]));
  return {own, total, children};
}

/** Adds up weights of nodes by package. */
function byPackage(weights) {
  const sums = new Map();
  weights.forEach((weight, node) => {
    if (weight > 0 && node > 0) {
      const each = packageOf(STACKS.frames[STACKS.frame[node]]);
      sums.set(each, (sums.get(each) || 0) + weight);
    }
  });
  return sums;
}

/** The packages that get a colour: those with most samples of their own in the whole recording. */
function rankedPackages(kind) {
  const {node, weight} = DATA.samples[kind];
  const total = new Float64Array(STACKS.parent.length);
  node.forEach((each, i) => {
    total[each] += weight[i];
  });
  for (let i = total.length - 1; i > 0; i--) {
    total[STACKS.parent[i]] += total[i];
  }
  return [...byPackage(total)].filter(([each]) => each !== "JDK" && each !== "unknown")
    .sort((one, other) => other[1] - one[1]).slice(0, PACKAGES).map(([each]) => each);
}

/** The same sums for each frame. A frame that calls itself is counted once. */
function hotMethods(sums) {
  const own = new Map();
  const total = new Map();
  const open = new Map();
  const visit = node => {
    const frame = STACKS.frame[node];
    const depth = open.get(frame) || 0;
    if (depth === 0) {
      total.set(frame, (total.get(frame) || 0) + sums.total[node]);
    }
    if (sums.own[node] > 0) {
      own.set(frame, (own.get(frame) || 0) + sums.own[node]);
    }
    open.set(frame, depth + 1);
    (sums.children.get(node) || []).forEach(visit);
    open.set(frame, depth);
  };
  (sums.children.get(0) || []).forEach(visit);
  return {own, total};
}

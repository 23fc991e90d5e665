// The data of the recording, and sums over the chosen range, hierarchy and container.

const DATA = JSON.parse(byId("data").textContent);
const NOT_PLACED = -1;

/**
 * The choices of the user. The range of time has the buckets from "from" on, and before "to". "wait" is the
 * number of a kind of waits.
 */
const chosen = {tab: "overview", hierarchy: 0, container: 0, from: 0, to: DATA.axis.count, wait: null};

/** Adds to each container its parent, children, name and depth. The first container is the root. */
function link(containers) {
  const numbers = new Map(containers.map((each, number) => [each.path, number]));
  containers.forEach((each, number) => {
    const slash = each.path.lastIndexOf("/");
    each.number = number;
    each.parent = number === 0 ? -1 : numbers.get(slash <= 0 ? "/" : each.path.slice(0, slash));
    each.name = number === 0 ? "/" : each.path.slice(slash + 1);
    each.depth = number === 0 ? 0 : containers[each.parent].depth + 1;
    each.children = [];
    if (number > 0) {
      containers[each.parent].children.push(each);
    }
  });
}
DATA.hierarchies.forEach(hierarchy => link(hierarchy.containers));

const MAIN = DATA.hierarchies.find(each => each.name === "main").containers;

/** The JVM's native threads, which are in no container above them, nor in another hierarchy. */
const NATIVE = MAIN.filter(each => each.outside);

function isWhole() {
  return chosen.from === 0 && chosen.to === DATA.axis.count;
}

function hierarchy() {
  return DATA.hierarchies[chosen.hierarchy];
}

function containers() {
  return hierarchy().containers;
}

function chosenContainer() {
  return chosen.container === NOT_PLACED ? containers()[0] : containers()[chosen.container];
}

/** The sum of the values in the chosen range. The pairs have a bucket and its value. */
function inRange(pairs) {
  let sum = 0;
  for (let i = 0; i < pairs.length; i += 2) {
    if (pairs[i] >= chosen.from && pairs[i] < chosen.to) {
      sum += pairs[i + 1];
    }
  }
  return sum;
}

/** The sum of the values in the whole recording. */
function everything(pairs) {
  return pairs.reduce((sum, each, i) => i % 2 === 1 ? sum + each : sum, 0);
}

/** For each container, the sum of a field in the chosen range, with the containers below it. */
function sums(field) {
  const all = containers();
  const result = new Float64Array(all.length);
  for (let i = all.length - 1; i >= 0; i--) {
    result[i] += inRange(all[i][field]);
    if (i > 0 && !all[i].outside) {
      result[all[i].parent] += result[i];
    }
  }
  return result;
}

/** For each container, 1 if it is the given one or below it, else 0. */
function within(container) {
  const all = containers();
  const marks = new Uint8Array(all.length);
  marks[container] = 1;
  for (let i = container + 1; i < all.length; i++) {
    marks[i] |= marks[all[i].parent];
  }
  return marks;
}

/**
 * The parts of the process's CPU time in the chosen range, in microseconds; null if unknown. Those of the
 * whole recording are readings of one moment. Those of a range are interpolated between readings.
 */
function processParts() {
  const {processNanos, containerNanos, unattributedNanos, cpuMicros} = DATA.process;
  const micros = nanos => isKnown(nanos) ? nanos / 1000 : null;
  if (isWhole() || !isKnown(unattributedNanos)) {
    return {process: isWhole() ? micros(processNanos) : null, containers: isWhole() ? micros(containerNanos) : null,
      unattributed: micros(unattributedNanos)};
  }
  const sum = all => all.reduce((total, each) => total + inRange(each.cpuMicros), 0);
  const process = inRange(cpuMicros);
  const inContainers = sum(MAIN.filter(each => !each.outside));
  return {process, containers: inContainers, unattributed: process - inContainers - sum(NATIVE)};
}

/** CPU microseconds of the process in the chosen range. If they are unknown, those of all containers. */
function processMicros() {
  const process = inRange(DATA.process.cpuMicros);
  if (process > 0) {
    return process;
  }
  return containers().reduce((sum, each) => sum + inRange(each.cpuMicros), 0);
}

/** For each set of places, whether its samples are in the chosen container. */
function chosenSets() {
  const marks = chosen.container === NOT_PLACED ? null : within(chosen.container);
  return DATA.samples.sets.map(places => {
    const place = places[chosen.hierarchy];
    return marks ? place >= 0 && marks[place] === 1 : place < 0;
  });
}

/** Calls action(node, weight, set) for the samples in the chosen range. */
function eachSample(kind, action) {
  const {node, weight, set, bucket} = DATA.samples[kind];
  for (let i = 0; i < node.length; i++) {
    if (bucket[i] >= chosen.from && bucket[i] < chosen.to) {
      action(node[i], weight[i], set[i]);
    }
  }
}

/** The number of CPU time samples of each container, with those below it; and of samples that are not placed. */
function sampleCounts() {
  const all = containers();
  const result = new Float64Array(all.length);
  let unplaced = 0;
  eachSample("cpu", (node, weight, set) => {
    const place = DATA.samples.sets[set][chosen.hierarchy];
    if (place >= 0) {
      result[place] += weight;
    } else {
      unplaced += weight;
    }
  });
  for (let i = all.length - 1; i > 0; i--) {
    result[all[i].parent] += result[i];
  }
  return {placed: result, unplaced};
}

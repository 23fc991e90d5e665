// The data of the recording, and sums over what is chosen.

const DATA = JSON.parse(byId("data").textContent);
const NOT_PLACED = -1;

/** What is chosen. "from" and "to" are buckets of time; "to" is not in the range. */
const chosen = {tab: "overview", hierarchy: 0, container: 0, from: 0, to: DATA.axis.count};

/** Adds to each container where it is in the tree. The first is the root. */
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

function hierarchy() {
  return DATA.hierarchies[chosen.hierarchy];
}

function containers() {
  return hierarchy().containers;
}

function chosenContainer() {
  return chosen.container === NOT_PLACED ? containers()[0] : containers()[chosen.container];
}

/** The sum of pairs of bucket and value in the chosen range. */
function inRange(pairs) {
  let sum = 0;
  for (let i = 0; i < pairs.length; i += 2) {
    if (pairs[i] >= chosen.from && pairs[i] < chosen.to) {
      sum += pairs[i + 1];
    }
  }
  return sum;
}

/** The sum of pairs of bucket and value in the whole recording. */
function everything(pairs) {
  return pairs.reduce((sum, each, i) => i % 2 === 1 ? sum + each : sum, 0);
}

/** For each container what it and those below it have in the chosen range. */
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

/** For each container 1 if it is the given one or below it. */
function within(container) {
  const all = containers();
  const marks = new Uint8Array(all.length);
  marks[container] = 1;
  for (let i = container + 1; i < all.length; i++) {
    marks[i] |= marks[all[i].parent];
  }
  return marks;
}

/** CPU microseconds of the process in the chosen range; of all containers if it is not known. */
function processMicros() {
  const process = inRange(DATA.process.cpuMicros);
  if (process > 0) {
    return process;
  }
  return containers().reduce((sum, each) => sum + inRange(each.cpuMicros), 0);
}

/** For each set of places whether samples of it are chosen. */
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

/** For each container the number of samples of CPU time in it and below; and of those elsewhere. */
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

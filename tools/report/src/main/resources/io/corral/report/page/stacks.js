// The stacks of the samples, and sums over them.

const PACKAGES = 6;
const JDK = /^(java|javax|jdk|sun|com\.sun|kotlin|scala)\./;
/** The part of the samples from which on a frame is said to be in all of them. */
const EVERYTHING = 0.99;

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

/**
 * Sums of the chosen samples, for each node: "own" has samples that end there, "total" also those below.
 * The parameter calls its action(node, weight, set) for each sample in the chosen range.
 */
function flameSums(each) {
  const own = new Float64Array(STACKS.parent.length);
  const sets = chosenSets();
  each((node, weight, set) => {
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

/**
 * The packages that get a colour: those with most samples in the whole recording. A package has the same
 * colour in each flame graph, so the parts that it has of the kinds of samples are added.
 */
function rankedPackages() {
  const parts = new Map();
  for (const kind of ["cpu", "allocation"]) {
    const {node, weight} = DATA.samples[kind];
    const total = new Float64Array(STACKS.parent.length);
    node.forEach((each, i) => {
      total[each] += weight[i];
    });
    for (let i = total.length - 1; i > 0; i--) {
      total[STACKS.parent[i]] += total[i];
    }
    byPackage(total).forEach((sum, each) => parts.set(each, (parts.get(each) || 0) + sum / total[0]));
  }
  return [...parts].filter(([each]) => each !== "JDK" && each !== "unknown")
    .sort((one, other) => other[1] - one[1]).slice(0, PACKAGES).map(([each]) => each);
}

/** Classes whose methods run threads and the tasks of pools. Nearly each stack begins with them. */
const RUNNERS = new RegExp("^(" + [
  "java.lang.(Virtual)?Thread", "java.util.TimerThread", "jdk.internal.vm.Continuation",
  "java.util.concurrent.((Scheduled)?ThreadPoolExecutor|ThreadPerTaskExecutor|Executors)",
  "java.util.concurrent.(ForkJoin\\w+|FutureTask|CompletableFuture|CountedCompleter)",
  "org.apache.tomcat.util.threads.\\w+", "org.eclipse.jetty.util.thread.[\\w.]+",
  "io.netty.util.(concurrent|internal).\\w+", "io.netty.channel.\\w*EventLoop\\w*",
  "org.jboss.threads.\\w+", "org.xnio.[\\w.]+", "(akka|org.apache.pekko).dispatch.\\w+",
  "kotlinx.coroutines.[\\w.]+",
].join("|") + ")(\\$[^.]*)?\\.[^.]+$");

/**
 * Calls action(frame, node, isCounted) for each call. A total over frames counts those marked so: it leaves out
 * how a stack begins, and calls within a call of the same frame.
 */
function eachCall(children, action) {
  const open = new Map();
  const visit = (node, isBeginning) => {
    const frame = STACKS.frame[node];
    const depth = open.get(frame) || 0;
    const isRunner = isBeginning && RUNNERS.test(STACKS.frames[frame]);
    action(frame, node, depth === 0 && !isRunner);
    open.set(frame, isRunner ? depth : depth + 1);
    (children.get(node) || []).forEach(child => visit(child, isRunner));
    open.set(frame, depth);
  };
  (children.get(0) || []).forEach(child => visit(child, true));
}

/** The same sums for each frame. The totals leave out the frames that all samples have, unless there are no others. */
function hotMethods(sums) {
  const own = new Map();
  const total = new Map();
  eachCall(sums.children, (frame, node, isCounted) => {
    if (isCounted) {
      total.set(frame, (total.get(frame) || 0) + sums.total[node]);
    }
    if (sums.own[node] > 0) {
      own.set(frame, (own.get(frame) || 0) + sums.own[node]);
    }
  });
  const telling = new Map([...total].filter(([, weight]) => weight < EVERYTHING * sums.total[0]));
  return {own, total: telling.size > 0 ? telling : total};
}

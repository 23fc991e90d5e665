// CPU over time, stacked by container.

const SERIES = 9;
const COLOURS = ["#4269d0", "#efb118", "#ff725c", "#6cc5b0", "#3ca951", "#ff8ab7", "#a463f2",
  "#97bbf5", "#9c6b4e"];
const OTHER = "#9498a0";

let chart = null;

/** The containers in a container, those first that used most in the whole recording. */
function rankedContainers(container) {
  const marks = within(container);
  return containers().filter(each => marks[each.number])
    .map(each => ({container: each, all: everything(each.cpuMicros), sum: inRange(each.cpuMicros)}))
    .filter(each => each.all > 0)
    .sort((one, other) => other.all - one.all);
}

/** A container that has a colour among all containers keeps it when fewer are shown. */
function seriesColours(shown) {
  const kept = new Map(rankedContainers(0).slice(0, SERIES)
    .map((each, i) => [each.container, COLOURS[i]]));
  const used = shown.map(each => kept.get(each.container));
  const free = COLOURS.filter(each => !used.includes(each));
  return used.map(each => each || free.shift());
}

/** The series of the chart: the containers that used most in the whole recording, and all others as one. */
function chartSeries() {
  const ranked = rankedContainers(chosenContainer().number);
  const shown = ranked.slice(0, SERIES);
  const colours = seriesColours(shown);
  const series = shown.map((each, i) => ({
    container: each.container, label: each.container.path, colour: colours[i], sum: each.sum,
    values: cpus([each.container]),
  }));
  const rest = ranked.slice(SERIES);
  if (rest.length > 0) {
    series.push({
      label: rest.length === 1 ? rest[0].container.path : count(rest.length) + " other containers",
      colour: OTHER, sum: rest.reduce((sum, each) => sum + each.sum, 0),
      values: cpus(rest.map(each => each.container)),
    });
  }
  return series;
}

/** The usage of these containers by bucket, in per cent of one CPU. */
function cpus(all) {
  const values = new Float64Array(DATA.axis.count);
  all.forEach(each => addPairs(values, each.cpuMicros));
  return toPercent(values);
}

function addPairs(values, pairs) {
  for (let i = 0; i < pairs.length; i += 2) {
    values[pairs[i]] += pairs[i + 1];
  }
}

/** Converts microseconds to per cent of one CPU. The last bucket ends at the end of the recording. */
function toPercent(values) {
  const {bucketMillis} = DATA.axis;
  return values.map((micros, bucket) => {
    const isLast = bucket === DATA.axis.count - 1;
    const millis = isLast ? Math.max(1, DATA.durationMillis - bucket * bucketMillis) : bucketMillis;
    return micros / 10 / millis;
  });
}

function drawChart() {
  const series = chartSeries();
  const place = byId("chart");
  if (chart) {
    chart.destroy();
    chart = null;
  }
  byId("legend").replaceChildren();
  place.replaceChildren();
  if (series.length === 0) {
    place.append(empty("No CPU time", "The container used none in this range of time."));
    return;
  }
  chart = new uPlot(chartOptions(series, place), chartData(series), place);
  drawLegend(series, null);
}

function processValues() {
  const values = new Float64Array(DATA.axis.count);
  addPairs(values, DATA.process.cpuMicros);
  return toPercent(values);
}

/** Stacks the series: each value is the sum of its series and those after it. */
function chartData(series) {
  const {count: buckets, bucketMillis} = DATA.axis;
  const times = Array.from({length: buckets + 1}, (none, i) =>
    (i === buckets ? DATA.durationMillis : i * bucketMillis) / 1000);
  const repeatLast = values => [...values, values[values.length - 1]];
  const stacked = [];
  let sum = new Float64Array(buckets);
  for (let i = series.length - 1; i >= 0; i--) {
    sum = sum.map((value, bucket) => value + series[i].values[bucket]);
    stacked.unshift(repeatLast(sum));
  }
  return [times, repeatLast(processValues()), ...stacked];
}

function chartOptions(series, place) {
  const stepped = uPlot.paths.stepped({align: 1});
  const grid = {stroke: colour("--line"), width: 1};
  const axis = {stroke: colour("--soft"), grid, ticks: grid, font: "12px system-ui, sans-serif"};
  const showProcess = chosenContainer().number === 0 && DATA.process.cpuMicros.length > 0;
  return {
    width: Math.max(300, place.clientWidth), height: 280,
    padding: [12, 22, 0, 0],
    cursor: {drag: {x: true, y: false, setScale: false}, points: {show: false}, y: false},
    legend: {show: false},
    scales: {x: {time: false}, y: {range: (plot, least, most) => [0, most > 0 ? most * 1.08 : 1]}},
    axes: [
      {...axis, values: (plot, all) => all.map(each => clock(each * 1000)), incrs: [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200]},
      {
        ...axis, values: (plot, all) => all.map(each => count(Math.round(each * 10) / 10) + "%"),
        size: (plot, all) => 24 + 7 * Math.max(...(all || []).map(each => each.length), 5),
      },
    ],
    series: [{}, {
      points: {show: false}, show: showProcess, stroke: colour("--soft"), width: 1.5, dash: [5, 4], paths: stepped,
    }, ...series.map(each => ({
      points: {show: false}, stroke: each.colour, width: 1, fill: each.colour + (isDark() ? "b8" : "cc"), paths: stepped,
    }))],
    bands: series.slice(1).map((each, i) => ({series: [i + 2, i + 3]})),
    hooks: {
      ready: [markRange],
      setSelect: [plot => chooseRange(plot)],
      setCursor: [plot => drawLegend(series, plot.cursor.idx)],
    },
  };
}

/** Chooses the buckets that the selection of the chart touches. */
function chooseRange(plot) {
  const {left, width} = plot.select;
  if (width < 3) {
    return;
  }
  const bucket = x => plot.posToVal(x, "x") * 1000 / DATA.axis.bucketMillis;
  const from = Math.max(0, Math.floor(bucket(left)));
  const to = Math.min(DATA.axis.count, Math.ceil(bucket(left + width)));
  // Deferred, since this draws a new chart while the library still uses the old one.
  setTimeout(() => choose({from, to: Math.max(from + 1, to)}));
}

/** Marks the chosen range. */
function markRange(plot) {
  if (isWhole()) {
    return;
  }
  const x = bucket => plot.valToPos(
    Math.min(bucket * DATA.axis.bucketMillis, DATA.durationMillis) / 1000, "x");
  plot.setSelect({
    left: x(chosen.from), width: x(chosen.to) - x(chosen.from),
    top: 0, height: plot.over.clientHeight,
  }, false);
}

/** @param bucket the one at the cursor, or null for the chosen range */
function drawLegend(series, bucket) {
  const at = bucket === null || bucket === undefined
    ? null : Math.min(bucket, DATA.axis.count - 1);
  const value = each => at === null ? seconds(each.sum) : each.values[at].toFixed(1) + "%";
  const entries = series.map(each => element(each.container ? "button" : "span", {
    type: each.container ? "button" : undefined,
    onclick: () => each.container && choose({container: each.container.number}),
  }, element("i", {style: "background:" + each.colour}), name(each.label),
  element("b", {}, value(each))));
  if (chosenContainer().number === 0 && DATA.process.cpuMicros.length > 0) {
    const process = {sum: inRange(DATA.process.cpuMicros), values: processValues()};
    entries.push(element("span", {}, element("i", {class: "line"}), "process",
      element("b", {}, value(process))));
  }
  byId("legend").replaceChildren(...entries);
}

// The table of limits, which is absent if the recording has none.

const LIMIT_COLUMNS = [
  ["Most requests", row => count(row.peakRequests)],
  ["Let in", row => count(row.admitted)],
  ["Waited", row => count(row.delayed)],
  ["Mean wait", row => row.delayed === 0 ? "" : seconds(row.waitedNanos / 1000 / row.delayed)],
  ["Refused", row => count(row.shed)],
  ["Let in over a limit", row => count(row.over)],
  ["Most threads", row => count(row.peakThreads)],
  ["Starts refused", row => count(row.refusedStarts)],
  ["Would wait or be refused", row => count(row.monitored)],
];

/** Columns with nothing in them are left out. */
function drawLimits() {
  const rows = DATA.limits.filter(row => row.hierarchy === hierarchy().name);
  const columns = LIMIT_COLUMNS.filter(([, text]) => rows.some(row => !/^0?$/.test(text(row))));
  byId("limits").hidden = rows.length === 0;
  byId("limit-table").replaceChildren(
    element("thead", {}, element("tr", {}, element("th", {}, "Container"), element("th", {}, "Limits"),
      ...columns.map(([title]) => element("th", {class: "num"}, title)))),
    element("tbody", {}, ...rows.map(row => element("tr", {}, element("td", {}, name(row.path)),
      element("td", {}, name(row.limits)),
      ...columns.map(([, text]) => element("td", {class: "num"}, text(row)))))));
}

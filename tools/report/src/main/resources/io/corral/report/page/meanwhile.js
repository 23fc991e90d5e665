// Who ran while containers waited: a table, which is absent if the recording has nothing about it.

const MAX_WAITING = 100;

function drawMeanwhile() {
  const rows = DATA.meanwhile.filter(row => row.hierarchy === hierarchy().name)
    .sort((one, other) => other.waitedNanos - one.waitedNanos).slice(0, MAX_WAITING);
  byId("meanwhile").hidden = rows.length === 0;
  const heads = ["Most CPU time", "then", "then"];
  byId("meanwhile-table").replaceChildren(
    element("thead", {}, element("tr", {}, element("th", {}, "Container"),
      element("th", {class: "num"}, "Waited"),
      ...heads.map(head => element("th", {}, head)))),
    element("tbody", {}, ...rows.map(row => element("tr", {}, element("td", {}, name(row.path)),
      element("td", {class: "num"}, seconds(row.waitedNanos / 1000)),
      ...heads.map((head, i) => otherCell(row, row.others[i]))))));
}

function otherCell(row, other) {
  return other === undefined ? element("td", {})
    : element("td", {}, name(other.path), " " + percent(other.nanos, row.waitedNanos));
}

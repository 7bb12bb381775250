"use strict";
(() => {
  const colours = ["#1f5f99", "#1b6e3c", "#8a5a00", "#a3201d", "#6b3fa0", "#00707a", "#5a6878", "#b0447a"];
  const height = 180;
  const told = (trend) => (value) => {
    if (value === null || value === undefined) return "–";
    return trend.percent ? `${(value * 100).toFixed(1)} %` : value.toLocaleString("en");
  };
  for (const place of document.querySelectorAll(".chart")) {
    const trend = JSON.parse(place.dataset.trend);
    const axis = { stroke: "#5a6878", grid: { stroke: "#e6ebf0", width: 1 }, ticks: { show: false } };
    const options = {
      width: place.clientWidth,
      height,
      scales: { x: { time: false, range: (_plot, low, high) => [low - 0.4, high + 0.4] }, y: { range: (_plot, _low, high) => [0, trend.percent ? 1 : Math.max(high * 1.1, 1)] } },
      axes: [
        // A name per version, and no names between two of them.
        { ...axis, splits: (_plot, _axis, low, high) => trend.labels.map((_, at) => at).filter((at) => at >= low && at <= high && at % Math.ceil(trend.labels.length / 8) === 0), values: (_plot, ats) => ats.map((at) => trend.labels[at]) },
        { ...axis, size: 64, values: (_plot, values) => values.map(told(trend)) },
      ],
      series: [
        { label: "At", value: (_plot, at) => trend.labels[at] ?? "–" },
        ...trend.series.map((each, number) => ({ label: each.name, stroke: colours[number % colours.length], width: 2, dash: number >= 4 ? [6, 4] : [], points: { show: true, size: 6 }, value: (_plot, value) => told(trend)(value) })),
      ],
    };
    const plot = new uPlot(options, [trend.labels.map((_, at) => at), ...trend.series.map((each) => each.values)], place);
    new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height })).observe(place);
  }
})();

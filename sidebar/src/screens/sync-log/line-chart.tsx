import type { Series } from "./chart-data.ts";
import { ChartFrame, type Plot } from "./chart-frame.tsx";

interface LineChartProps {
  title: string;
  summary: string;
  columns: readonly string[];
  series: readonly Series[];
  /** Column → series → value; null where there is none. */
  values: readonly (readonly (number | null)[])[];
  format: (value: number) => string;
}

/** One line per series, broken where there is no value; every value is a dot. */
export function LineChart(props: LineChartProps) {
  const all = props.values.flat().filter((value) => value !== null);
  return (
    <ChartFrame {...props} largest={Math.max(0, ...all)}>
      {(plot) =>
        props.series.map(({ label, tone }, at) => {
          const points = pointsOf(
            props.values.map((column) => column[at] ?? null),
            plot,
          );
          return (
            <g class={`chart-series chart-${tone}`} key={label}>
              {points.map((run) => (
                <polyline key={run[0]?.x} points={run.map(({ x, y }) => `${x},${y}`).join(" ")} />
              ))}
              {points.flat().map(({ x, y }) => (
                <circle key={x} cx={x} cy={y} r={3} />
              ))}
            </g>
          );
        })
      }
    </ChartFrame>
  );
}

/** Neighbouring values as one stretch of the line. */
function pointsOf(values: readonly (number | null)[], plot: Plot): { x: number; y: number }[][] {
  const stretches: { x: number; y: number }[][] = [];
  let open = false;
  for (const [index, value] of values.entries()) {
    if (value === null) {
      open = false;
      continue;
    }
    const { x, width } = plot.column(index);
    const point = { x: x + width / 2, y: plot.y(value) };
    if (open) stretches.at(-1)?.push(point);
    else stretches.push([point]);
    open = true;
  }
  return stretches;
}

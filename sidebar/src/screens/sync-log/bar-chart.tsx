import type { Series } from "./chart-data.ts";
import { ChartFrame } from "./chart-frame.tsx";

interface BarChartProps {
  title: string;
  summary: string;
  columns: readonly string[];
  series: readonly Series[];
  /** Column → series → count. */
  values: readonly (readonly number[])[];
  wide?: boolean;
}

const GAP = 0.24;
const WIDEST = 48;

/** Counts per column, series on top of one another. */
export function BarChart(props: BarChartProps) {
  const totals = props.values.map((column) => column.reduce((sum, value) => sum + value, 0));
  return (
    <ChartFrame {...props} largest={Math.max(0, ...totals)} format={(value) => value.toLocaleString()}>
      {(plot) =>
        props.values.map((column, index) => {
          const { x, width } = plot.column(index);
          const size = Math.min(WIDEST, width * (1 - GAP));
          return column.map((value, at) => {
            const below = column.slice(0, at).reduce((sum, other) => sum + other, 0);
            if (value === 0) return null;
            const tone = props.series[at]?.tone ?? "plain";
            return (
              <rect
                key={`${props.columns[index]}${tone}`}
                class={`chart-bar chart-${tone}`}
                x={x + (width - size) / 2}
                width={size}
                y={plot.y(below + value)}
                height={Math.max(0, plot.y(below) - plot.y(below + value))}
              />
            );
          });
        })
      }
    </ChartFrame>
  );
}

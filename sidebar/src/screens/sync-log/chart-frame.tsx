import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { axisOf, type Series, shownLabels } from "./chart-data.ts";

const CHART_HEIGHT = 200;
const MARGIN = { top: 8, right: 4, bottom: 24, left: 48 };
const LABEL_WIDTH = 58;
const LONG_LABEL_WIDTH = 88;

export interface Plot {
  /** Left edge and width of a column. */
  column(index: number): { x: number; width: number };
  y(value: number): number;
  bottom: number;
}

interface ChartFrameProps {
  title: string;
  /** What the chart shows, in a sentence: also what a screen reader is told. */
  summary: string;
  columns: readonly string[];
  series: readonly Series[];
  /** Column → series → value. */
  values: readonly (readonly (number | null)[])[];
  largest: number;
  format: (value: number) => string;
  wide?: boolean;
  children: (plot: Plot) => ComponentChildren;
}

/** What every chart has: a title, axes, a legend, and the same numbers as a table. */
export function ChartFrame(props: ChartFrameProps) {
  const { columns, series, values, format } = props;
  const figure = useRef<HTMLElement>(null);
  const width = useWidth(figure);
  const ticks = axisOf(props.largest);
  const top = ticks.at(-1) ?? 1;
  const inner = {
    width: Math.max(40, width - MARGIN.left - MARGIN.right),
    height: CHART_HEIGHT - MARGIN.top - MARGIN.bottom,
  };
  const plot: Plot = {
    column: (index) => {
      const step = inner.width / Math.max(columns.length, 1);
      return { x: MARGIN.left + index * step, width: step };
    },
    y: (value) => MARGIN.top + inner.height * (1 - value / top),
    bottom: MARGIN.top + inner.height,
  };
  const labelWidth = columns.some((column) => column.length > 8) ? LONG_LABEL_WIDTH : LABEL_WIDTH;
  const labels = shownLabels(columns.length, inner.width, labelWidth);
  return (
    <figure class={`chart${props.wide ? " chart-wide" : ""}`} ref={figure}>
      <figcaption>
        <h2>{props.title}</h2>
        <p class="ui-hint">{props.summary}</p>
      </figcaption>
      {series.length > 1 && (
        <ul class="chart-legend" aria-hidden="true">
          {series.map(({ label, tone }) => (
            <li key={label}>
              <span class={`chart-swatch chart-${tone}`} />
              {label}
            </li>
          ))}
        </ul>
      )}
      <svg
        class="chart-plot"
        width={width}
        height={CHART_HEIGHT}
        viewBox={`0 0 ${width} ${CHART_HEIGHT}`}
        role="img"
        aria-label={`${props.title}. ${props.summary} The numbers are in the table below.`}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <line class="chart-grid" x1={MARGIN.left} x2={width - MARGIN.right} y1={plot.y(tick)} y2={plot.y(tick)} />
            <text class="chart-text" x={MARGIN.left - 6} y={plot.y(tick) + 4} text-anchor="end">
              {format(tick)}
            </text>
          </g>
        ))}
        {columns.map((column, index) => {
          if (!labels.has(index)) return null;
          const { x, width: size } = plot.column(index);
          const isLast = index === columns.length - 1 && columns.length > 5;
          return (
            <text
              class="chart-text"
              key={column}
              x={isLast ? x + size : x + size / 2}
              y={CHART_HEIGHT - 6}
              text-anchor={isLast ? "end" : "middle"}
            >
              {column}
            </text>
          );
        })}
        {props.children(plot)}
      </svg>
      <ChartTable columns={columns} series={series} values={values} format={format} title={props.title} />
    </figure>
  );
}

type TableProps = Pick<ChartFrameProps, "title" | "columns" | "series" | "values" | "format">;

function ChartTable({ title, columns, series, values, format }: TableProps) {
  return (
    <details class="chart-table">
      <summary>Show as a table</summary>
      <div class="log-table-frame">
        <table class="log-table">
          <caption class="ui-sr">{title}</caption>
          <thead>
            <tr>
              <td />
              {series.map(({ label }) => (
                <th scope="col" key={label}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {columns.map((column, index) => (
              <tr key={column}>
                <th scope="row">{column}</th>
                {series.map(({ label }, at) => {
                  const value = values[index]?.[at] ?? null;
                  return <td key={label}>{value === null ? <span class="log-none">None</span> : format(value)}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

const FIRST_WIDTH = 480;
const PADDING = 40;

/** The room inside an element, as it changes. */
function useWidth(element: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(FIRST_WIDTH);
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.max(160, Math.floor(entry.contentRect.width)));
    });
    observer.observe(element.current);
    setWidth(Math.max(160, element.current.clientWidth - PADDING));
    return () => observer.disconnect();
  }, []);
  return width;
}

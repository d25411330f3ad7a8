/** The package brings no declarations. */
declare module 'asciichart' {
  export function plot(
    series: number[] | number[][],
    options?: { height?: number; min?: number; max?: number; format?: (value: number) => string },
  ): string;
}

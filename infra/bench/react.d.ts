/** The part of React that the bench calls; the package brings no types. */
declare module 'react' {
  export type ReactNode = object | string | null;
  export function createElement(type: string, props: object | null, ...children: (ReactNode | ReactNode[])[]): object;
}

import type { Target } from './route.models.ts';

/** One request to the resource API, already read. */
export type Call = Target & {
  query: URLSearchParams;
  body: string;
  contentType: string;
  accept: string;
  userAgent: string;
};

export type Answer = {
  status: number;
  body: string;
  contentType?: string;
  headers?: Record<string, string>;
};

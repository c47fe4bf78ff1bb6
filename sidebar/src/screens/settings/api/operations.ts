import type { ApiDocument, ApiOperation } from "../../../endpoints/api-document.ts";

export interface ListedOperation {
  readonly method: string;
  readonly path: string;
  readonly operation: ApiOperation;
}

/** The operations of one heading whose method, path or summary holds every word of `search`. */
export function operationsOf(document: ApiDocument, tag: string, search: string): ListedOperation[] {
  const words = search.toLowerCase().split(/\s+/);
  return Object.entries({ ...document.paths, ...document.webhooks })
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
    )
    .filter(({ operation }) => operation.tags.includes(tag))
    .filter(({ method, path, operation }) => {
      const text = `${method} ${path} ${operation.summary}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
}

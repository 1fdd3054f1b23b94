import type { FastifyInstance } from 'fastify';

type Line = { depth: number; part: string; methods: string[] };

/** Every `METHOD /path` that the server answers to, read from its own routing table. */
export function routesOf(app: Pick<FastifyInstance, 'printRoutes'>): string[] {
  const path: string[] = [];
  return linesOf(app.printRoutes({ commonPrefix: false })).flatMap(({ depth, part, methods }) => {
    path.splice(depth, path.length, part);
    return methods.map((method) => `${method} ${path.join('')}`);
  });
}

/** A tree drawn with lines, four characters for each level: `│   ├── /runs (GET, HEAD)`. */
function linesOf(table: string): Line[] {
  return table.split('\n').flatMap((line) => {
    const [, indent, part, methods] = /^([│ ]*)[├└]── (\S*)(?: \(([A-Z, ]+)\))?$/u.exec(line) ?? [];
    if (indent === undefined || part === undefined) return [];
    return [{ depth: indent.length / 4, part, methods: methods?.split(', ') ?? [] }];
  });
}

export type Picture = {
  file: string;
  state: string;
  route: string;
  width: number;
  scheme: 'light' | 'dark';
};

/** A page that shows them all, those of one state and route beside each other. */
export function indexOf(pictures: readonly Picture[]): string {
  const groups = Map.groupBy(pictures, ({ state, route }) => `${state} · ${route}`);
  const sections = [...groups].map(
    ([title, some]) => `<h2>${escaped(title)}</h2><p>${some.map(figure).join('')}</p>`,
  );
  return `<!doctype html><meta charset="utf-8"><title>Pictures</title>
<style>body{font:14px sans-serif;background:#888}img{height:420px;margin:4px;vertical-align:top}</style>
${sections.join('\n')}\n`;
}

const figure = ({ file, width, scheme }: Picture) =>
  `<a href="${file}"><img loading="lazy" src="${file}" alt="${width} px, ${scheme}"></a>`;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

import { engineSuite } from '../engine.suite.ts';
import { fill, object, openLab } from './testing/lab.ts';

let count = 0;
engineSuite(async () => {
  const lab = await openLab();
  fill(lab, 0);
  const put =
    (plural: string) => async (namespace: string, name: string, data: Record<string, string>) => {
      lab.api.put(plural, `${namespace}/${name}`, object(name, namespace, { data }));
    };
  return {
    engine: lab.engine,
    cluster: 'test',
    backup: (spec = {}, context) =>
      lab.backup({ ...spec, name: spec.name ?? `b-${(count += 1)}` }, context),
    putConfigMap: put('configmaps'),
    removeConfigMap: async (namespace, name) => {
      lab.api.remove('configmaps', `${namespace}/${name}`);
    },
    putSecret: put('secrets'),
    close: lab.close,
  };
});

import { type Add, object } from './estate.types.ts';

const rbac = 'rbac.authorization.k8s.io/v1';

/** What a careless or hostile user may leave behind; every screen has to survive it. */
export function addOddities(add: Add): void {
  const namespace = 'shop-staging';
  add(
    object('v1', 'ConfigMap', {
      metadata: {
        name: 'banner',
        namespace,
        annotations: {
          description: '<img src=x onerror="alert(1)"><script>alert("x")</script> & more',
          'note/rtl': 'abc \u202e gpj.exe',
          formula: '=HYPERLINK("http://example.com","open")',
        },
      },
      data: { html: '<b>Sale</b>', '..2f..2fetc2fpasswd': 'x' },
    }),
  );
  for (const name of [
    'system:weird name',
    'a\nb',
    "'; drop table backups;--",
    'ünï©ode ✓',
    '-rf',
    'x'.repeat(253),
  ]) {
    add(object(rbac, 'Role', { metadata: { name, namespace }, rules: [] }));
  }
  add(
    object('v1', 'ConfigMap', {
      metadata: { name: `${'long-name.'.repeat(24)}end`, namespace },
      data: {},
    }),
  );
  add(
    object('v1', 'ConfigMap', {
      metadata: { name: 'product-catalogue', namespace },
      data: { 'catalogue.json': JSON.stringify('article '.repeat(127_000)) },
    }),
  );
  add(
    object('v1', 'Secret', {
      metadata: { name: 'binary', namespace },
      data: { blob: 'AAECAwQF//79', empty: '' },
      type: 'Opaque',
    }),
  );
}

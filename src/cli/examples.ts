import type { Extra } from './help.models.ts';

/** What people type most, by command. */
export const examples: Readonly<Record<string, readonly string[]>> = {
  'clusters list': ['clusters list'],
  'clusters add': ['clusters add --kubeconfig prod.yaml --name prod'],
  'clusters confirm': ['clusters confirm prod --uid 5f0c7d3e-1f5c-4a53-9a51-0a4a4f6f1c11'],
  'backups create': [
    'backups create --wait',
    'backups create --name before-upgrade --namespaces shop,blog --retention 4w --wait',
    'backups create --kinds deployments.apps,services --label-selector app=web --wait',
  ],
  'backups list': ['backups list', 'backups list --state completed --limit 1 --json'],
  'backups show': ['backups show first'],
  'backups contents': ['backups contents first --prefix resources/configmaps/namespaces/shop/'],
  'backups diff': ['backups diff first live', 'backups diff first second'],
  'backups pin': ['backups pin first --note "before the upgrade"'],
  'backups verify': ['backups verify first --wait'],
  'backups export': [
    'backups export first --folder velero --wait',
    'backups export first --s3-endpoint https://s3.example --s3-bucket velero --s3-access-key-id ID --s3-secret-access-key-file key.txt --wait',
  ],
  'backups delete': ['backups delete first --wait'],
  'maintenance start': ['maintenance start --wait'],
  'restores plan': [
    'restores plan first --namespaces shop',
    'restores plan first --namespaces shop --namespace-mapping shop=shop-copy',
    'restores plan first --kinds configmaps,secrets --conflict-policy update',
  ],
  'restores start': ['restores start 0199a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b --wait'],
  'restores objects': [
    'restores objects 0199a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b --outcome failed --all',
  ],
  'plans objects': ['plans objects 0199a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b --action conflict --all'],
  'runs list': ['runs list --state running', 'runs list --kind backup --limit 5'],
  'runs log': ['runs log 0199a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b --follow'],
  'sessions link': ['sessions link'],
  'users create': [
    `users create ann --bindings '[{"role":"operator","cluster":"prod"}]' --password-file password.txt`,
  ],
  'tokens create': [`tokens create ci --bindings '[{"role":"operator"}]' --days 30`],
  'audit list': ['audit list --cluster prod --limit 20'],
};

export const examplesOf = ({ noun, verb }: Pick<Extra, 'noun' | 'verb'>): readonly string[] =>
  examples[`${noun} ${verb}`] ?? [];

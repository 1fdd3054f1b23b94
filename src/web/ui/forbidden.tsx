import type { Permission } from '#shared/access/permissions.models.ts';
import { Frame } from './frame.tsx';

type Props = { permission?: Permission; detail?: string };

/** Names the right that is missing, and who can give it. */
export function Forbidden({ permission, detail }: Props) {
  const title =
    permission === undefined ? 'You may not see this.' : `This needs the right ${permission}.`;
  const way = 'An administrator can give it under Settings, People.';
  return <Frame icon="lock" title={title} detail={detail ?? way} />;
}

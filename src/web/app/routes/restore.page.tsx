import { getRouteApi } from '@tanstack/react-router';
import { RestoreView } from '../../features/restores/restore-view.tsx';

const route = getRouteApi('/cluster/restores/$restore');

export function RestorePage() {
  const { restore } = route.useParams();
  const { outcome } = route.useSearch();
  return <RestoreView run={restore} outcome={outcome} />;
}

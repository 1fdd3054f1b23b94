import { Empty } from '../../ui/empty.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';

export function NotFound() {
  return (
    <Page title="There is no such page">
      <Empty
        title="Nothing is at this address"
        why="It may be mistyped, or from another version of Lifeboat."
        action={<LinkButton to="/">Go to Now</LinkButton>}
      />
    </Page>
  );
}

import type { ReactNode } from 'react';
import { Frame } from './frame.tsx';

type Props = { title: string; why?: string; action?: ReactNode };

/** Nothing is here: says why, and offers the one next action. */
export const Empty = ({ title, why = '', action }: Props) => (
  <Frame icon="box" title={title} detail={why}>
    {action}
  </Frame>
);

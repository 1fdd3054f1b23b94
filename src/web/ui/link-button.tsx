import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';
import type { ButtonLook } from './button.tsx';
import styles from './button.module.css';
import { classes } from './classes.ts';
import type { IconName } from './icon.models.ts';
import { Icon } from './icon.tsx';

type Props = AnchorHTMLAttributes<HTMLAnchorElement> & {
  look?: ButtonLook;
  size?: 'small';
  icon?: IconName;
  ref?: Ref<HTMLAnchorElement>;
};

function Anchor({ look = 'plain', size, icon, children, ...rest }: Props) {
  return (
    <a {...rest} className={classes(styles['button'], styles[look], size && styles[size])}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  );
}

/** Looks like a button, goes somewhere: takes what the router's `Link` takes. */
export const LinkButton = createLink(Anchor);

import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './dialog.module.css';

type Props = {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  wide?: boolean;
};

/** A window over the page: keeps the focus, gives it back, and Esc closes it. */
export function Dialog({ opened, onClose, title, children, wide = false }: Props) {
  return (
    <Modal.Root opened={opened} onClose={onClose} size={wide ? 720 : 460} centered>
      <Modal.Overlay className={styles['overlay']} />
      <Modal.Content className={styles['content']}>
        <div className={styles['head']}>
          <Modal.Title className={styles['title']}>{title}</Modal.Title>
          <Modal.CloseButton aria-label="Close" />
        </div>
        <Modal.Body className={styles['body']}>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

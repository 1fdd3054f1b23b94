import '@mantine/core/styles/default-css-variables.layer.css';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Modal.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/UnstyledButton.layer.css';
import '@mantine/core/styles/CloseButton.layer.css';
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './dialog.module.css';

type Props = {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  wide?: boolean;
  /** Also above another dialog that is open. */
  above?: boolean;
};

/** Not `className` of each: that of the content would also paint what centres it. */
const parts = {
  overlay: styles['overlay'] ?? '',
  content: styles['content'] ?? '',
  title: styles['title'] ?? '',
  body: styles['body'] ?? '',
};

/** A window over the page: keeps the focus, gives it back, and Esc closes it. */
export function Dialog({ opened, onClose, title, children, wide = false, above }: Props) {
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      size={wide ? 720 : 460}
      centered
      {...(above && { zIndex: 'var(--layer-above)' })}
      classNames={parts}
    >
      <Modal.Overlay />
      <Modal.Content>
        <div className={styles['head']}>
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label="Close" />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

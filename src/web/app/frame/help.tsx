import { Dialog } from '../../ui/dialog.tsx';
import styles from './help.module.css';
import { allPages } from './pages.ts';

const everywhere = [
  { keys: ['Ctrl', 'K'], what: 'Go to, or do, anything by its name (⌘ K on a Mac)' },
  { keys: ['/'], what: 'Into the search of the page' },
  { keys: ['j'], what: 'To the next row' },
  { keys: ['k'], what: 'To the row before' },
  { keys: ['Enter'], what: 'Open what has the focus' },
  { keys: ['Esc'], what: 'Close what is open over the page' },
  { keys: ['?'], what: 'This list' },
];

/** Which keys do what. */
export function Help({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const all = [
    ...everywhere,
    ...allPages.map(({ key, label }) => ({ keys: ['g', key], what: `Go to ${label}` })),
  ];
  return (
    <Dialog opened={opened} onClose={onClose} title="Keys">
      <dl className={styles['keys']}>
        {all.map(({ keys, what }) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p className={styles['aside']}>
        Keys without Ctrl can be turned off: Settings, Appearance, Shortcuts of single keys.
      </p>
    </Dialog>
  );
}

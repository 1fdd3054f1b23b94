import { useMantineColorScheme } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { changeLook, readLook, subscribeLook } from '../../lib/look.ts';
import styles from './frame.module.css';

const schemes = [
  { value: 'auto', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

/** Light, dark or as the system has it; more contrast; single-key shortcuts. Remembered in this browser. */
export function ThemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const look = useSyncExternalStore(subscribeLook, readLook);
  return (
    <fieldset className={styles['choices']}>
      <legend>Appearance</legend>
      {schemes.map(({ value, label }) => (
        <label key={value}>
          <input
            type="radio"
            name="scheme"
            checked={colorScheme === value}
            onChange={() => setColorScheme(value)}
          />
          {label}
        </label>
      ))}
      <label>
        <input
          type="checkbox"
          checked={look.contrast === 'more'}
          onChange={(event) => changeLook({ contrast: event.target.checked ? 'more' : 'normal' })}
        />
        More contrast
      </label>
      <label>
        <input
          type="checkbox"
          checked={look.shortcuts}
          onChange={(event) => changeLook({ shortcuts: event.target.checked })}
        />
        Shortcuts of single keys
      </label>
    </fieldset>
  );
}

import { createTheme } from '@mantine/core';

/** Mantine brings behaviour; how things look is said in theme.css and in the modules beside them. */
export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-mono)',
  defaultRadius: 'var(--radius)',
  respectReducedMotion: true,
  cursorType: 'pointer',
});

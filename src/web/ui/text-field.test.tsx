import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { backupName } from '#shared/backups/backups.contract.ts';
import { draw } from './testing/draw.tsx';
import { TextField } from './text-field.tsx';

const field = () => screen.getByRole('textbox', { name: 'Name' });
const fault = () => document.querySelector('p')?.textContent;

test('a fault is told when the field is left, at the field, and goes while it is corrected', async () => {
  const { user } = draw(<TextField label="Name" rule={backupName} />);
  await user.type(field(), 'Night');
  expect(fault()).toBe('');
  await user.tab();
  expect(fault()).toBe('not a DNS label of at most 63 characters');
  expect(field().getAttribute('aria-invalid')).toBe('true');
  expect(field().getAttribute('aria-describedby')).toBe(document.querySelector('p')?.id);
  await user.clear(field());
  await user.type(field(), 'night');
  expect(fault()).toBe('');
});

test('what the server refused stands at the field', () => {
  draw(<TextField label="Name" fault="there is one of that name" />);
  expect(fault()).toBe('there is one of that name');
});

import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createTurns, forEachBounded } from './pool.ts';

describe('objects that are decided at the same time', () => {
  test('are told in the order of the backup, whichever is known first', async () => {
    const told: string[] = [];
    const inTurn = createTurns();
    const slow = async (name: string, milliseconds: number) => {
      await pause(milliseconds);
      return name;
    };
    await forEachBounded([20, 1, 10, 0, 5], { limit: 3 }, (milliseconds) =>
      inTurn(slow(`after ${milliseconds}`, milliseconds), async (name) => {
        told.push(name);
      }),
    );
    expect(told).toEqual(['after 20', 'after 1', 'after 10', 'after 0', 'after 5']);
  });

  test('are not held up by one that fails', async () => {
    const told: string[] = [];
    const inTurn = createTurns();
    const tell = async (name: string) => {
      told.push(name);
    };
    const failing = inTurn(Promise.reject(new Error('not readable')), tell);
    const next = inTurn(Promise.resolve('next'), tell);
    await expect(failing).rejects.toThrow('not readable');
    await next;
    expect(told).toEqual(['next']);
  });
});

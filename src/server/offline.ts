import process from 'node:process';
import { ProblemError } from './platform/problems.ts';

/** Runs an act that needs no server: its sentence goes to the screen, a refusal ends with exit code 1. */
export async function runOffline(act: () => Promise<string>): Promise<void> {
  try {
    process.stdout.write(`${await act()}\n`);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    process.stderr.write(`${error.problem.title} ${error.problem.detail}\n`);
    process.exitCode = error.problem.status === 400 ? 2 : 1;
  }
}

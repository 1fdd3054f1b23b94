import * as z from 'zod/mini';
import type { Problem } from '#shared/http/problem.ts';

/** What is wrong with a text that somebody types, by the rule of the contract; null: nothing. */
export function faultOf(rule: z.core.$ZodType, text: string): string | null {
  const [issue] = z.safeParse(rule, text).error?.issues ?? [];
  return issue === undefined ? null : inWords(issue);
}

function inWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_small') return `at least ${issue.minimum} characters`;
  if (issue.code === 'too_big') return `at most ${issue.maximum} characters`;
  if (issue.code === 'invalid_format' && issue.format === 'url')
    return 'not an address such as https://s3.example.org';
  return issue.message;
}

/**
 * What the server refused, by the name of the field: it says `name: not a DNS label; days: too big.`
 * Nothing of any other problem.
 */
export function faultsIn(problem: Problem | null): Readonly<Record<string, string>> {
  if (problem?.code !== 'request.invalid') return {};
  const said = problem.title.replace(/\.$/, '').split('; ');
  const faults = said.flatMap((one) => {
    const [, field, fault] = /^([\w.]+): (.+)$/.exec(one) ?? [];
    return field === undefined || fault === undefined ? [] : [[field, fault] as const];
  });
  return Object.fromEntries(faults);
}

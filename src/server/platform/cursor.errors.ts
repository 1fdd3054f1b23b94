import { ProblemError } from './problems.ts';

export const cursorInvalid = () =>
  new ProblemError({
    code: 'request.cursor_invalid',
    status: 400,
    title: 'This cursor is not one that a page gave out.',
    detail: 'Nothing was changed. Read the list again from its first page.',
  });

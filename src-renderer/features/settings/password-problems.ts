/** What keeps a new password from being taken. */
export interface PasswordProblems {
  readonly current?: 'users.wrong.noCurrent' | 'users.wrong.current';
  readonly next?: 'users.wrong.short' | 'users.wrong.same';
  readonly again?: 'users.wrong.again';
}

/** As the API wants it, too. */
const minLength = 10;

/** Looks at what was typed to change a password; empty when the API can be asked. */
export function passwordProblems(typed: {
  readonly current: string;
  readonly next: string;
  readonly again: string;
}): PasswordProblems {
  const { current, next, again } = typed;
  return {
    ...(current === '' ? { current: 'users.wrong.noCurrent' } : {}),
    ...(next.length < minLength
      ? { next: 'users.wrong.short' }
      : next === current
        ? { next: 'users.wrong.same' }
        : {}),
    ...(again === next ? {} : { again: 'users.wrong.again' }),
  };
}

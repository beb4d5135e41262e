import { codeOf } from './trouble.ts';

/** Ends the program quietly where whoever reads what it says has seen enough of it (`| head`). */
export const stopWhenUnread = (): void => {
  process.stdout.on('error', (error) => {
    if (codeOf(error) === 'EPIPE') process.exit(0);
    throw error;
  });
};

import { problem } from '../../shared/api/problem.ts';

export const NO_MEMBER = problem(404, 'Nothing is known of a member of this id');
export const NO_MODEL = problem(503, 'No scoring model has been published yet');

import * as z from 'zod';
import { EmailAddress } from '../../events/email-address.ts';
import { StandingCondition } from './condition.ts';
import { Name } from './data-condition.ts';

const Owner = z.strictObject({
  id: Name,
  name: z.string().min(1).max(100),
  email: EmailAddress,
  language: z.string().regex(/^[a-z]{2}$/),
  /** Whom this owner looks after, unless the member's attribute `owner` names somebody. */
  looksAfter: StandingCondition.optional(),
});
export type Owner = z.infer<typeof Owner>;

const MOST = 2_000;
/** They lie in one item of the table, which may have 400 KB. */
const MOST_BYTES = 380_000;

/** The staff of the organisation: who looks after whom. */
export const Staff = z
  .strictObject({
    owners: z.array(Owner).min(1).max(MOST, `at most ${MOST} owners: let teams look after members`),
    fallback: Name,
  })
  .superRefine(({ owners, fallback }, context) => {
    if (new TextEncoder().encode(JSON.stringify(owners)).length > MOST_BYTES) {
      context.addIssue({
        code: 'custom',
        path: ['owners'],
        message: `at most ${MOST_BYTES} bytes: shorten the conditions`,
      });
    }
    if (!owners.some(({ id }) => id === fallback)) {
      context.addIssue({ code: 'custom', path: ['fallback'], message: `there is no owner "${fallback}"` });
    }
    owners.forEach(({ id }, i) => {
      if (owners.findIndex((other) => other.id === id) < i) {
        context.addIssue({ code: 'custom', path: ['owners', i, 'id'], message: `another owner has the id "${id}"` });
      }
    });
  });
export type Staff = z.infer<typeof Staff>;

const indexes = new WeakMap<Staff['owners'], ReadonlyMap<string, Owner>>();

/** The owners by their ids. Made once of a list: every digest and every mail asks for one owner of many. */
export const ownersById = ({ owners }: Pick<Staff, 'owners'>): ReadonlyMap<string, Owner> => {
  const byId = indexes.get(owners) ?? new Map(owners.map((owner) => [owner.id, owner]));
  indexes.set(owners, byId);
  return byId;
};

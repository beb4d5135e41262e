import { memberTest, type Reading } from '../scoring/member-test.ts';
import { type Owner, ownersById, type Staff } from '../scoring/staff.ts';
import type { Standing } from '../scoring/standing.ts';

export type OwnerOf = (standing: Standing, instant: number) => Owner | undefined;

/**
 * Who looks after a member: whom the attribute `owner` names, else the first in the list whose `looksAfter` holds,
 * else the fallback. An `owner` that nobody has as id counts as none.
 */
export const ownerOf = (staff: Staff, model: Reading): OwnerOf => {
  const { owners, fallback } = staff;
  const byId = ownersById(staff);
  const areas = owners.flatMap((owner) =>
    owner.looksAfter ? [{ owner, test: memberTest(owner.looksAfter, model) }] : [],
  );
  return (standing, instant) => {
    const named = standing.profile.attributes.owner;
    return (
      (typeof named === 'string' ? byId.get(named) : undefined) ??
      areas.find(({ test }) => test.holds(standing, instant))?.owner ??
      byId.get(fallback)
    );
  };
};

import type { Purpose } from '../../events/purpose.ts';
import { keyStore } from '../../shared/aws/key-store.ts';
import { sealedBy } from '../../shared/sealing/sealed-by.ts';
import { straight } from './cloud/calls.ts';
import { dynamodbClient } from './cloud/tables.ts';
import { request } from './front-door.ts';
import { graveIn } from './graves.ts';
import { personsIn, recordIn } from './known-person.ts';
import { tableNames } from './names.ts';
import type { Random } from './random.ts';
import type { SimulatedWorld } from './world.ts';

/** What members can ask for with the links in their mails. */
export const WISHES = ['no membership', 'no marketing', 'nothing', 'all of it', 'pause', 'go on'] as const;
/** And what they say of being followed. */
export const FOLLOWED_WISHES = ['follow me', 'do not follow me', 'nothing at all'] as const;
export type Wish = (typeof WISHES)[number] | (typeof FOLLOWED_WISHES)[number];

export type Choice = { readonly at: number; readonly member: string; readonly wish: Wish };

/** A word of a member about the mails of a purpose, about all of them for a while, or about being followed in them. Instants by the world's clock, epoch ms. */
export type Word = {
  readonly member: string;
  readonly about: 'membership' | 'marketing' | 'pause' | 'tracking';
  readonly no: boolean;
  /** Whether it must be written down: a box that was found empty and left so says nothing. */
  isNews: boolean;
  readonly begun: number;
  /** When it was answered that it holds; undefined where nobody answered. */
  answered: number | undefined;
};

const OPTIONAL = ['membership', 'marketing'] as const;

/** What a wish says, purpose by purpose. */
const wordsOf = (wish: Wish): Pick<Word, 'about' | 'no'>[] => {
  switch (wish) {
    case 'no membership':
      return [{ about: 'membership', no: true }];
    case 'no marketing':
      return [{ about: 'marketing', no: true }];
    case 'nothing':
      return OPTIONAL.map((about) => ({ about, no: true }));
    case 'nothing at all':
      return [...OPTIONAL, 'tracking' as const].map((about) => ({ about, no: true }));
    case 'all of it':
      return OPTIONAL.map((about) => ({ about, no: false }));
    case 'follow me':
    case 'do not follow me':
      return [{ about: 'tracking', no: wish === 'do not follow me' }];
    default:
      return [{ about: 'pause', no: wish === 'pause' }];
  }
};

const formOf = (wish: Wish): string => {
  const shown = 'shown=membership+marketing';
  switch (wish) {
    case 'nothing':
      return `${shown}&do=none`;
    case 'nothing at all':
      return `${shown}+tracking&do=none`;
    case 'follow me':
      return 'shown=tracking&yes=tracking';
    case 'do not follow me':
      return 'shown=tracking';
    case 'all of it':
      return `${shown}&yes=membership&yes=marketing`;
    case 'pause':
      return 'shown=pause&pause=on';
    default:
      return 'shown=pause';
  }
};

const requestOf = (wish: Wish, token: string) => {
  const params = { token };
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return wish === 'no membership' || wish === 'no marketing'
    ? request('ANY /v1/unsubscribe/{token}', { params, headers, body: 'List-Unsubscribe=One-Click' })
    : request('ANY /v1/preferences/{token}', { params, headers, body: formOf(wish) });
};

/** Some choose, with a link in a mail that they have had: a click, or the page; and not all of them try again. */
export const chooses = (world: SimulatedWorld, chance: Random) => {
  const { cloud, functions, plan, clock, trace, words } = world;
  const { linkKeys } = keyStore({
    client: dynamodbClient(cloud.tables, straight),
    table: tableNames.CONFIG_TABLE,
    now: () => clock.now,
    randomBytes: (size) => new Uint8Array(size).fill(7),
  });
  const seal = sealedBy(linkKeys);
  /** Whoever is known, or was, may have had a mail. */
  const hasLink = (member: string) =>
    recordIn(cloud.tables, member).snapshot !== undefined || graveIn(cloud.tables, member) !== undefined;
  return ({ member, wish }: Choice): void => {
    if (!functions.preferences.isFree() || !hasLink(member)) return;
    const purpose: Purpose = wish === 'no marketing' ? 'marketing' : 'membership';
    const said = wordsOf(wish).map(
      (word): Word => ({ ...word, ...{ isNews: true, member, begun: clock.now, answered: undefined } }),
    );
    words.push(...said);
    const ask = async (): Promise<void> => {
      const known = personsIn(cloud.tables, member);
      const isFollowed = known.every(({ consents }) => consents.get('tracking')?.given === true);
      for (const word of said) word.isNews &&= isFollowed || wish !== 'do not follow me';
      const outcome = await functions.preferences.invoke(requestOf(wish, await seal({ member, purpose })));
      const status = outcome?.answer.statusCode;
      trace.note(`${member} hears ${status} of ${wish}`);
      if (status === 200) for (const word of said) word.answered ??= clock.now;
      else if (status !== 410 && chance.chance(0.5)) {
        plan.add(clock.now + chance.between(1000, 3_600_000), `${member} tries again: ${wish}`, () => void ask());
      }
    };
    void ask();
  };
};

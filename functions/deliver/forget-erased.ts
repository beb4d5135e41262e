import type { EffectMessage } from '../../events/effect.ts';
import { sequenceIn } from '../../shared/kernel/effect-id.ts';

export type ForgetDeps = {
  /** When members were erased, epoch ms; whoever never was is absent. */
  readonly erasedAt: (members: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  /** Removes what is kept here of a member of before an erasure, epoch ms. */
  readonly removeErased: (member: string, erasedAt: number) => Promise<unknown>;
  readonly onError: (error: unknown) => void;
};

/**
 * Of some effects: `gone` were decided for members who are erased by now; of `unsure` it could not be found out, or not
 * be removed what is kept of them.
 */
export type Forgotten = {
  readonly gone: ReadonlySet<EffectMessage>;
  readonly unsure: ReadonlySet<EffectMessage>;
};

/** The member whom an effect is about, and which change of stage it tells of; undefined where it is about many. */
const aboutIn = (effect: EffectMessage): { readonly member: string; readonly sequence: number } | undefined => {
  if (effect.kind === 'digest' || effect.kind === 'held-digest') return undefined;
  const { member } = effect;
  return { member, sequence: effect.kind === 'held' ? sequenceIn(effect.id) : effect.sequence };
};

/** When members were erased (epoch ms), 0 of those who never were; whoever could not be asked for is absent. */
const asked = async (deps: ForgetDeps, members: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  try {
    const erased = members.length === 0 ? new Map<string, number>() : await deps.erasedAt(members);
    return new Map(members.map((member) => [member, erased.get(member) ?? 0]));
  } catch (error) {
    deps.onError(error);
    if (members.length === 1) return new Map();
    // One request for all, as long as it is answered; then one for each, so that each fails alone.
    const each = await Promise.all(members.map((member) => asked(deps, [member])));
    return new Map(each.flatMap((one) => [...one]));
  }
};

const isRemoved = async ({ removeErased, onError }: ForgetDeps, member: string, at: number): Promise<boolean> => {
  try {
    await removeErased(member, at);
    return true;
  } catch (error) {
    onError(error);
    return false;
  }
};

/**
 * Of some effects those that were decided for members who are erased by now: nothing is told of them. What was noted of
 * them here, by whomever, is removed: before an effect is carried out, and after it, since they may have been erased
 * meanwhile by somebody who has not seen it. Each member's fail alone.
 */
export const forgetErased = async (deps: ForgetDeps, effects: readonly EffectMessage[]): Promise<Forgotten> => {
  const abouts = effects.flatMap((effect) => {
    const about = aboutIn(effect);
    return about ? [{ effect, ...about }] : [];
  });
  const byMember = Map.groupBy(abouts, ({ member }) => member);
  const erased = await asked(deps, [...byMember.keys()]);
  const gone = new Set<EffectMessage>();
  const unsure = new Set<EffectMessage>();
  for (const [member, its] of byMember) {
    const at = erased.get(member);
    const concerned = at === undefined ? its : its.filter(({ sequence }) => sequence <= at);
    if (concerned.length === 0) continue;
    const kind = at !== undefined && (await isRemoved(deps, member, at)) ? gone : unsure;
    for (const { effect } of concerned) kind.add(effect);
  }
  return { gone, unsure };
};

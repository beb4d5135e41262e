/** What each event is worth in the score that stays, and in the one that fades; written down once more for the oracle. */
export const worth: Readonly<Record<string, { readonly lasting: number; readonly fading: number }>> = {
  'site.visited': { lasting: 1, fading: 0 },
  'benefit.used': { lasting: 5, fading: 16 },
  'event.attended': { lasting: 10, fading: 4 },
  // A type that nobody has declared.
  'shop.ordered': { lasting: 3, fading: 0 },
  // No rule listens to it.
  'noise.made': { lasting: 0, fading: 0 },
};
export const HALF_LIFE = 2 * 86_400_000;

/**
 * From how many lasting points somebody is in a stage, the furthest last. So many that somebody enters one at any moment:
 * then there is a mail that a death can lose or double.
 */
export const stages = Array.from({ length: 24 }, (_, i) => ({ id: `from-${40 * i}`, from: 40 * i }));

const rules = Object.entries(worth).flatMap(([on, scores]) =>
  Object.entries(scores).flatMap(([score, points]) => {
    const id = `${on.replace('.', '-')}-${score}`;
    return points > 0 ? [{ id, title: id, on, score, points }] : [];
  }),
);

/** Scores without caps, so that an event that counted twice, or not at all, shows in the sum. */
export const wireModel = {
  title: 'On the wire',
  staleAfter: '30 days',
  scores: [
    { id: 'lasting', title: 'Lasting' },
    { id: 'fading', title: 'Fading', halfLife: '2 days' },
  ],
  rules,
  journeys: [
    {
      id: 'heat',
      title: 'Heat',
      appliesTo: { score: 'lasting', gte: 0 },
      stages: stages.map(({ id, from }) => ({
        id,
        title: id,
        message: id,
        ...(from > 0 ? { enter: { score: 'lasting', gte: from } } : {}),
      })),
    },
  ],
  messages: stages.map(({ id }) => ({
    id,
    title: id,
    purpose: 'membership',
    templates: { en: { subject: `You are ${id}`, body: `<mj-text>You are ${id}</mj-text>` } },
  })),
};

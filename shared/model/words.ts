type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
const given = (fields: Fields): readonly (readonly [string, unknown])[] =>
  Object.entries(fields).filter(([, value]) => value !== undefined);

const operators: Readonly<Record<string, string>> = {
  eq: 'is',
  ne: 'is not',
  in: 'is one of',
  gt: 'more than',
  gte: 'at least',
  lt: 'less than',
  lte: 'at most',
  containsAny: 'contains one of',
  containsAll: 'contains all of',
  withinNext: 'is within the next',
  withinLast: 'is within the last',
  olderThan: 'is older than',
  beyondNext: 'is beyond the next',
};

const known: Readonly<Record<string, string>> = {
  on: 'listens to',
  enter: 'entry',
  stay: 'staying',
  halfLife: 'half-life',
  coolDown: 'cool-down',
  signOfLife: 'sign of life',
  onlyForward: 'message only forward',
};

/** The name of a key as a person says it: `appliesTo` → `applies to`. */
export const keyInWords = (key: string): string =>
  known[key] ?? key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const scalar = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const conditions = (list: unknown, joint: string): string => {
  const parts = (Array.isArray(list) ? list : []).map(conditionInWords);
  return parts.length === 1 ? parts.join() : `(${parts.join(joint)})`;
};

/** A condition as a phrase: `score engagement at least 20`. */
const conditionInWords = (condition: unknown): string => {
  if (!isFields(condition)) return scalar(condition);
  if ('all' in condition) return conditions(condition.all, ' and ');
  if ('any' in condition) return conditions(condition.any, ' or ');
  if ('not' in condition) return `not ${conditions([condition.not], '')}`;
  return given(condition)
    .map(([key, value]) => {
      if (key === 'exists') return value === true ? 'is there' : 'is missing';
      const shown = Array.isArray(value) ? value.map(conditionInWords).join(', ') : conditionInWords(value);
      return `${operators[key] ?? keyInWords(key)} ${shown}`;
    })
    .join(' ');
};

/** What a cap says where it leaves out how often: as often as one likes. */
const UNSAID = 1000;

const capInWords = (cap: unknown): string => {
  if (!isFields(cap)) return scalar(cap);
  const { times, points, oncePer, per, ...rest } = cap;
  const parts = [
    ...(times === undefined || times === UNSAID ? [] : [times === 1 ? 'once' : `${scalar(times)} times`]),
    ...(points === undefined ? [] : [`${scalar(points)} points`]),
    ...(oncePer === undefined ? [] : [`each ${scalar(oncePer)} once`]),
    ...given(rest).map(([key, value]) => `${keyInWords(key)} ${inWords(key, value)}`),
  ];
  return `${parts.join(', ')} ${per === undefined ? 'ever' : `per ${scalar(per)}`}`;
};

const fieldPoints = ({ field, times, atLeast, atMost }: Fields): string =>
  [
    times === 1 ? scalar(field) : `${scalar(field)} × ${scalar(times)}`,
    ...(atLeast === -10_000 ? [] : [`at least ${scalar(atLeast)}`]),
    ...(atMost === 10_000 ? [] : [`at most ${scalar(atMost)}`]),
  ].join(', ');

const LONGEST = 80;

/** What stands under a key of a model, on one line. A long text is not repeated. */
export const inWords = (key: string, value: unknown): string => {
  if (key === 'cap' && Array.isArray(value)) return value.length === 0 ? 'none' : value.map(capInWords).join('; ');
  if (['where', 'enter', 'stay', 'appliesTo'].includes(key)) return conditionInWords(value);
  if (key === 'points' && isFields(value)) return fieldPoints(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value))
    return value.map((one) => (isFields(one) && 'id' in one ? scalar(one.id) : inWords('', one))).join(', ');
  if (isFields(value))
    return given(value)
      .map(([below, one]) => `${keyInWords(below)} ${inWords(below, one)}`)
      .join(', ');
  const text = scalar(value);
  return text.length > LONGEST || text.includes('\n') ? '…' : text;
};

import * as z from 'zod';
import { EventType } from '../../events/envelope.ts';
import { Purpose } from '../../events/purpose.ts';
import { calendarPeriods, isTimeZone } from '../kernel/calendar-period.ts';
import { isDuration } from '../kernel/duration.ts';
import { type Combined, leavesOf } from './combined.ts';
import { EventCondition, type EventLeaf, type GradeCondition, MemberCondition } from './condition.ts';
import { ContactPolicy } from './contact-policy.ts';
import { Duration, durationForm, Name, Path } from './data-condition.ts';
import { Experiment, HoldOut, Outcome } from './experiment.ts';
import { experimentFaults } from './experiment-faults.ts';
import { gradesOf } from './grade.ts';
import { Letterhead, Templates } from './letter.ts';
import { LocalText } from './local-text.ts';
import { PlannedMessage } from './planned-message.ts';
import { scoreFaults } from './score-faults.ts';
import { Decay, Grade, Score } from './score-schema.ts';

const calendarLengths = calendarPeriods.map((period) => `calendar ${period}`);

/** A length of time, or a period of the calendar in the model's time zone. */
const Period = z
  .string()
  // No union of the two: of what is neither, it would say only that it is no length of time.
  .refine(
    (text) => isDuration(text) || calendarLengths.includes(text),
    'a duration such as "90 days", or calendar day, week, month, quarter or year',
  )
  .meta({ anyOf: [durationForm, { enum: calendarLengths }] });

const Cap = z
  .strictObject({
    times: z.int().min(1).max(1000).default(1000).meta({ description: 'How often the rule may count' }),
    points: z
      .number()
      .positive()
      .max(1_000_000)
      .optional()
      .meta({ description: 'How many points it may give or take' }),
    oncePer: Path.optional().meta({ description: "Counts each value of this field of the event's data once" }),
    per: Period.optional().meta({
      description: 'within any period of this length, or of the calendar; left out: ever',
    }),
  })
  .refine((cap) => cap.times < 1000 || cap.points !== undefined || cap.oncePer !== undefined, {
    error: 'needs at least one of times, points, oncePer',
  });
export type Cap = z.infer<typeof Cap>;

const Caps = z.array(Cap).max(10);
/** One cap may stand alone. */
const asWritten = (caps: typeof Caps) => z.preprocess((cap) => (cap === undefined ? [] : [cap].flat()), caps);

/** Caps that several rules share: what one of them counts, fills them for all. */
const CapGroup = z.strictObject({ id: Name, title: LocalText, cap: asWritten(Caps.min(1)) });

const Points = z.number().min(-10_000).max(10_000);
/** Points that follow a number in the event's data. */
const PointsFromField = z.strictObject({
  field: Path,
  times: Points.default(1).meta({ description: 'What the number is multiplied by' }),
  atLeast: Points.default(-10_000),
  atMost: Points.default(10_000),
});

const Rule = z.strictObject({
  id: Name,
  title: LocalText,
  on: EventType,
  where: EventCondition.optional(),
  score: Name,
  points: z.union([Points, PointsFromField], {
    error: 'a number from -10000 to 10000, or { field, times, atLeast, atMost }',
  }),
  /** How these points lose their worth, where not as the score says. */
  decay: Decay.optional(),
  /** Events before this date do not count; in the model's time zone. */
  from: z.iso.date().optional(),
  /** Events after this date do not count; in the model's time zone. */
  until: z.iso.date().optional(),
  /** One cap or several; an event must get past all of them. */
  cap: asWritten(Caps),
  /** The caps that the rule shares with others, beside its own. */
  capGroup: Name.optional(),
  /**
   * Whether an event that fits shows that somebody is there. Left out: it does, unless it takes points away or is only
   * what a system says of the person.
   */
  signOfLife: z.boolean().optional(),
});

const Stage = z.strictObject({
  id: Name,
  title: LocalText,
  /** What brings a member in. The first stage of a journey needs none: it takes who fits no other. */
  enter: MemberCondition.optional(),
  /** What keeps a member in, looser than `enter`. Whoever would be let in may stay in any case. */
  stay: MemberCondition.optional(),
  /** Who has entered stays this long, whatever happens, as long as the journey applies. */
  leastStay: Duration.optional(),
  /** Who has left comes back after this time at the earliest. */
  coolDown: Duration.optional(),
  /** Of several stages whose conditions hold, the one with the highest priority; the furthest where they are equal. */
  priority: z.int().min(-1000).max(1000).default(0),
  /** The message sent on entry: in short for the first of `messages`. */
  message: Name.optional(),
  /** Messages on entry, after a stay, or on leaving, each for those of whom its condition holds. */
  messages: z.array(PlannedMessage).max(20).optional(),
  /** Whether the message goes only to whoever comes from an earlier stage or from none, not to whoever falls back. */
  onlyForward: z.boolean().default(false),
  /** That no message is sent on entry, and that this is meant. */
  silent: z.boolean().default(false),
  /** Whether the owner gets a notice on entry. */
  alert: z.boolean().default(false),
  /** Whether members in this stage are listed in the owner's digest. */
  atRisk: z.boolean().default(false),
  /** What the owner could do next, in a sentence. */
  nextStep: LocalText.optional(),
});

const Journey = z.strictObject({
  id: Name,
  title: LocalText,
  appliesTo: MemberCondition,
  /** Whether members go forward one stage at a time. Back they go as far as the conditions say. */
  ordered: z.boolean().default(false),
  /** In the order of the path. A member stands in the furthest stage whose condition holds, unless priorities say otherwise. */
  stages: z.array(Stage).min(1).max(30),
});

const Message = z.strictObject({
  id: Name,
  title: LocalText,
  /** The member must have consented to this purpose. */
  purpose: Purpose,
  /** Of two messages that are due at once the one with the higher priority goes first; left out, 0. */
  priority: z.int().min(-1000).max(1000).optional(),
  /** How long after the decision it is worth sending; left out: as long as the change of stage is news. */
  staleAfter: Duration.optional(),
  templates: Templates,
  /** How it is found out whether the message helps. */
  experiment: Experiment.optional(),
});

const Shape = z.strictObject({
  title: LocalText,
  /** IANA name; where the calendar's days, weeks and months begin. */
  timeZone: z.string().refine(isTimeZone, 'a time zone by its IANA name, for example Europe/Oslo').default('UTC'),
  scores: z.array(Score).min(1).max(20),
  grades: z.array(Grade).max(10).default([]),
  rules: z.array(Rule).max(1000),
  capGroups: z.array(CapGroup).max(100).default([]),
  journeys: z.array(Journey).min(1).max(20),
  messages: z.array(Message).max(100).default([]),
  letterhead: Letterhead.optional(),
  contactPolicy: ContactPolicy.optional(),
  /** What members do that messages may bring about, beside renewing and leaving. */
  outcomes: z.array(Outcome).max(20).optional(),
  /** Who gets no messages of some purposes, so that it can be told whether these help. */
  holdOut: HoldOut.optional(),
  /** How long after a change of stage it is still news. Older changes are recorded without message or alert. */
  staleAfter: Duration.default('3 days'),
});
type Shape = z.infer<typeof Shape>;

type Fault = { path: PropertyKey[]; message: string };

const repeated = (of: string, list: readonly { id: string }[], path: PropertyKey[]): Fault[] =>
  list.flatMap(({ id }, i) =>
    list.findIndex((other) => other.id === id) < i
      ? [{ path: [...path, i, 'id'], message: `another ${of} has the id "${id}" already` }]
      : [],
  );

/** References that lead nowhere, ids given twice, stages nobody can enter. */
const faultsBetweenParts = (model: Shape): Fault[] => {
  const scores = new Set(model.scores.map(({ id }) => id));
  const messages = new Set(model.messages.map(({ id }) => id));
  const known = [...scores].join(', ');
  const unknownScore = (score: string, path: PropertyKey[]): Fault[] =>
    scores.has(score) ? [] : [{ path, message: `there is no score "${score}" (there are: ${known})` }];

  const unknownGrade = ({ grade, in: list }: GradeCondition, path: readonly PropertyKey[]): Fault[] => {
    const asked = model.grades.find(({ id }) => id === grade);
    if (!asked) return [{ path: [...path, 'grade'], message: `there is no grade "${grade}"` }];
    const all = gradesOf(asked);
    return list.flatMap((one, i) =>
      all.includes(one)
        ? []
        : [
            {
              path: [...path, 'in', i],
              message: `"${grade}" goes from ${all[0]} to ${all.at(-1)}; there is no ${one}`,
            },
          ],
    );
  };

  /** `before` is how many journeys, from the first, the condition may ask about. */
  const inCondition = (condition: Combined<EventLeaf> | undefined, path: PropertyKey[], before: number): Fault[] =>
    (condition ? leavesOf(condition, path) : []).flatMap(({ leaf, path: place }): Fault[] => {
      if ('score' in leaf) return unknownScore(leaf.score, [...place, 'score']);
      if ('grade' in leaf) return unknownGrade(leaf, place);
      if (!('journey' in leaf)) return [];
      const asked = model.journeys.findIndex(({ id }) => id === leaf.journey);
      if (asked < 0) return [{ path: [...place, 'journey'], message: `there is no journey "${leaf.journey}"` }];
      if (asked >= before) {
        return [{ path: [...place, 'journey'], message: 'must stand before the journey that asks about it' }];
      }
      const stages = model.journeys[asked]?.stages.map(({ id }) => id) ?? [];
      return leaf.in.flatMap((stage, i) =>
        stages.includes(stage)
          ? []
          : [
              {
                path: [...place, 'in', i],
                message: `that journey has no stage "${stage}" (it has: ${stages.join(', ')})`,
              },
            ],
      );
    });

  const inStage = (
    stage: Shape['journeys'][number]['stages'][number],
    path: PropertyKey[],
    first: boolean,
    before: number,
  ): Fault[] => [
    ...(stage.enter || first
      ? []
      : [{ path: [...path, 'enter'], message: 'is missing: only the first stage of a journey may go without' }]),
    ...(first && stage.coolDown
      ? [{ path: [...path, 'coolDown'], message: 'is not for the first stage: it takes whoever fits no other' }]
      : []),
    ...(stage.message && !messages.has(stage.message)
      ? [{ path: [...path, 'message'], message: `there is no message "${stage.message}"` }]
      : []),
    ...(stage.message && stage.silent
      ? [{ path: [...path, 'silent'], message: 'contradicts `message`: leave out one of them' }]
      : []),
    ...(stage.onlyForward && !stage.message
      ? [{ path: [...path, 'onlyForward'], message: 'is for a stage with a message' }]
      : []),
    ...(stage.messages ?? []).flatMap(({ message, when }, i) => [
      ...(messages.has(message)
        ? []
        : [{ path: [...path, 'messages', i, 'message'], message: `there is no message "${message}"` }]),
      ...inCondition(when, [...path, 'messages', i, 'when'], model.journeys.length),
    ]),
    ...(['enter', 'stay'] as const).flatMap((key) => inCondition(stage[key], [...path, key], before)),
  ];

  return [
    ...repeated('score', model.scores, ['scores']),
    ...repeated('rule', model.rules, ['rules']),
    ...repeated('cap group', model.capGroups, ['capGroups']),
    ...repeated('journey', model.journeys, ['journeys']),
    ...repeated('message', model.messages, ['messages']),
    ...repeated('grade', model.grades, ['grades']),
    ...repeated('outcome', model.outcomes ?? [], ['outcomes']),
    ...experimentFaults(model),
    ...scoreFaults(model.scores, model.grades, model.rules),
    ...model.rules.flatMap((rule, i) => unknownScore(rule.score, ['rules', i, 'score'])),
    ...model.rules.flatMap(({ capGroup }, i) =>
      capGroup === undefined || model.capGroups.some(({ id }) => id === capGroup)
        ? []
        : [{ path: ['rules', i, 'capGroup'], message: `there is no cap group "${capGroup}"` }],
    ),
    ...model.rules.flatMap(({ where }, i) => inCondition(where, ['rules', i, 'where'], model.journeys.length)),
    ...(model.contactPolicy?.caps ?? []).flatMap(({ when }, i) =>
      inCondition(when, ['contactPolicy', 'caps', i, 'when'], model.journeys.length),
    ),
    ...model.rules.flatMap(({ from, until }, i) =>
      from && until && from > until ? [{ path: ['rules', i, 'until'], message: 'lies before `from`' }] : [],
    ),
    ...model.journeys.flatMap((journey, j) => [
      ...repeated('stage', journey.stages, ['journeys', j, 'stages']),
      ...inCondition(journey.appliesTo, ['journeys', j, 'appliesTo'], j),
      ...journey.stages.flatMap((stage, s) => inStage(stage, ['journeys', j, 'stages', s], s === 0, j)),
    ]),
  ];
};

/** The scoring model: what counts, what it is worth, which paths there are, and what is said on them. */
export const Model = Shape.superRefine((model, context) => {
  for (const fault of faultsBetweenParts(model)) context.addIssue({ code: 'custom', ...fault });
});
export type Model = z.infer<typeof Model>;
export type Rule = Model['rules'][number];
export type Journey = Model['journeys'][number];
export type Stage = Journey['stages'][number];
export type Message = Model['messages'][number];

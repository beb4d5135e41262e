/** What people do by habit. */
export type Doing =
  | 'discount'
  | 'course'
  | 'legal-advice'
  | 'meeting'
  | 'visit'
  | 'visit-joining'
  | 'click'
  | 'survey'
  | 'sad-survey'
  | 'question'
  | 'join-help'
  | 'failed-payment';

/** How often a person does it in 30 ordinary days. */
export type Habits = Readonly<Partial<Record<Doing, number>>>;

/** Member of many years who uses one thing a month and looks in now and then. */
export const STEADY: Habits = {
  discount: 0.7,
  course: 0.1,
  'legal-advice': 0.04,
  meeting: 0.25,
  visit: 1.6,
  click: 0.9,
  survey: 0.1,
};

/** Comes to everything, and helps to run it. */
export const KEEN: Habits = {
  discount: 1.2,
  course: 0.3,
  'legal-advice': 0.05,
  meeting: 1.3,
  visit: 3,
  click: 2,
  survey: 0.3,
};

/** Something every other month. */
export const OCCASIONAL: Habits = { discount: 0.25, meeting: 0.08, visit: 0.6, click: 0.35, survey: 0.05 };

/** Pays the fee and is hardly ever seen. */
export const ASLEEP: Habits = { visit: 0.1, click: 0.05 };

export const SILENT: Habits = {};

/** Still there, but things go wrong. */
export const UNHAPPY: Habits = { discount: 0.15, visit: 0.9, question: 0.2, 'sad-survey': 0.4, 'failed-payment': 0.35 };

/** The first months after joining: everything is new. */
export const FRESH: Habits = { discount: 1, course: 0.25, meeting: 0.4, visit: 3, click: 1.5, survey: 0.2 };

/** A lead who is about to make up their mind. */
export const WARMING: Habits = {
  visit: 4,
  'visit-joining': 4,
  click: 2,
  meeting: 0.8,
  question: 0.5,
  'join-help': 0.5,
};

/** A lead who looks in, and no more. */
export const CURIOUS: Habits = { visit: 1.2, 'visit-joining': 0.5, click: 0.4 };

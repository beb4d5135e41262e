import type { Purpose } from '../../../events/purpose.ts';

/** What can be unsubscribed from. */
export type Optional = Exclude<Purpose, 'service'>;

export type PageWords = {
  readonly name: string;
  readonly title: string;
  readonly intro: string;
  readonly purposesTitle: string;
  readonly purposes: Readonly<Record<Optional, { readonly title: string; readonly says: string }>>;
  readonly service: string;
  /** Over the box for being followed; its label; and what is agreed to. */
  readonly trackingTitle: string;
  readonly tracking: string;
  readonly trackingSays: string;
  readonly languageTitle: string;
  readonly pauseTitle: string;
  readonly pause: string;
  readonly pauseSays: string;
  readonly pausedSays: string;
  readonly save: string;
  readonly none: string;
  readonly saved: string;
  readonly notSaved: string;
  readonly languageFault: string;
  readonly again: string;
  readonly ask: { readonly title: string; readonly says: string; readonly button: string };
  readonly done: { readonly title: string; readonly says: string; readonly mistake: string };
  readonly kept: { readonly title: string; readonly says: string };
  readonly choose: string;
  readonly lost: { readonly title: string; readonly says: string };
  readonly gone: { readonly title: string; readonly says: string };
  readonly later: { readonly title: string; readonly says: string };
  readonly odd: { readonly title: string; readonly says: string };
  readonly otherLanguages: string;
};

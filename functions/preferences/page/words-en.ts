import type { PageWords } from './page-words.ts';

export const en: PageWords = {
  name: 'English',
  title: 'What I want e-mails about',
  intro: 'Choose what you want to get from {organisation} by e-mail. Your choice counts at once.',
  purposesTitle: 'E-mails about',
  purposes: {
    membership: {
      title: 'Your membership',
      says: 'What goes on in {organisation}, and what you can use and take part in.',
    },
    marketing: { title: 'News and offers', says: 'Campaigns, events and offers from {organisation}.' },
    fundraising: { title: 'Fundraising', says: 'How you can support the work with a gift.' },
  },
  service: 'What belongs to the membership itself, such as receipts and changed terms, you get in any case.',
  trackingTitle: 'Opens and clicks',
  tracking: 'You may note which of these e-mails I open and which links I follow',
  trackingSays:
    '{organisation} then sees what interests you, and can write to you accordingly. It is up to you: without it you get the same e-mails. You can change your mind here at any time; then nothing more is noted.',
  languageTitle: 'Language',
  pauseTitle: 'Pause',
  pause: 'Pause for three months',
  pauseSays: 'Until {date} you only get what belongs to the membership itself. After that your choices count again.',
  pausedSays: 'The pause lasts until {date}. Clear the box to get e-mails again now.',
  save: 'Save',
  none: 'Unsubscribe from all of this',
  saved: 'Saved. Your choice counts from now on.',
  notSaved: 'Not saved',
  languageFault: 'Choose one of the languages in the list.',
  again: 'Try again',
  ask: {
    title: 'Unsubscribe',
    says: 'Do you want no more e-mails about “{purpose}” from {organisation}?',
    button: 'Unsubscribe',
  },
  done: {
    title: 'You are unsubscribed',
    says: 'You get no more e-mails about “{purpose}” from {organisation}.',
    mistake: 'That was a mistake, send them again',
  },
  kept: {
    title: 'This belongs to the membership',
    says: 'Nobody can unsubscribe from receipts, changed terms and the like. You can choose not to get any other e-mail.',
  },
  choose: 'Choose what you want e-mails about',
  lost: {
    title: 'This link does not work',
    says: 'Your mail program may have cut it off. Copy the whole link from the e-mail, or answer the e-mail and say what you want.',
  },
  gone: {
    title: 'We know nothing about you any more',
    says: 'What was known about you has been erased. You get no e-mails from here.',
  },
  later: { title: 'That did not work just now', says: 'Try again in a minute.' },
  odd: { title: 'Nothing was changed', says: 'What the browser sent could not be read. Go back and try again.' },
  otherLanguages: 'Show this page in another language',
};

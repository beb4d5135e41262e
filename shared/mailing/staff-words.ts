import type { Plural } from '../kernel/phrase.ts';
import type { StaffLanguage } from '../risk/words.ts';

export type StaffWords = {
  readonly digest: {
    readonly subject: Plural;
    readonly heading: Plural;
    readonly fresh: string;
    readonly rest: string;
  };
  readonly all: string;
  readonly news: string;
  readonly known: string;
  readonly id: string;
  readonly since: string;
  readonly weeksAgo: string;
  readonly now: string;
  readonly lastActivity: string;
  readonly nextStep: string;
  readonly mailTo: string;
  readonly alert: { readonly subject: string; readonly heading: string };
  readonly confidential: string;
  readonly reply: string;
};

/** The words of the mails to staff, and of the frame of those to members. Numbers stand where no inflection hangs on them. */
export const staffWords: Readonly<Record<StaffLanguage, StaffWords>> = {
  nb: {
    digest: {
      subject: { one: '{n} medlem trenger å høre fra deg', other: '{n} medlemmer trenger å høre fra deg' },
      heading: { one: '{n} medlem trenger å høre fra deg', other: '{n} medlemmer trenger å høre fra deg' },
      fresh: 'nye: {n}',
      rest: 'Flere på listen, ikke vist her: {n}',
    },
    all: 'På listen',
    news: 'Nye siden {date}',
    known: 'Fortsatt på listen',
    id: 'ID {id}',
    since: '{stage} siden {date}',
    weeksAgo: '{n} uker siden',
    now: 'nå',
    lastActivity: 'Sist aktiv',
    nextStep: 'Neste steg',
    mailTo: 'E-post',
    alert: { subject: 'Noen trenger å høre fra deg', heading: 'Noen trenger å høre fra deg' },
    confidential:
      'Du får dette fordi du følger opp disse menneskene. Det er bare for deg: ikke videresend det, og slett det når du er ferdig.',
    reply: 'Svar gjerne på denne e-posten. Da når du {owner}.',
  },
  sv: {
    digest: {
      subject: { one: '{n} medlem behöver höra av dig', other: '{n} medlemmar behöver höra av dig' },
      heading: { one: '{n} medlem behöver höra av dig', other: '{n} medlemmar behöver höra av dig' },
      fresh: 'nya: {n}',
      rest: 'Fler på listan, visas inte här: {n}',
    },
    all: 'På listan',
    news: 'Nya sedan {date}',
    known: 'Fortfarande på listan',
    id: 'ID {id}',
    since: '{stage} sedan {date}',
    weeksAgo: '{n} veckor sedan',
    now: 'nu',
    lastActivity: 'Senast aktiv',
    nextStep: 'Nästa steg',
    mailTo: 'E-post',
    alert: { subject: 'Någon behöver höra av dig', heading: 'Någon behöver höra av dig' },
    confidential:
      'Du får detta för att du följer upp de här människorna. Det är bara för dig: skicka det inte vidare, och radera det när du är klar.',
    reply: 'Svara gärna på det här mejlet. Då når du {owner}.',
  },
  fi: {
    digest: {
      subject: { one: '{n} jäsen odottaa yhteydenottoasi', other: '{n} jäsentä odottaa yhteydenottoasi' },
      heading: { one: '{n} jäsen odottaa yhteydenottoasi', other: '{n} jäsentä odottaa yhteydenottoasi' },
      fresh: 'uusia: {n}',
      rest: 'Lisäksi listalla, ei näytetä tässä: {n}',
    },
    all: 'Listalla',
    news: 'Uudet, edellinen lista {date}',
    known: 'Yhä listalla',
    id: 'Tunnus {id}',
    since: '{stage}, alkaen {date}',
    weeksAgo: '{n} viikkoa sitten',
    now: 'nyt',
    lastActivity: 'Viimeksi aktiivinen',
    nextStep: 'Seuraava askel',
    mailTo: 'Sähköposti',
    alert: { subject: 'Joku odottaa yhteydenottoasi', heading: 'Joku odottaa yhteydenottoasi' },
    confidential:
      'Saat tämän, koska pidät huolta näistä ihmisistä. Viesti on vain sinulle: älä lähetä sitä eteenpäin, ja poista se, kun et enää tarvitse sitä.',
    reply: 'Voit vastata tähän viestiin. Vastauksen saa {owner}.',
  },
  en: {
    digest: {
      subject: { one: '{n} member needs to hear from you', other: '{n} members need to hear from you' },
      heading: { one: '{n} member needs to hear from you', other: '{n} members need to hear from you' },
      fresh: 'new: {n}',
      rest: 'More on the list, not shown here: {n}',
    },
    all: 'On the list',
    news: 'New since {date}',
    known: 'Still on the list',
    id: 'ID {id}',
    since: '{stage} since {date}',
    weeksAgo: '{n} weeks ago',
    now: 'now',
    lastActivity: 'Last active',
    nextStep: 'Next step',
    mailTo: 'E-mail',
    alert: { subject: 'Somebody needs to hear from you', heading: 'Somebody needs to hear from you' },
    confidential:
      'You get this because you look after these people. It is for you alone: do not forward it, and delete it when you are done.',
    reply: 'You may answer this e-mail. Your answer reaches {owner}.',
  },
};

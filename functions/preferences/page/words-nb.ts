import type { PageWords } from './page-words.ts';

export const nb: PageWords = {
  name: 'Norsk bokmål',
  title: 'Dette vil jeg ha e-post om',
  intro: 'Velg hva du vil ha på e-post fra {organisation}. Valget gjelder med en gang.',
  purposesTitle: 'E-post om',
  purposes: {
    membership: {
      title: 'Medlemskapet ditt',
      says: 'Det som skjer i {organisation}, og det du kan bruke og være med på.',
    },
    marketing: { title: 'Nyheter og tilbud', says: 'Kampanjer, arrangementer og tilbud fra {organisation}.' },
    fundraising: { title: 'Innsamling', says: 'Hvordan du kan støtte arbeidet med en gave.' },
  },
  service: 'Det som hører til selve medlemskapet, som kvitteringer og endrede vilkår, får du uansett.',
  trackingTitle: 'Åpninger og klikk',
  tracking: 'Dere kan registrere hvilke av disse e-postene jeg åpner, og hvilke lenker jeg følger',
  trackingSays:
    'Da ser {organisation} hva som interesserer deg, og kan skrive til deg ut fra det. Det er frivillig: Uten dette får du den samme e-posten. Du kan ombestemme deg her når som helst, og da registreres ikke noe mer.',
  languageTitle: 'Språk',
  pauseTitle: 'Pause',
  pause: 'Ta en pause i tre måneder',
  pauseSays: 'Til {date} får du bare det som hører til selve medlemskapet. Etterpå gjelder valgene dine igjen.',
  pausedSays: 'Pausen varer til {date}. Fjern haken for å få e-post igjen nå.',
  save: 'Lagre',
  none: 'Meld meg av alt dette',
  saved: 'Lagret. Valget gjelder fra nå av.',
  notSaved: 'Ikke lagret',
  languageFault: 'Velg et av språkene i listen.',
  again: 'Prøv igjen',
  ask: {
    title: 'Meld deg av',
    says: 'Vil du ikke ha mer e-post om «{purpose}» fra {organisation}?',
    button: 'Meld meg av',
  },
  done: {
    title: 'Du er meldt av',
    says: 'Du får ikke mer e-post om «{purpose}» fra {organisation}.',
    mistake: 'Det var en feil, send dem igjen',
  },
  kept: {
    title: 'Dette hører til medlemskapet',
    says: 'Kvitteringer, endrede vilkår og lignende kan du ikke melde deg av. All annen e-post kan du velge bort.',
  },
  choose: 'Velg hva du vil ha e-post om',
  lost: {
    title: 'Lenken virker ikke',
    says: 'Kanskje e-postprogrammet har kuttet den. Kopier hele lenken fra e-posten, eller svar på e-posten og si hva du ønsker.',
  },
  gone: {
    title: 'Vi vet ikke noe om deg lenger',
    says: 'Opplysningene om deg er slettet. Du får ingen e-post herfra.',
  },
  later: { title: 'Det gikk ikke akkurat nå', says: 'Prøv igjen om et minutt.' },
  odd: {
    title: 'Ingenting ble endret',
    says: 'Det som kom fra nettleseren, kunne ikke leses. Gå tilbake og prøv igjen.',
  },
  otherLanguages: 'Vis siden på et annet språk',
};

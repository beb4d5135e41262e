import type { PageWords } from './page-words.ts';

export const sv: PageWords = {
  name: 'Svenska',
  title: 'Det här vill jag få e-post om',
  intro: 'Välj vad du vill få på e-post från {organisation}. Valet gäller genast.',
  purposesTitle: 'E-post om',
  purposes: {
    membership: {
      title: 'Ditt medlemskap',
      says: 'Det som händer i {organisation}, och det du kan använda och vara med om.',
    },
    marketing: {
      title: 'Nyheter och erbjudanden',
      says: 'Kampanjer, evenemang och erbjudanden från {organisation}.',
    },
    fundraising: { title: 'Insamling', says: 'Hur du kan stödja arbetet med en gåva.' },
  },
  service: 'Det som hör till själva medlemskapet, som kvitton och ändrade villkor, får du ändå.',
  trackingTitle: 'Öppningar och klick',
  tracking: 'Ni får registrera vilka av de här mejlen jag öppnar och vilka länkar jag följer',
  trackingSays:
    'Då ser {organisation} vad som intresserar dig och kan skriva till dig utifrån det. Det är frivilligt: utan detta får du samma mejl. Du kan ändra dig här när som helst, och då registreras inget mer.',
  languageTitle: 'Språk',
  pauseTitle: 'Paus',
  pause: 'Ta en paus i tre månader',
  pauseSays: 'Till den {date} får du bara det som hör till själva medlemskapet. Därefter gäller dina val igen.',
  pausedSays: 'Pausen varar till den {date}. Avmarkera rutan om du vill få e-post igen redan nu.',
  save: 'Spara',
  none: 'Avsluta allt detta',
  saved: 'Sparat. Valet gäller från och med nu.',
  notSaved: 'Inte sparat',
  languageFault: 'Välj ett av språken i listan.',
  again: 'Försök igen',
  ask: {
    title: 'Avsluta utskicken',
    says: 'Vill du inte få fler e-brev om ”{purpose}” från {organisation}?',
    button: 'Avsluta',
  },
  done: {
    title: 'Utskicken är avslutade',
    says: 'Du får inga fler e-brev om ”{purpose}” från {organisation}.',
    mistake: 'Det blev fel, skicka dem igen',
  },
  kept: {
    title: 'Det här hör till medlemskapet',
    says: 'Kvitton, ändrade villkor och liknande går inte att avsluta. All annan e-post kan du välja bort.',
  },
  choose: 'Välj vad du vill få e-post om',
  lost: {
    title: 'Länken fungerar inte',
    says: 'Kanske har e-postprogrammet kapat den. Kopiera hela länken från e-brevet, eller svara på e-brevet och berätta vad du önskar.',
  },
  gone: {
    title: 'Vi vet inte längre något om dig',
    says: 'Uppgifterna om dig är raderade. Du får ingen e-post härifrån.',
  },
  later: { title: 'Det gick inte just nu', says: 'Försök igen om en minut.' },
  odd: {
    title: 'Ingenting ändrades',
    says: 'Det som kom från webbläsaren gick inte att läsa. Gå tillbaka och försök igen.',
  },
  otherLanguages: 'Visa sidan på ett annat språk',
};

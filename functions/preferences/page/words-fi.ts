import type { PageWords } from './page-words.ts';

export const fi: PageWords = {
  name: 'Suomi',
  title: 'Näistä haluan sähköpostia',
  intro: 'Valitse, mistä haluat sähköpostia. Lähettäjä on {organisation}. Valinta on voimassa heti.',
  purposesTitle: 'Sähköpostin aiheet',
  purposes: {
    membership: {
      title: 'Jäsenyytesi',
      says: 'Mitä tapahtuu, mitä etuja voit käyttää ja mihin voit osallistua.',
    },
    marketing: { title: 'Uutiset ja tarjoukset', says: 'Kampanjoita, tapahtumia ja tarjouksia.' },
    fundraising: { title: 'Varainkeruu', says: 'Miten voit tukea toimintaa lahjoituksella.' },
  },
  service: 'Itse jäsenyyteen kuuluvat viestit, kuten kuitit ja ehtojen muutokset, saat joka tapauksessa.',
  trackingTitle: 'Avaukset ja klikkaukset',
  tracking: 'Saatte tallentaa, mitkä näistä viesteistä avaan ja mitä linkkejä seuraan',
  trackingSays:
    'Silloin {organisation} näkee, mikä sinua kiinnostaa, ja voi kirjoittaa sinulle sen mukaan. Tämä on vapaaehtoista: ilman sitäkin saat samat viestit. Voit muuttaa mielesi täällä milloin tahansa, eikä sen jälkeen tallenneta enää mitään.',
  languageTitle: 'Kieli',
  pauseTitle: 'Tauko',
  pause: 'Pidä kolmen kuukauden tauko',
  pauseSays:
    'Tauon aikana saat vain itse jäsenyyteen kuuluvat viestit. Tauko päättyy {date}, ja sitten valintasi ovat taas voimassa.',
  pausedSays: 'Tauko on voimassa ja päättyy {date}. Poista valinta, jos haluat sähköpostia jo nyt.',
  save: 'Tallenna',
  none: 'Peru kaikki nämä',
  saved: 'Tallennettu. Valinta on voimassa nyt.',
  notSaved: 'Ei tallennettu',
  languageFault: 'Valitse jokin luettelon kielistä.',
  again: 'Yritä uudelleen',
  ask: {
    title: 'Peru tilaus',
    says: 'Etkö halua enää sähköpostia aiheesta ”{purpose}”? Lähettäjä on {organisation}.',
    button: 'Peru tilaus',
  },
  done: {
    title: 'Tilaus on peruttu',
    says: 'Et saa enää sähköpostia aiheesta ”{purpose}”. Lähettäjä on ollut {organisation}.',
    mistake: 'Se oli vahinko, jatka lähettämistä',
  },
  kept: {
    title: 'Tämä kuuluu jäsenyyteen',
    says: 'Kuitteja, ehtojen muutoksia ja vastaavia viestejä ei voi perua. Kaiken muun sähköpostin voit perua.',
  },
  choose: 'Valitse, mistä haluat sähköpostia',
  lost: {
    title: 'Linkki ei toimi',
    says: 'Ehkä sähköpostiohjelma on katkaissut sen. Kopioi koko linkki viestistä tai vastaa viestiin ja kerro, mitä haluat.',
  },
  gone: { title: 'Meillä ei ole enää tietoja sinusta', says: 'Tietosi on poistettu. Et saa sähköpostia meiltä.' },
  later: { title: 'Se ei onnistunut juuri nyt', says: 'Yritä uudelleen hetken päästä.' },
  odd: {
    title: 'Mitään ei muutettu',
    says: 'Selaimen lähettämää tietoa ei voitu lukea. Palaa takaisin ja yritä uudelleen.',
  },
  otherLanguages: 'Näytä sivu toisella kielellä',
};

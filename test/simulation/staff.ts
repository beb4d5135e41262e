import type { Staff } from '../../shared/scoring/staff.ts';

/** Two people who look after the members. */
export const staff: Staff = {
  owners: [
    { id: 'aino', name: 'Aino Esimerkki', email: 'aino@example.org', language: 'fi' },
    {
      id: 'ingrid',
      name: 'Ingrid Prøve',
      email: 'ingrid@example.org',
      language: 'nb',
      looksAfter: { attribute: 'branch', eq: 'care' },
    },
  ],
  fallback: 'aino',
};

export const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

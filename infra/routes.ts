/** What the front door answers, and which function does. */
export const routes = {
  /** Each request is signed by its source. */
  ingest: ['POST /v1/webhooks/{source}'],
  /** The path carries a sealed reference to who may act, and on what. */
  preferences: ['ANY /v1/unsubscribe/{token}', 'ANY /v1/preferences/{token}'],
  lookup: [
    'GET /v1/members',
    'GET /v1/members/{id}',
    'GET /v1/members/{id}/timeline',
    'GET /v1/members/{id}/explanation',
    'GET /v1/deliveries',
  ],
  admin: [
    'GET /v1/quarantine',
    'POST /v1/quarantine/{id}/replay',
    'POST /v1/deliveries/{tag}/resolve',
    'GET /v1/models',
    'POST /v1/models',
    'GET /v1/models/current',
    'GET /v1/models/{version}',
    'POST /v1/models/{version}/rollback',
    'GET /v1/rescores',
    'POST /v1/rescores',
    'GET /v1/rescores/{version}',
    'PATCH /v1/rescores/{version}',
    'DELETE /v1/rescores/{version}',
    'POST /v1/previews',
    'GET /v1/previews/{id}',
    'DELETE /v1/previews/{id}',
    'GET /v1/staff',
    'PUT /v1/staff',
    'GET /v1/sources',
    'POST /v1/sources',
    'POST /v1/sources/{source}/secrets',
  ],
} as const;

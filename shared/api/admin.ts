import * as z from 'zod';
import { SourceId } from '../../events/envelope.ts';
import { JsonValue } from '../../events/json-value.ts';
import { Publishing, VersionNotes } from '../model/notes.ts';
import { Model } from '../scoring/model.ts';
import { Instant } from './instant.ts';

const QuarantineId = z.string().regex(/^[0-9a-f]{32}$/);
export const QuarantineQuery = z.object({
  cursor: QuarantineId.optional().meta({ description: '`next` of the page before' }),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const QuarantinePath = z.object({ id: QuarantineId });
const QuarantinedInput = z.strictObject({
  id: z.string(),
  at: Instant,
  reason: z.string(),
  body: z.string().meta({ description: 'The input as it came' }),
});
export const QuarantineList = z
  .strictObject({ items: z.array(QuarantinedInput), next: z.string().optional() })
  .meta({ id: 'QuarantineList' });
export type QuarantineList = z.infer<typeof QuarantineList>;
export const Replayed = z.strictObject({ id: z.string() }).meta({ id: 'Replayed' });

export const ModelPath = z.object({
  version: z
    .string()
    .regex(/^[1-9]\d{0,7}$/)
    .transform(Number),
});
const ModelEntry = z.strictObject({
  version: z.int(),
  publishedAt: Instant,
  current: z.boolean(),
  ...VersionNotes.shape,
});
export const ModelDocument = Model.meta({ id: 'Model', description: 'The scoring model; docs/model.md explains it' });
/** A model, by itself or with what there is to say about it. */
export const ModelToPublish = z.union([
  ModelDocument,
  z
    .strictObject({ model: ModelDocument, ...Publishing.shape })
    .meta({ description: 'With notes, which are kept with the version, and with how it comes into force' }),
]);
export const RollbackBody = Publishing.default({});

export const ModelList = z.strictObject({ models: z.array(ModelEntry) }).meta({ id: 'ModelList' });
export type ModelList = z.infer<typeof ModelList>;
export const PublishedModel = z
  .strictObject({
    version: z.int(),
    publishedAt: Instant,
    ...VersionNotes.shape,
    model: z.record(z.string(), JsonValue).meta({ description: 'The scoring model; docs/model.md explains it' }),
  })
  .meta({ id: 'PublishedModel' });
export const Published = z
  .strictObject({
    version: z.int(),
    publishedAt: Instant,
    changed: z.boolean().meta({ description: 'False where this very model was in force already' }),
  })
  .meta({ id: 'Published' });
export type Published = z.infer<typeof Published>;

const Secret = z.strictObject({ createdAt: Instant, expiresAt: Instant.optional() });
export const SourcePath = z.object({ source: SourceId });
export const NewSource = z.strictObject({ id: SourceId }).meta({ id: 'NewSource' });
export const Rotation = z
  .strictObject({
    overlapHours: z
      .number()
      .min(0)
      .max(24 * 90)
      .default(24)
      .meta({
        description: 'How long the secrets that are there still count; that they end is noticed within a minute',
      }),
  })
  .default({ overlapHours: 24 });
export const SourceList = z
  .strictObject({ sources: z.array(z.strictObject({ id: SourceId, createdAt: Instant, secrets: z.array(Secret) })) })
  .meta({ id: 'SourceList', description: 'The secrets themselves are never shown again' });
export type SourceList = z.infer<typeof SourceList>;
export const NewSecret = z
  .strictObject({
    id: SourceId,
    secret: z.string().meta({ description: 'Shown this once' }),
    othersEndAt: Instant.optional().meta({ description: 'When the secrets before it end' }),
  })
  .meta({ id: 'NewSecret' });
export type NewSecret = z.infer<typeof NewSecret>;

export const NewLinkKey = z
  .strictObject({
    id: z.string().meta({ description: 'Stands in the links that it seals; the key itself is shown to nobody' }),
  })
  .meta({ id: 'NewLinkKey' });
export type NewLinkKey = z.infer<typeof NewLinkKey>;

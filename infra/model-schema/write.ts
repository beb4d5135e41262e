import { writeFileSync } from 'node:fs';
import { modelSchemaText } from '../../shared/model/json-schema.ts';

writeFileSync(new URL('../../docs/model.schema.json', import.meta.url), modelSchemaText());

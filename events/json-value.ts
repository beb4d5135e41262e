import * as z from 'zod';

export const JsonValue = z.json().meta({ id: 'Json', description: 'Any JSON' });

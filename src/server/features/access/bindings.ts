import * as z from 'zod/mini';
import { type Binding, binding } from '#shared/access/access.contract.ts';

const bindings = z.array(binding);

/** Rights as they were stored. Throws when somebody changed them to what no version ever wrote. */
export const parseBindings = (json: string): Binding[] => bindings.parse(JSON.parse(json));

import type { JsonObject } from '../json.models.ts';

/** An object of the estate; identity and dates are added when it is put in place. */
export type Manifest = JsonObject;
/** `age`: days since it was made. */
export type Add = (manifest: Manifest, age?: number) => Manifest;

export const object = (apiVersion: string, kind: string, fields: JsonObject): Manifest => ({
  apiVersion,
  kind,
  ...fields,
});

/** As the data of a Secret is kept. */
export const base64 = (text: string) => Buffer.from(text).toString('base64');

import { createHash } from 'node:crypto';
import { dropUndefined } from '../api/manifest.models.ts';
import { bucketName } from '../api/builtin.ts';
import type { Resource, Subresource } from '../api/resource.types.ts';
import { type Json, type JsonObject, at, listAt, objectAt, textAt } from '../json.models.ts';

const verbs = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];

/** What a CustomResourceDefinition serves: one resource per served version. */
export function resourcesOf(definition: JsonObject): Resource[] {
  const versions = listAt(definition, 'spec', 'versions');
  const stored = versions.find((version) => at(version, 'storage') === true);
  return versions
    .filter((version) => at(version, 'served') === true)
    .map((version) => resourceOf(definition, version, stored));
}

function resourceOf(definition: JsonObject, version: Json, stored: Json | undefined): Resource {
  const group = textAt(definition, 'spec', 'group');
  const names = objectAt(definition, 'spec', 'names');
  const storedAs = `${group}/${textAt(stored, 'name') || textAt(version, 'name')}`;
  const [plural, kind] = [textAt(names, 'plural'), textAt(names, 'kind')];
  return {
    group,
    version: textAt(version, 'name'),
    plural,
    singular: textAt(names, 'singular') || kind.toLowerCase(),
    kind,
    listKind: textAt(names, 'listKind') || `${kind}List`,
    namespaced: textAt(definition, 'spec', 'scope') === 'Namespaced',
    verbs,
    shortNames: texts(names, 'shortNames'),
    categories: texts(names, 'categories'),
    subresources: subresourcesOf(version, kind),
    storageVersionHash: versionHash(storedAs, kind),
    bucket: bucketName(plural, group),
    custom: true,
    storedAs,
    schemas: [schemaOf(version), schemaOf(stored)],
  };
}

/** As the real server names a storage version: apiserver's discovery.StorageVersionHash. */
const versionHash = (groupVersion: string, kind: string): string =>
  createHash('sha256')
    .update(`${groupVersion}, Kind=${kind}`)
    .digest()
    .subarray(0, 8)
    .toString('base64');

const texts = (from: JsonObject, field: string) => listAt(from, field).map(String);

const schemaOf = (version: Json | undefined): JsonObject => {
  const schema = objectAt(version, 'schema', 'openAPIV3Schema');
  return at(version, 'schema') === undefined ? {} : schema;
};

function subresourcesOf(version: Json, kind: string): Subresource[] {
  const given = objectAt(version, 'subresources');
  const change = ['get', 'patch', 'update'];
  return [
    ...(given['status'] ? [{ name: 'status', kind, groupVersion: '', verbs: change }] : []),
    ...(given['scale']
      ? [{ name: 'scale', kind: 'Scale', groupVersion: 'autoscaling/v1', verbs: change }]
      : []),
  ];
}

/** As the server fills in a new definition: names in full, no conversion. */
export function completeDefinition(object: JsonObject): JsonObject {
  const spec = objectAt(object, 'spec');
  const names = objectAt(spec, 'names');
  const kind = textAt(names, 'kind');
  const { plural = '', singular, shortNames, listKind, categories } = names;
  const full = dropUndefined({
    plural,
    singular: singular ?? kind.toLowerCase(),
    shortNames,
    kind,
    listKind: listKind ?? `${kind}List`,
    categories,
  });
  const { group = '', names: _names, scope = '', versions = [], conversion, ...rest } = spec;
  const whole = {
    group,
    names: full,
    scope,
    versions,
    conversion: conversion ?? { strategy: 'None' },
  };
  return {
    ...object,
    spec: { ...whole, ...rest },
    status: object['status'] ?? newStatus(versions),
  };
}

const newStatus = (versions: Json): JsonObject => ({
  conditions: null,
  acceptedNames: { plural: '', kind: '' },
  storedVersions: storedIn(versions),
});

const storedIn = (versions: Json): Json[] =>
  (Array.isArray(versions) ? versions : [])
    .filter((version) => at(version, 'storage') === true)
    .map((version) => textAt(version, 'name'));

/** The status that says: names accepted, served. */
export function establishedStatus(definition: JsonObject, time: string): JsonObject {
  const condition = (type: string, reason: string, message: string) => ({
    type,
    status: 'True',
    lastTransitionTime: time,
    reason,
    message,
  });
  return {
    conditions: [
      condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
      condition('Established', 'InitialNamesAccepted', 'the initial names have been accepted'),
    ],
    acceptedNames: objectAt(definition, 'spec', 'names'),
    storedVersions: storedIn(at(definition, 'spec', 'versions') ?? []),
  };
}

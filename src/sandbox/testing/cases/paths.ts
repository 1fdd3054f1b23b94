import type { Case } from './case.types.ts';
import { configMaps } from './requests.ts';

/** Discovery, and requests that are wrong before an object is looked at. */
export const pathCases: readonly Case[] = [
  { title: 'an unknown path', path: '/nope' },
  { title: 'an unknown group', path: '/apis/nope.example.com/v1/things' },
  { title: 'an unknown kind of a known group', path: '/api/v1/nopes' },
  { title: 'the core versions', path: '/api', loose: true },
  { title: 'the kinds of the core group', path: '/api/v1' },
  { title: 'the kinds of apps', path: '/apis/apps/v1' },
  { title: 'a group', path: '/apis/autoscaling' },
  { title: 'a missing object', path: `${configMaps}/none` },
  { title: 'a limit that is no number', path: '/api/v1/pods?limit=x' },
  { title: 'a broken label selector', path: '/api/v1/pods?labelSelector=!!' },
  { title: 'an unknown field selector', path: '/api/v1/pods?fieldSelector=spec.foo%3Dx' },
  {
    title: 'a list at a version that is no number',
    path: '/api/v1/namespaces?resourceVersion=abc',
  },
  {
    title: 'a list from the future',
    path: '/api/v1/namespaces?resourceVersion=999999999',
    loose: true,
  },
  { title: 'a token that is none', path: '/api/v1/pods?continue=abc', loose: true },
  {
    title: 'initial events without a match',
    path: '/api/v1/configmaps?watch=1&sendInitialEvents=true',
  },
];

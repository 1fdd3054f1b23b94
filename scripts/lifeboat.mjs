#!/usr/bin/env node
import process from 'node:process';

process.argv.splice(2, 0, 'lifeboat');
await import('./launch.mjs');

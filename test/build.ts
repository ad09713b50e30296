import { assertNode } from './assert-node.ts';
import { buildApp } from './build-app.ts';

assertNode();
const { tookMs } = await buildApp();
console.log(`Built out/ in ${(tookMs / 1000).toFixed(1)} s.`);

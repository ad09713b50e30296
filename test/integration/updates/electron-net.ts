/*
 * What electron-updater requires of Electron to fetch files, over Node's own network; put in the place of `electron` by
 * updater.test.ts.
 */
export { net } from '../../electron-host/net-request.ts';
export const session = { fromPartition: () => ({}) };

/*
 * Keys of PostgreSQL's advisory locks, by which the processes of the ticket API queue. Any constants; they only must
 * differ.
 */

/** Processes that start together migrate one after the other. */
export const migrationLock = 5_170_001;

/** Transactions that decide about letters. */
export const ingestLock = 5_170_002;

/** The process that runs the jobs; whoever finds it taken leaves them to that one. */
export const jobLock = 5_170_003;

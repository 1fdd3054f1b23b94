/**
 * Writes in flight within one step of a restore. On two cores shared with the API server and etcd,
 * plain POSTs reach 1,090 objects/s with 24; the answer of one takes as long as a commit to disk, so
 * that fewer leave the server idle and more only lengthen its queue.
 */
export const writesInFlight = 24;

/** Dry runs in flight while a plan is made: nobody waits for a plan as for a restore. */
export const checksInFlight = 8;

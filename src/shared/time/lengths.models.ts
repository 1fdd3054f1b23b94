/** Milliseconds of 24 hours; a day on a calendar may be an hour longer or shorter. */
export const dayLength = 86_400_000;

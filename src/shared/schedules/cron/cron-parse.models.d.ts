import type { CronDialect, CronParsed } from './cron.types.ts';
/** go-cron's limit; nothing that people write comes near. */
export declare const longestExpression = 1024;
/**
 * Reads an expression as the dialect does: what that library accepts is accepted, what it refuses is
 * refused, with the place of the error. An accepted expression may still never come (`neverFires`).
 */
export declare function parseCron(text: string, dialect: CronDialect): CronParsed;

/** What the API server answered, or why it could not be asked (`status` 0). */
export class ApiError extends Error {
  /** HTTP status; 0: no answer. */
  readonly status: number;
  /** `reason` of the Status object (`NotFound`, `AlreadyExists`, `Expired`…), or a word of ours. */
  readonly reason: string;
  /** `details` of the Status object, as sent. */
  readonly details: unknown;
  /** `Retry-After` in milliseconds from the answer on; null when the server did not say. */
  readonly retryAfter: number | null;

  constructor(
    given: {
      status: number;
      reason: string;
      message: string;
      details?: unknown;
      retryAfter?: number | null;
    },
    cause?: unknown,
  ) {
    super(given.message, { cause });
    this.status = given.status;
    this.reason = given.reason;
    this.details = given.details;
    this.retryAfter = given.retryAfter ?? null;
  }
}

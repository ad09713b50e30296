import type {
  Ingest,
  IngestAnswer,
  IngestLeaseAnswer,
  MissingAnswer,
  MissingQuery,
  Quarantine,
  Watermark,
} from '#shared/protocol/ingest.ts';
import type { Result } from '#shared/result.ts';
import type { ApiCallError } from '../tickets/api-call-error.ts';

/** What the mailbox needs of the ticket API. */
export interface IngestPort {
  readonly missing: (query: MissingQuery) => Promise<Result<MissingAnswer, ApiCallError>>;
  readonly ingest: (letters: Ingest) => Promise<Result<IngestAnswer, ApiCallError>>;
  readonly quarantine: (letter: Quarantine) => Promise<Result<unknown, ApiCallError>>;
  /** Takes or extends the lease for this desk. */
  readonly lease: () => Promise<Result<IngestLeaseAnswer, ApiCallError>>;
  readonly putWatermark: (watermark: Watermark) => Promise<Result<unknown, ApiCallError>>;
  /** The API's time. */
  readonly serverNow: () => number | Promise<number>;
}

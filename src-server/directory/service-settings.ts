import type { ApiError } from '#shared/protocol/api-error.ts';
import { serviceSettingsId, type ServiceSettings } from '#shared/protocol/service-settings.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Database } from '../database/database.ts';
import { commitChanges } from '../feed/commit-changes.ts';

/** Replaces the settings; refused when somebody else changed them since `revision` was read. */
export async function putSettings(
  database: Database,
  wanted: ServiceSettings,
  now: number,
): Promise<Result<ServiceSettings, ApiError>> {
  const settings: ServiceSettings = { ...wanted, revision: wanted.revision + 1 };
  return await database.transaction(async (transaction) => {
    const written = await transaction.query(
      wanted.revision === 0
        ? `insert into service_settings (revision, state) values ($2::bigint + 1, $1)
           on conflict do nothing returning revision`
        : `update service_settings set revision = revision + 1, state = $1
           where revision = $2::bigint returning revision`,
      [JSON.stringify(settings), wanted.revision],
    );
    if (written.length === 0) {
      return err({ kind: 'conflict', message: 'Somebody else changed the settings; read them again.' });
    }
    await commitChanges(transaction, [{ kind: 'settings', id: serviceSettingsId }], [], [], now);
    return ok(settings);
  });
}

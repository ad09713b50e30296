type Fields = Readonly<Record<string, unknown>>;

/**
 * The record in today's shape; what is no record of an older one stays as it is.
 *
 * 1 to 2: drafts know plain text only and answer somebody; a letter in the queue leaves at once.
 */
export function liftRecord(record: unknown): unknown {
  if (!isFields(record) || record['v'] !== 1) return record;
  const { draft, outgoing } = record;
  return {
    ...record,
    v: 2,
    ...(isFields(draft) ? { draft: liftDraft(draft) } : {}),
    ...(isFields(outgoing)
      ? {
          outgoing: {
            ...outgoing,
            draft: isFields(outgoing['draft']) ? liftDraft(outgoing['draft']) : null,
            releaseAt: outgoing['queuedAt'],
          },
        }
      : {}),
  };
}

function liftDraft(draft: Fields): Fields {
  return { ...draft, html: '', purpose: 'answer', fromName: '' };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

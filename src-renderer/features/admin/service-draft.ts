import type { ServiceSettings } from '#shared/protocol/service-settings.ts';
import { err, ok, type Result } from '#shared/result.ts';

/** What the service's own settings are being changed to. */
export interface ServiceDraft {
  /** What number fields give while they are empty is text. */
  readonly undoSendSeconds: number | string;
  readonly updateFeedUrl: string;
}

/** What keeps them from being saved. */
export interface ServiceProblems {
  readonly undoSendSeconds?: 'service.wrong.undoSend';
  readonly updateFeedUrl?: 'service.wrong.feedUrl' | 'service.wrong.feedPlain';
}

/** The form's start. */
export function draftOfSettings({ undoSendSeconds, updateFeedUrl }: ServiceSettings): ServiceDraft {
  return { undoSendSeconds, updateFeedUrl };
}

/** The part of the settings that the form describes, or what is wrong with it. Programs come over https only. */
export function settingsOfDraft(
  draft: ServiceDraft,
): Result<Pick<ServiceSettings, 'undoSendSeconds' | 'updateFeedUrl'>, ServiceProblems> {
  const seconds = draft.undoSendSeconds === '' ? Number.NaN : Number(draft.undoSendSeconds);
  const url = draft.updateFeedUrl.trim();
  const problems: ServiceProblems = {
    ...(Number.isInteger(seconds) && seconds >= 0 && seconds <= 60
      ? {}
      : { undoSendSeconds: 'service.wrong.undoSend' }),
    ...feedProblem(url),
  };
  if (Object.keys(problems).length > 0) return err(problems);
  return ok({ undoSendSeconds: seconds, updateFeedUrl: url });
}

function feedProblem(url: string): Pick<ServiceProblems, 'updateFeedUrl'> {
  if (url === '') return {};
  if (!URL.canParse(url) || /\s/u.test(url)) return { updateFeedUrl: 'service.wrong.feedUrl' };
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:') return {};
  const local = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/u.test(hostname);
  if (protocol === 'http:') return local ? {} : { updateFeedUrl: 'service.wrong.feedPlain' };
  return { updateFeedUrl: 'service.wrong.feedUrl' };
}

import { choiceStore } from '../../shared/aws/choice-store.ts';
import { configStore } from '../../shared/aws/config-store.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
import { hearsayStore } from '../../shared/aws/hearsay-store.ts';
import { measuredMails } from '../../shared/aws/measured-mails.ts';
import { memberScan } from '../../shared/aws/member-scan.ts';
import { previewStore } from '../../shared/aws/preview-store.ts';
import { publishedModels } from '../../shared/aws/published-models.ts';
import { reportStore } from '../../shared/aws/report-store.ts';
import type { World } from '../../shared/aws/world.ts';
import type { Observing } from '../../shared/lambda/observing.ts';
import { taskHandler } from '../../shared/lambda/task-handler.ts';
import { compile } from '../../shared/scoring/compile.ts';
import { CensusTask, workOnPreview, workOnTask } from './handler.ts';
import { workOnReport } from './report.ts';
import type { PreviewSettings } from './settings.ts';

type Outside = Pick<World, 'dynamodb' | 'newToken' | 'now' | 'pause'>;

/** The work on a part of a preview or of a report, in whatever world it is put. */
export const wirePreview = (settings: PreviewSettings, outside: Outside, observing: Observing) => {
  const { dynamodb: client, newToken, now, pause } = outside;
  const members = { client, table: settings.MEMBERS_TABLE, pause };
  const config = { client, table: settings.CONFIG_TABLE, now };
  const previews = previewStore(config);
  const common = {
    modelVersion: publishedModels(configStore(config)).version,
    membersIn: memberScan(members),
    ledger: memberStore(members).ledger,
    now,
  };
  const preview = workOnPreview({
    ...previews,
    ...common,
    draft: async (id) => {
      const model = await previews.draft(id);
      return model && { model, compiled: compile(model) };
    },
    choices: choiceStore(members).choices,
    heard: hearsayStore(members, { ...config, newToken }),
    zone: settings.TIME_ZONE,
  });
  const report = workOnReport({ ...reportStore(config), ...common, mails: measuredMails(members) });
  return taskHandler(CensusTask, workOnTask({ preview, report }), observing);
};

import { toldOf } from '../../lib/contracts/evidence.ts';
import { EvidenceRefused } from '../../lib/contracts/failures.ts';
import { parseKeys } from '../evidence/keys.ts';
import { verifyEvidence } from '../evidence/verify.ts';
import { exitCodes } from '../exit-codes.ts';
import { readFile } from '../input/files.ts';
import { endOf, verificationText } from '../output/evidence.ts';
import { offlineCommand, outputFor, type Registration } from './command.ts';

type Options = { json?: boolean; key: string; keyId?: string };

const examples = [
  'evidence verify mcp-ui.jsonl --key mcp-ui.jsonl.pem',
  'evidence verify mcp-ui.jsonl --key from-the-auditor.pem --key-id arn:aws:kms:…',
];

/** Offline: no twin, no account, no network. Exit code: 0 when every byte is as it was signed, 1 otherwise. */
export const evidenceVerifyCommand: Registration = (host, finish) =>
  offlineCommand({ name: 'verify', summary: 'is a file of evidence whole and signed? Works offline', examples })
    .argument('<file>', 'as export wrote it')
    .requiredOption('--key <pem>', 'the public key, from somebody you trust')
    .option('--key-id <id>', 'which key it is, when its file does not say')
    .action(async (file: string, { json = false, key, keyId }: Options) => {
      const output = outputFor(host, json);
      const keys = parseKeys(Buffer.from(await readFile(host.files, '--key', key)).toString(), keyId);
      const { chain, problems } = verifyEvidence(await readFile(host.files, 'file', file), keys);
      if (problems.length > 0) throw new EvidenceRefused(`${file}: ${problems.join('; ')}`, { file, problems });
      const told = chain.map((evidence) => ({ of: toldOf(evidence), ended: endOf(evidence) }));
      const { database, sequence, hash } = chain[chain.length - 1] ?? {};
      output.result(
        { file, ok: true, database, entries: sequence, newestHash: hash, told },
        verificationText(file, chain, output.style),
      );
      finish(exitCodes.ok);
    });

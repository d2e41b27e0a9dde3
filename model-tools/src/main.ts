/**
 * What the server asks of node: `node model-tools.cjs COMMAND ORDER.json`, the order being a file of that command's arguments.
 * Answers are files too. It runs under the limits of a child of the server: no network, no folders but its own.
 */

import { readFileSync } from 'node:fs';
import { compress, type CompressOrder } from './compress';
import { decode, type DecodeOrder } from './decode';
import { simplify, type SimplifyOrder } from './simplify';
import { validate, type ValidateOrder } from './validate';

const commands: Record<string, (order: never) => Promise<void>> = {
  compress: (order: CompressOrder) => compress(order),
  decode: (order: DecodeOrder) => decode(order),
  simplify: (order: SimplifyOrder) => simplify(order),
  validate: (order: ValidateOrder) => validate(order),
};

const [name = '', order = ''] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  console.error(`model-tools knows ${Object.keys(commands).join(', ')}, not ${name || 'nothing'}`);
  process.exit(2);
}
command(JSON.parse(readFileSync(order, 'utf8')) as never).catch((error: unknown) => {
  console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exit(1);
});

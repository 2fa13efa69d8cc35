import type { Command } from 'commander';
import { databaseUrl } from '../database.js';
import { checkConfiguration } from '../doctor/configuration.js';
import { checkConnections } from '../doctor/connections.js';
import { checkDatabase } from '../doctor/database.js';
import type { Finding } from '../doctor/finding.js';
import { wrong } from '../doctor/finding.js';
import { checkRedis } from '../doctor/redis.js';
import { CommandFailure } from '../failure.js';

const signs = { ok: '✓', warning: '!', wrong: '✗' };

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('check configuration, database, Redis, connections and sender domains, and say what to do')
    .action(async () => {
      let anyWrong = false;
      for (const [topic, look] of Object.entries(topics())) {
        console.log(topic);
        for (const { state, what, advice } of await look()) {
          console.log(`  ${signs[state]} ${what}${advice ? `\n      ${advice}` : ''}`);
          anyWrong ||= state === 'wrong';
        }
      }
      if (anyWrong) throw new CommandFailure('\nSomething needs to be put right: see ✗ above.');
      console.log('\nNothing is wrong.');
    });
}

const topics = (): Record<string, () => Promise<Finding[]>> => ({
  Configuration: async () => checkConfiguration(process.env),
  Database: async () => {
    try {
      return await checkDatabase(databaseUrl());
    } catch (error) {
      if (error instanceof CommandFailure) return [wrong('There is no database to look at.', error.message)];
      throw error;
    }
  },
  ...(process.env.REDIS_URL && { Redis: async () => [await checkRedis(process.env.REDIS_URL ?? '')] }),
  Connections: checkConnections,
});

import type { SandboxBehaviour } from '@halyard/contracts/connections/provider-settings';
import { SandboxBehaviour as Behaviours } from '@halyard/contracts/connections/provider-settings';

/**
 * Recipients that decide what the sandbox does, whatever the connection says.
 *
 * | e-mail                          | phone         | chat               | what happens                                             |
 * | ------------------------------- | ------------- | ------------------ | -------------------------------------------------------- |
 * | deliver@sandbox.halyard.test    | +15005550100  | sandbox:deliver    | accepted, reported as delivered                          |
 * | bounce@…                        | +15005550101  | sandbox:bounce     | accepted, then reported as bounced for good              |
 * | soft_bounce@…                   | +15005550102  | sandbox:soft_bounce| accepted, then reported as bounced for now               |
 * | complain@…                      | +15005550103  | sandbox:complain   | delivered, then reported as a complaint                  |
 * | fail@…                          | +15005550104  | sandbox:fail       | rejected at once                                         |
 * | invalid@…                       | +15005550105  | sandbox:invalid    | rejected at once, as an address that does not exist      |
 * | throttle@…                      | +15005550106  | sandbox:throttle   | the first try is throttled, the next one accepted        |
 * | delay@…                         | +15005550107  | sandbox:delay      | accepted after `delay_ms`                                |
 * | drop@…                          | +15005550108  | sandbox:drop       | taken, but the first answer is lost; a repeat is accepted |
 *
 * A tag keeps several apart: bounce+anna@sandbox.halyard.test.
 */
export function behaviourOf(recipient: string, otherwise: SandboxBehaviour): SandboxBehaviour {
  return known(byMail(recipient) ?? byPhone(recipient) ?? byChat(recipient)) ?? otherwise;
}

const byMail = (recipient: string): string | undefined =>
  /^([a-z_]+)(?:\+[^@]*)?@sandbox\.halyard\.test$/i.exec(recipient)?.[1]?.toLowerCase();

const byPhone = (recipient: string): string | undefined => {
  const n = /^\+?1500555010(\d)$/.exec(recipient)?.[1];
  return n === undefined ? undefined : Behaviours.options[Number(n)];
};

const byChat = (recipient: string): string | undefined => /^sandbox:([a-z_]+)$/.exec(recipient)?.[1];

const known = (name: string | undefined): SandboxBehaviour | undefined =>
  Behaviours.options.find((option) => option === name);

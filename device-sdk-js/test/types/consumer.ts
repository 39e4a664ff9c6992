/** What an application writes; it only has to compile against the declarations that we give out. */
import { CONSENT, FileStore, HttpBank, NOTICE, PURPOSE, SEEN, TallystickDevice, ofBase64Url, platformSuites, subjectOf } from 'tallystick-device-sdk/node';
import { IndexedDbStore } from 'tallystick-device-sdk/browser';

export async function pay(scanned: string, pin: string): Promise<string> {
  const baseUrl = 'https://bank.example';
  const device = await TallystickDevice.open({
    store: await FileStore.open('phone.state', 'keys/phone.key'),
    bank: new HttpBank(baseUrl),
    baseUrl,
    rootFingerprint: ofBase64Url('AA'),
    events: {
      progress: (number: string, stage, told) =>
        console.log(number, stage satisfies string, told?.notAfter satisfies number | undefined),
      notice: (notice) => console.log(notice.kind === NOTICE.BOUND, told(subjectOf(notice))),
      epoch: (epoch: number, recoveryEpoch: number) => console.log(epoch, recoveryEpoch),
      presence: (number: string, presence: number) => console.log(number, presence),
      blocked: (until: number) => console.log(until),
      recovery: (recoveryEpoch: number) => console.log(recoveryEpoch),
      logRolledBack: (index: number) => console.log(index),
      keys: (version: number) => console.log(version),
    },
  });
  const bill = await device.readBill(scanned);
  if (!bill.ok) {
    return bill.refusal.type;
  }
  const half = await device.approve(bill.value, null, pin);
  if (!half.ok) {
    return half.refusal.title;
  }
  // @ts-expect-error a number is not a bill
  await device.approve(1, null, pin);
  const ended = await device.awaitAnswer(half.value, 30_000);
  await device.close();
  return ended.ok ? ended.value.ending : ended.refusal.type;
}

function told(subject: ReturnType<typeof subjectOf>): string {
  switch (subject.about) {
    case 'bound':
      return subject.role;
    case 'suspended':
      return subject.reason;
    case 'authority':
      return `${subject.number} ${subject.purpose === PURPOSE.CHARGE} ${subject.amount}`;
    case 'agreement':
    case 'agreed':
      return `${subject.version} ${subject.hash.length}`;
    case 'registration':
      return `${subject.standing} ${subject.movedAt}`;
    default:
      return subject.number ?? '';
  }
}

/** What a device does beside payments. */
export async function account(device: TallystickDevice, unknown: Uint8Array<ArrayBuffer>): Promise<number> {
  const suites: number[] = await platformSuites();
  const reserved = await device.reserveNumber();
  if (reserved.ok) {
    const { number, label, expires } = reserved.value;
    const bill = { items: [{ text: label, amount: expires }], tax: 0, currency: 'CHF' };
    await device.makeBill({ ...bill, number, presence: true });
    await device.lodge(number);
    await device.fetchBill(number);
  }
  await device.changePin('1', '2');
  await device.notMe(unknown, null);
  await device.countersign(unknown);
  const waiting = await device.waitingAgreement();
  if (waiting.ok && waiting.value !== null && waiting.value.text !== '') {
    await device.agree(waiting.value);
  }
  const rekeyed = await device.rekey();
  const asked = await device.askStatus();
  const lines = await device.logLines(1, 16);
  const resumed = await device.resume();
  await device.awaitNotices(1000);
  const words: string[] = device.keptNotices().map((notice) => told(subjectOf(notice)));
  const seen = asked.ok ? asked.value.halves.filter(({ what }) => what === SEEN.FINAL).length : 0;
  // @ts-expect-error a status is not a number
  const wrong: number = asked;
  return (
    suites.length + words.length + seen + wrong + resumed.notAccepted +
    (rekeyed.ok ? rekeyed.value.epoch : 0) + (lines.ok ? lines.value.length : 0) +
    (device.standing()?.blockedUntil ?? 0)
  );
}

/** What purchases may go beyond, as payee. */
export async function sell(till: TallystickDevice, scanned: string): Promise<number> {
  const items = [{ text: 'Room', amount: 12_000 }];
  const hold = { limit: 20_000, until: Date.now() + 86_400_000 };
  const consent = CONSENT.OF_AGE | CONSENT.IDENTITY;
  const bill = await till.makeBill({ items, tax: 0, currency: 'CHF', tip: 500, hold, consent, progress: true });
  const terms = await till.makeTerms({ amount: 300, currency: 'CHF' });
  const accepted = await till.acceptOffer(scanned, { items, tax: 0 });
  // @ts-expect-error an offer is a text
  await till.acceptOffer(1);
  const number = bill.ok ? bill.value.number : '';
  await till.complete(number, 15_000);
  await till.charge(number, 100);
  await till.awaitAnswer(number, 1000, PURPOSE.COMPLETE);
  return till.authorities().length + (terms.ok ? 1 : 0) + (accepted.ok ? 1 : 0);
}

/** The same as payer. */
export async function buy(phone: TallystickDevice, pin: string): Promise<boolean> {
  await phone.setLevelPin(1, pin, '4711');
  await phone.setLevelPin(1, pin, null);
  const made = await phone.makeOffer({ amount: 300, currency: 'CHF', text: 'Tea' });
  const seen = made.ok ? await phone.lookOffer(made.value.offer.id) : made;
  if (seen.ok) {
    const tip: number | null | undefined = seen.value.body.conditions?.limits?.tip;
    const options = { tip: tip ?? 0, consent: 1, loyaltyId: 'M-1', levels: { 1: '4711' }, progress: true };
    await phone.approve(seen.value, null, pin, options);
  }
  const typed = { number: '0', amount: 300, currency: 'CHF' };
  await phone.approveTerms(typed, null, pin, { compact: true });
  // @ts-expect-error terms mode has no tip
  await phone.approveTerms(typed, null, pin, { tip: 1 });
  const ended = await phone.endAuthority('0');
  return ended.ok && phone.levels().includes(1);
}

export const openInBrowser = (name: string): Promise<IndexedDbStore> => IndexedDbStore.open(name);

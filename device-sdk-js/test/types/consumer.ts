/** What an application writes; it only has to compile against the declarations that we give out. */
import { FileStore, HttpBank, NOTICE, SEEN, TallystickDevice, ofBase64Url, platformSuites, subjectOf } from 'tallystick-device-sdk/node';
import { IndexedDbStore } from 'tallystick-device-sdk/browser';

export async function pay(scanned: string, pin: string): Promise<string> {
  const baseUrl = 'https://bank.example';
  const device = await TallystickDevice.open({
    store: await FileStore.open('phone.state', 'keys/phone.key'),
    bank: new HttpBank(baseUrl),
    baseUrl,
    rootFingerprint: ofBase64Url('AA'),
    events: {
      progress: (number: string, stage) => console.log(number, stage satisfies string),
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

export const openInBrowser = (name: string): Promise<IndexedDbStore> => IndexedDbStore.open(name);

/** What an application writes; it only has to compile against the declarations that we give out. */
import { FileStore, HttpBank, TallystickDevice, ofBase64Url } from 'tallystick-device-sdk/node';
import { IndexedDbStore } from 'tallystick-device-sdk/browser';

export async function pay(scanned: string, pin: string): Promise<string> {
  const baseUrl = 'https://bank.example';
  const device = await TallystickDevice.open({
    store: await FileStore.open('phone.state', 'keys/phone.key'),
    bank: new HttpBank(baseUrl),
    baseUrl,
    rootFingerprint: ofBase64Url('AA'),
    events: { progress: (number: string, stage) => console.log(number, stage satisfies string) },
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

export const openInBrowser = (name: string): Promise<IndexedDbStore> => IndexedDbStore.open(name);

package org.tallystick.stage;

import java.time.Duration;
import java.util.List;
import org.tallystick.bill.Bill;
import org.tallystick.bill.BillBody;
import org.tallystick.bill.BillItem;
import org.tallystick.code.Conditions;
import org.tallystick.code.Purpose;
import org.tallystick.code.TestDevice;
import org.tallystick.crypto.SigningKey;
import org.tallystick.device.ProviderCertificates;
import org.tallystick.money.Money;
import org.tallystick.party.Party;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestStatus;

/** Bills that may be lodged. */
abstract class BillCase extends AccountCase {
  static final long LIFE = Duration.ofMinutes(10).toMillis();

  byte[] certificate(TestDevice device) {
    Party party = bank.office.parties.byAccountIdentifier(device.account()).orElseThrow();
    return new ProviderCertificates("TL", bank.office.vault)
        .certify(
            party, device.deviceId(), device.key().verificationKey(), bank.office.clock.millis());
  }

  Bill bill(String under, TestDevice certified, SigningKey key) {
    long now = bank.office.clock.millis();
    BillBody body =
        new BillBody(
            "TL",
            under,
            Purpose.PURCHASE,
            List.of(new BillItem("Tea", 1250)),
            Money.of(1250, "USD"),
            Money.of(0, "USD"),
            now,
            now + LIFE,
            new byte[16],
            null,
            "TL",
            false,
            Conditions.NONE);
    return Bill.sign(body, key, certificate(certified));
  }

  RequestStatus lodge(TestDevice by, Bill left) {
    return status(by, new RequestArguments.Lodge(left.encode()));
  }
}

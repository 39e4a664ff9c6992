package org.tallystick.request;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import org.tallystick.bill.Bill;
import org.tallystick.bill.ProviderCertificate;
import org.tallystick.code.Times;
import org.tallystick.device.Device;
import org.tallystick.keys.Bank;
import org.tallystick.keys.BankKeySet;
import org.tallystick.keys.KeySets;
import org.tallystick.keys.PublishedKeys;

/**
 * Kind 5: a payee leaves a bill at the bank, for payers who type its number. It has to hold as it
 * would on a payer's device (B1 to B7), and to be the asking device's own; of each device a few may
 * wait at a time.
 *
 * <p>Source: docs/PROTOCOL.md sections 6 and R, kind 5.
 */
@ApplicationScoped
public class LodgeRule implements RequestRule<RequestArguments.Lodge> {
  private static final int MAX_OPEN = 16;

  @EJB KeySets keySets;
  @Inject Bank bank;

  @Override
  public RequestKind kind() {
    return RequestKind.LODGE;
  }

  @Override
  public Class<RequestArguments.Lodge> shape() {
    return RequestArguments.Lodge.class;
  }

  @Override
  public Ruling rule(Asking asking, RequestArguments.Lodge arguments) throws SQLException {
    Optional<Bill.Checked> checked = check(arguments.bill(), asking.nowMillis());
    if (checked.isEmpty()) {
      return Ruling.refused(RequestStatus.ARGUMENTS_REFUSED);
    }
    if (!isOwn(checked.get().provider(), asking.device())) {
      return Ruling.refused(RequestStatus.NOT_PERMITTED);
    }
    String number = checked.get().body().number();
    long device = asking.device().index();
    ReservedRows rows = new ReservedRows(asking.connection());
    if (rows.lodged(device, number, asking.now()) >= MAX_OPEN) {
      return Ruling.refused(RequestStatus.LIMIT_REACHED);
    }
    long expiresMillis = checked.get().body().expiresMillis();
    return rows.lodge(number, device, arguments.bill(), Times.ofMillis(expiresMillis), asking.now())
        ? Ruling.done(new RequestResult.Lodged(expiresMillis))
        : Ruling.refused(RequestStatus.NOT_PERMITTED);
  }

  private Optional<Bill.Checked> check(byte[] bill, long nowMillis) {
    PublishedKeys keys = keySets.current();
    BankKeySet set = BankKeySet.verify(keys.signed(), keySets.root(), bank.consortium());
    try {
      return Optional.of(Bill.decode(bill).check(set, nowMillis));
    } catch (IllegalArgumentException notGood) {
      return Optional.empty();
    }
  }

  private static boolean isOwn(ProviderCertificate provider, Device device) {
    return Arrays.equals(provider.deviceId(), device.deviceId())
        && Arrays.equals(provider.deviceKey().compressed(), device.evidence().publicKey())
        && Arrays.equals(provider.accountIdentifier(), device.evidence().accountIdentifier());
  }
}

package org.tallystick.device;

import java.util.Objects;
import org.tallystick.answer.Outcome;
import org.tallystick.code.Conditions;
import org.tallystick.code.Limits;
import org.tallystick.code.Role;
import org.tallystick.code.SignedMap;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.receipt.Receipt;

/**
 * Whether what a receipt says of amount and conditions is what this device's half permits (A4). A
 * payer's says exactly what the half says. A payee's may have a tip on top and less consent; where
 * no payer's half was there, it says nothing of limits and consent. A half that was not approved
 * may have been refused before its level PINs were proven, and its loyalty id goes to nobody.
 *
 * <p>Source: docs/PROTOCOL.md section 9.
 */
final class ReceiptFit {
  private ReceiptFit() {}

  static boolean holds(OutboxEntry entry, Receipt receipt) {
    SignedMap terms = entry.terms();
    Conditions own = terms.conditions();
    Conditions said = receipt.conditions();
    boolean isApproved = receipt.outcome() == Outcome.APPROVED;
    boolean levelsFit =
        isApproved ? receipt.levels() == entry.levels() : (receipt.levels() & ~entry.levels()) == 0;
    if (!receipt.amount().currency().equals(terms.amount().currency()) || !levelsFit) {
      return false;
    }
    if (terms.role() == Role.PAYER) {
      boolean hasNoLoyaltyId = !isApproved && receipt.loyaltyId() == null;
      return receipt.amount().equals(terms.amount())
          && said.isSameAs(own)
          && (hasNoLoyaltyId || Objects.equals(receipt.loyaltyId(), entry.loyaltyId()));
    }
    boolean isAlone = !isApproved && said.limits() == null;
    return receipt.amount().minor() == terms.amount().minor() + said.tipMinor()
        && (isAlone || Limits.sameBeyondTip(said.limits(), own.limits()))
        && Limits.tipFits(said.limits(), own.limits())
        && said.hasContentOf(own)
        && said.consentIsWithin(own)
        && said.terms() == own.terms();
  }
}

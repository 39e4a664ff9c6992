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
 * no payer's half was there, it says nothing of limits and consent.
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
    if (!receipt.amount().currency().equals(terms.amount().currency())
        || receipt.levels() != entry.levels()) {
      return false;
    }
    if (terms.role() == Role.PAYER) {
      return receipt.amount().equals(terms.amount())
          && said.isSameAs(own)
          && (!isApproved || Objects.equals(receipt.loyaltyId(), entry.loyaltyId()));
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

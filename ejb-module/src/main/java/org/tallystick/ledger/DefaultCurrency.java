package org.tallystick.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.tallystick.money.Money;
import org.tallystick.node.Environment;

/** The currency of a party's first account: {@code TALLYSTICK_CURRENCY}, else USD. */
@ApplicationScoped
public class DefaultCurrency {
  @Inject Environment environment;

  /** Its ISO 4217 code. */
  public String code() {
    String code = environment.text("TALLYSTICK_CURRENCY").orElse("USD");
    if (!Money.isCurrency(code)) {
      throw new IllegalStateException("TALLYSTICK_CURRENCY is not an ISO 4217 code");
    }
    return code;
  }
}

package org.tallystick.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tallystick.format.Suite;
import org.tallystick.node.Environment;

class BankTest {
  @Test
  void unset_hasDefaults() {
    Bank bank = new Bank(new Environment(Map.of()));
    assertThat(bank.consortium()).isEqualTo("TL");
    assertThat(bank.name()).isEqualTo("Tallystick Bank");
    assertThat(bank.minimumSuite()).isEqualTo(Suite.CLASSIC);
  }

  @Test
  void otherForms_areRefused() {
    for (Map<String, String> wrong :
        List.of(
            Map.of("TALLYSTICK_CONSORTIUM", "tl"),
            Map.of("TALLYSTICK_CONSORTIUM", "TLX"),
            Map.of("TALLYSTICK_MINIMUM_SUITE", "0"),
            Map.of("TALLYSTICK_MINIMUM_SUITE", "3"),
            Map.of("TALLYSTICK_BANK_NAME", "x".repeat(65)))) {
      assertThatThrownBy(() -> new Bank(new Environment(wrong)))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}

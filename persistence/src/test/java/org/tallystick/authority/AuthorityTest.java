package org.tallystick.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.authority.Authority.Kind;
import org.tallystick.authority.Authority.State;
import org.tallystick.money.Money;
import org.tallystick.pairing.SlotKey;

class AuthorityTest {
  private static final OffsetDateTime BOUGHT =
      OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  private static Authority of(Kind kind, int charges) {
    return new Authority(
        1,
        new SlotKey("TL", "0".repeat(16), new byte[32]),
        kind,
        State.OPEN,
        new Authority.Payer(1, 2, 5L),
        new Authority.Payee(3, new byte[32]),
        4,
        new Authority.Limits(
            Money.of(500, "USD"),
            kind == Kind.HOLD ? Duration.ZERO : Duration.ofHours(1),
            BOUGHT.plusDays(1)),
        charges,
        BOUGHT);
  }

  @ParameterizedTest
  @CsvSource({
    "HOLD, 0, 0, USD,", "HOLD, 500, 86400, USD,", "HOLD, 501, 0, USD, AMOUNT",
    "HOLD, 1, 86401, USD, TIME", "HOLD, 1, 0, EUR, CURRENCY", "CHARGES, 1, 0, USD, PURPOSE"
  })
  void hold_fitsOnce_withinAmountAndTime(
      Kind use, long minor, long seconds, String currency, Misfit misfit) {
    assertThat(of(Kind.HOLD, 0).misfit(use, Money.of(minor, currency), BOUGHT.plusSeconds(seconds)))
        .isEqualTo(Optional.ofNullable(misfit));
  }

  @ParameterizedTest
  @CsvSource({
    "CHARGES, 1, 3600, USD,",
    "CHARGES, 500, 86400, USD,",
    "CHARGES, 0, 3600, USD, AMOUNT",
    "CHARGES, 501, 3600, USD, AMOUNT",
    "CHARGES, 1, 3599, USD, INTERVAL",
    "CHARGES, 1, 86401, USD, TIME",
    "CHARGES, 1, 3600, EUR, CURRENCY",
    "HOLD, 0, 0, USD, PURPOSE"
  })
  void charge_fits_withinAmountTimeAndInterval(
      Kind use, long minor, long seconds, String currency, Misfit misfit) {
    assertThat(
            of(Kind.CHARGES, 2).misfit(use, Money.of(minor, currency), BOUGHT.plusSeconds(seconds)))
        .isEqualTo(Optional.ofNullable(misfit));
  }

  @Test
  void charges_areCountedDown_andThenNoneFits() {
    Authority once = of(Kind.CHARGES, 2).used(BOUGHT.plusHours(1));
    assertThat(once.isOpen()).isTrue();
    assertThat(once.chargesLeft()).isEqualTo(1);
    assertThat(once.movedAt()).isEqualTo(BOUGHT.plusHours(1));
    Authority twice = once.used(BOUGHT.plusHours(2));
    assertThat(twice.misfit(Kind.CHARGES, Money.of(1, "USD"), BOUGHT.plusHours(9)))
        .contains(Misfit.COUNT);
  }

  @Test
  void whatIsOver_isOver() {
    Authority hold = of(Kind.HOLD, 0);
    Authority charges = of(Kind.CHARGES, 2);
    for (Authority over : List.of(hold.used(BOUGHT), hold.released(), charges.revoked())) {
      assertThat(over.isOpen()).isFalse();
      assertThat(over.misfit(over.kind(), Money.of(1, "USD"), BOUGHT.plusHours(1)))
          .contains(Misfit.OVER);
      assertThatThrownBy(() -> over.used(BOUGHT)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(over::revoked).isInstanceOf(IllegalStateException.class);
    }
    assertThat(hold.used(BOUGHT).state()).isEqualTo(State.COMPLETED);
    assertThat(hold.released().state()).isEqualTo(State.RELEASED);
    assertThat(charges.revoked().state()).isEqualTo(State.REVOKED);
  }
}

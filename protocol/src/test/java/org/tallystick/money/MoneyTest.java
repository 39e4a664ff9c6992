package org.tallystick.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tallystick.codec.MalformedInputException;

class MoneyTest {
  @Test
  void amount_atItsLimits_isTakenAndBeyondThemRefused() {
    assertThat(Money.of(0, "USD").minor()).isZero();
    assertThat(Money.of(Money.MAX_MINOR, "USD").minor()).isEqualTo(1_000_000_000_000_000L);
    for (long minor : new long[] {-1, Money.MAX_MINOR + 1}) {
      assertThatThrownBy(() -> Money.of(minor, "USD")).isInstanceOf(MalformedInputException.class);
    }
  }

  @Test
  void currency_thatIsNoUpperCaseIsoCode_isRefused() {
    for (String text : new String[] {"", "US", "usd", "Usd", "USDX", "QQQ", "   "}) {
      assertThat(Money.isCurrency(text)).as(text).isFalse();
      assertThatThrownBy(() -> Money.of(1, text)).isInstanceOf(MalformedInputException.class);
    }
    assertThat(Money.isCurrency("JPY")).isTrue();
  }

  @Test
  void sum_ofOneCurrency_isExactAndOfTwoRefused() {
    assertThat(Money.of(2, "USD").plus(Money.of(3, "USD"))).isEqualTo(Money.of(5, "USD"));
    Money most = Money.of(Money.MAX_MINOR, "USD");
    assertThatThrownBy(() -> most.plus(Money.of(1, "USD")))
        .isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(() -> Money.of(1, "USD").plus(Money.of(1, "EUR")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void amounts_ofOneCurrency_areOrderedAndOfTwoAreNot() {
    assertThat(Money.of(1, "USD")).isLessThan(Money.of(2, "USD"));
    assertThat(Money.of(2, "USD")).isGreaterThan(Money.of(1, "USD"));
    assertThat(Money.of(2, "USD")).isEqualByComparingTo(Money.of(2, "USD"));
    assertThatThrownBy(() -> Money.of(1, "USD").compareTo(Money.of(1, "EUR")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void amount_forPeople_hasTheDigitsOfItsCurrency() {
    assertThat(Money.of(21_382, "USD").display()).isEqualTo("213.82 USD");
    assertThat(Money.of(5, "USD").display()).isEqualTo("0.05 USD");
    assertThat(Money.of(500, "JPY").display()).isEqualTo("500 JPY");
    assertThat(Money.of(1_500, "KWD").display()).isEqualTo("1.500 KWD");
    assertThat(Money.of(7, "XXX").display()).isEqualTo("7 XXX"); // no minor units at all
  }
}

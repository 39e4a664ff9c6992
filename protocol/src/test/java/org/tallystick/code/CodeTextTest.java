package org.tallystick.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Locale;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.MalformedInputException;

/** The clear fields of a code, and the number as people read and type it. */
class CodeTextTest {
  private static final byte[] NUMBER = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

  private final TestParty payer = new TestParty(Role.PAYER);

  private static void malformed(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(MalformedInputException.class);
  }

  @Test
  void consortium_ofTwoUpperCaseLetters_isTakenAndNoOther() {
    Code.requireConsortium("AZ");
    Code.requireConsortium("ZA");
    for (String bad : new String[] {"", "A", "ABC", "@A", "A@", "[A", "A[", "aA", "Aa"}) {
      malformed(() -> Code.requireConsortium(bad));
    }
  }

  @Test
  void code_withAFieldMissingOrOfAnotherLength_isMalformed() {
    String text = payer.seal().text();
    String[] fields = text.split("::", -1);
    assertThat(Code.parse(text).alias()).hasSize(17);
    malformed(() -> Code.parse(""));
    malformed(() -> Code.parse(fields[0]));
    malformed(() -> Code.parse(fields[0] + "::" + fields[1] + "::" + fields[2]));
    malformed(() -> Code.parse(text.replace("::" + fields[2], "::" + fields[2].substring(1))));
    malformed(() -> Code.parse(text.replace("::" + fields[2], "::" + fields[2] + "A")));
    malformed(() -> Code.parse(text.replace("::" + fields[1], "::" + fields[1].substring(1))));
    malformed(() -> Code.parse(text.replace("TL::", "Tl::")));
    malformed(() -> Code.parse(text + "::"));
  }

  @Test
  void code_overItsLongest_isRefusedWhateverItHolds() {
    assertThatThrownBy(() -> Code.parse("A".repeat(Code.MAX_LENGTH + 1)))
        .isInstanceOf(MalformedInputException.class)
        .hasMessageContaining("8192");
    assertThatThrownBy(() -> Code.parse("A".repeat(Code.MAX_LENGTH)))
        .isInstanceOf(MalformedInputException.class)
        .hasMessageContaining("four fields");
  }

  @Test
  void number_forTheKeyboard_isGroupedByFourWithACheckSymbol() {
    String number = TransactionNumber.text(NUMBER);
    String typable = TransactionNumber.typable(number);
    assertThat(typable).matches("(\\S{4}-){4}\\S").startsWith(number.substring(0, 4) + "-");
    assertThat(TransactionNumber.typed(typable)).isEqualTo(number);
    assertThat(TransactionNumber.typed(typable.toLowerCase(Locale.ROOT).replace('-', ' ')))
        .isEqualTo(number);
    String wrong = (typable.charAt(0) == '2' ? "3" : "2") + typable.substring(1);
    malformed(() -> TransactionNumber.typed(wrong));
  }

  @Test
  void number_inAnyOtherForm_isRefused() {
    String number = TransactionNumber.text(NUMBER);
    assertThat(TransactionNumber.bytes(number)).isEqualTo(NUMBER);
    malformed(() -> TransactionNumber.bytes(number.toLowerCase(Locale.ROOT)));
    malformed(() -> TransactionNumber.bytes("-" + number));
    malformed(() -> TransactionNumber.bytes(number + "0"));
    for (int length : new int[] {0, 9, 11}) {
      assertThatThrownBy(() -> TransactionNumber.text(Arrays.copyOf(NUMBER, length)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void role_other_isTheOneAcross() {
    assertThat(Role.PAYER.other()).isEqualTo(Role.PAYEE);
    assertThat(Role.PAYEE.other()).isEqualTo(Role.PAYER);
    malformed(() -> Role.of(0));
    malformed(() -> Role.of(3));
  }

  @Test
  void wrongPins_oneAfterTheOther_blockForLonger() {
    assertThat(HalfCheck.blockMillis(0)).isZero();
    assertThat(HalfCheck.blockMillis(1)).isZero();
    assertThat(HalfCheck.blockMillis(2)).isEqualTo(30_000);
    assertThat(HalfCheck.blockMillis(3)).isEqualTo(120_000);
    assertThat(HalfCheck.blockMillis(4)).isEqualTo(600_000);
  }
}

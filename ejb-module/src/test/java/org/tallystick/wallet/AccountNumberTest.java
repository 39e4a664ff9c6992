package org.tallystick.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Examples from the IBAN registry; routing numbers of Federal Reserve banks. */
class AccountNumberTest {
  @ParameterizedTest
  @CsvSource({
    "AD1200012030200359100100, AD, 0100",
    "AE070331234567890123456, AE, 3456",
    "AT611904300234573201, AT, 3201",
    "BE68539007547034, BE, 7034",
    "BG80BNBG96611020345678, BG, 5678",
    "CH9300762011623852957, CH, 2957",
    "CY17002001280000001200527600, CY, 7600",
    "DE89370400440532013000, DE, 3000",
    "ES9121000418450200051332, ES, 1332",
    "FR1420041010050500013M02606, FR, 2606",
    "GB29NWBK60161331926819, GB, 6819",
    "IS140159260076545510730339, IS, 0339",
    "MT84MALT011000012345MTLCAST001S, MT, 001S",
    "NL91ABNA0417164300, NL, 4300",
    "NO9386011117947, NO, 7947",
    "SM86U0322509800000000270100, SM, 0100",
    "TR330006100519786457841326, TR, 1326"
  })
  void iban_ofTheRegistry_isTaken(String text, String country, String end) {
    Iban iban = Iban.of(text).orElseThrow();
    assertThat(iban.country()).isEqualTo(country);
    assertThat(iban.lastFour()).isEqualTo(end);
    assertThat(iban).hasToString("Iban(" + country + "..." + end + ")");
  }

  @Test
  void iban_asItIsPrinted_isTheSame() {
    Iban printed = Iban.of("DE89 3704 0044 0532 0130 00").orElseThrow();
    assertThat(printed.bytes()).asString().isEqualTo("DE89370400440532013000");
    assertThat(printed.searchHash(new byte[32]))
        .isEqualTo(Iban.of("DE89370400440532013000").orElseThrow().searchHash(new byte[32]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DE89370400440532013001", // another digit
        "DE88370400440532013000", // other check digits
        "DE98370400440532013000", // two digits exchanged
        "DE8937040044053201300", // too short
        "DE893704004405320130000", // too long
        "GB82WEST1234569876543", // a length that is not its country's
        "XX89370400440532013000", // no country of the registry
        "de89370400440532013000",
        "DE89 37040044 0532013000",
        "DE89 3704 0044 0532 0130 00 ",
        "DE89-3704-0044-0532-0130-00",
        "DE٨٩370400440532013000",
        ""
      })
  void iban_thatIsNone_isRefused(String text) {
    assertThat(Iban.of(text)).isEmpty();
  }

  /** Of every number with one digit changed, or two neighbours exchanged, the check knows. */
  @Test
  void iban_withOneError_isNeverTaken() {
    String good = "DE89370400440532013000";
    for (int i = 2; i < good.length(); i++) {
      for (char digit = '0'; digit <= '9'; digit++) {
        String changed = good.substring(0, i) + digit + good.substring(i + 1);
        assertThat(Iban.of(changed).isPresent()).as(changed).isEqualTo(changed.equals(good));
      }
      if (i + 1 < good.length() && good.charAt(i) != good.charAt(i + 1)) {
        String exchanged =
            good.substring(0, i) + good.charAt(i + 1) + good.charAt(i) + good.substring(i + 2);
        assertThat(Iban.of(exchanged)).as(exchanged).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"DE00", "DE01", "DE99"})
  void iban_withCheckDigitsThatAreNeverGiven_isRefused(String start) {
    // one account of each makes the rest of the division right
    int right = 0;
    for (int i = 0; i < 97; i++) {
      String account = String.format("%018d", 370_400_440_532_013_000L + i);
      assertThat(Iban.of(start + account)).isEmpty();
      right += Iban.of("DE89" + account).isPresent() ? 1 : 0;
    }
    assertThat(right).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "021000021, 123456789, 6789",
    "011401533, 1111222233330000, 0000",
    "121000358, 12345678901234567, 4567",
    "021000021, 1234, 34",
    "021000021, 1234567, 567"
  })
  void usAccount_withItsCheckDigit_isTaken(String routing, String account, String end) {
    UsAccount taken = UsAccount.of(routing, account).orElseThrow();
    assertThat(taken.country()).isEqualTo("US");
    assertThat(taken.lastFour()).isEqualTo(end);
    assertThat(taken).hasToString("UsAccount(..." + end + ")");
  }

  @ParameterizedTest
  @CsvSource({
    "021000022, 123456789",
    "000000000, 123456789",
    "0210000210, 123456789",
    "02100002, 123456789",
    "130000005, 123456789",
    "990000002, 123456789",
    "021000021, 123",
    "021000021, 123456789012345678",
    "021000021, 12 34567",
    "021000021, ''",
    "'021 000021', 1234567"
  })
  void usAccount_thatIsNone_isRefused(String routing, String account) {
    assertThat(UsAccount.of(routing, account)).isEmpty();
  }

  @Test
  void searchHash_dependsOnKeyFormAndNumber() {
    byte[] key = new byte[32];
    Iban iban = Iban.of("DE89370400440532013000").orElseThrow();
    UsAccount us = UsAccount.of("021000021", "123456789").orElseThrow();
    UsAccount other = UsAccount.of("021000021", "123456780").orElseThrow();
    assertThat(iban.searchHash(key)).hasSize(32).isNotEqualTo(iban.searchHash(new byte[] {1}));
    assertThat(us.searchHash(key))
        .isNotEqualTo(other.searchHash(key))
        .isNotEqualTo(iban.searchHash(key));
  }
}

package org.tallystick.bill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tallystick.code.Conditions;
import org.tallystick.code.Purpose;
import org.tallystick.code.SignedMap;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.money.Money;

/** B5: the most and the least that a bill may say. */
class BillBoundsTest {
  private static final long CREATED = 1_790_000_000_000L;
  private static final long EXPIRES = CREATED + 1000;

  private static BillBody body(
      Purpose purpose, List<BillItem> items, long subtotal, long created, long expires) {
    return new BillBody(
        "TL",
        "0123456789ABCDEF",
        purpose,
        items,
        Money.of(subtotal, "USD"),
        Money.of(0, "USD"),
        created,
        expires,
        new byte[16],
        null,
        "tl",
        false,
        Conditions.NONE);
  }

  private static BillBody read(BillBody body) {
    return BillBody.decode(body.encode());
  }

  private static void refused(BillBody body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(MalformedInputException.class);
  }

  private static BillBody items(long subtotal, long... amounts) {
    List<BillItem> items =
        Arrays.stream(amounts).mapToObj(minor -> new BillItem("x", minor)).toList();
    return body(Purpose.PURCHASE, items, subtotal, CREATED, EXPIRES);
  }

  @Test
  void item_ofNothingOrOfAllThereMayBe_isTakenAndBeyondThatRefused() {
    assertThat(read(items(5, 0, 5)).items()).hasSize(2);
    assertThat(read(items(Money.MAX_MINOR, Money.MAX_MINOR)).items()).hasSize(1);
    refused(items(4, -1, 5));
    refused(items(Money.MAX_MINOR, Money.MAX_MINOR + 1, -1));
    refused(items(5, 4));
  }

  @Test
  void items_32_areTakenAndOneMoreRefused() {
    BillItem item = new BillItem("x", 1);
    BillBody most = body(Purpose.PURCHASE, Collections.nCopies(32, item), 32, CREATED, EXPIRES);
    assertThat(read(most).items()).hasSize(32);
    refused(body(Purpose.PURCHASE, Collections.nCopies(33, item), 33, CREATED, EXPIRES));
  }

  @Test
  void expiry_withinTheLifeOfItsPurpose_isTakenAndBeyondItRefused() {
    for (Purpose purpose : Purpose.values()) {
      long most =
          purpose == Purpose.PURCHASE
              ? BillBody.MAX_PURCHASE_LIFE_MILLIS
              : SignedMap.MAX_LIFE_MILLIS;
      assertThat(read(lasting(purpose, most)).expiresMillis()).isEqualTo(CREATED + most);
      assertThat(read(lasting(purpose, 0)).expiresMillis()).isEqualTo(CREATED);
      refused(lasting(purpose, most + 1));
      refused(lasting(purpose, -1));
    }
  }

  private static BillBody lasting(Purpose purpose, long life) {
    return body(purpose, List.of(), 0, CREATED, CREATED + life);
  }

  @Test
  void text_withControlFormatOrUnassignedCharacters_isNotPrintable() {
    assertThat(Bill.printable("Ünïcode 漢字 😀")).isTrue();
    for (String text :
        new String[] {"\n", "\u202e", "\u2028", "\u2029", "\u0378", "\ue000", "a\ud800"}) {
      assertThat(Bill.printable(text)).isFalse();
    }
  }

  @Test
  void qrText_ofAnotherFormOrTooLong_isNoBill() {
    assertThatThrownBy(() -> Bill.ofQrText("TALLY2:AAAA"))
        .isInstanceOf(MalformedInputException.class);
    String longest = Bill.QR_PREFIX + "A".repeat(2 * Bill.MAX_LENGTH);
    assertThatThrownBy(() -> Bill.ofQrText(longest))
        .isInstanceOf(MalformedInputException.class)
        .hasMessageContaining("Tallystick bill");
  }
}

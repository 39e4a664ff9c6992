package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.ReasonClass;
import org.tallystick.codec.Base64Url;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.launcher.bank.Reply;

/**
 * Good codes that were changed on their way, or sent again: whatever does not open is dropped, and
 * disturbs nothing.
 *
 * <p>TSE-05 (no key is used twice, numbers stay in step), TSE-09 (the code), TSE-10 (halves).
 */
final class OddCodeIT extends BankIT {
  @Test
  void code_sentAgain_hasOneEffectAndTheSameAnswer() {
    User user = user();
    Shop shop = shop();
    OutboxEntry bill = shop.bill(11_00);
    OutboxEntry half = shop.approvedBy(user, bill);
    byte[] pickup = half.pickup();
    assertAccepted(bill.code());
    for (int i = 0; i < 3; i++) {
      assertAccepted(half.code());
    }
    String first = answer(pickup, 30).path("answer").asText();
    assertThat(first).isNotEmpty();
    assertHears(user.phone(), half, Ending.APPROVED, ReasonClass.NONE);
    assertHears(shop.till(), bill, Ending.APPROVED, ReasonClass.NONE);
    assertAccepted(half.code());
    assertAccepted(bill.code());
    // one more payment of both: what was sent again has gone through before it
    assertPays(user, shop, 1_00);

    assertThat(answer(pickup, 0).path("answer").asText()).isEqualTo(first);
    assertThat(user.balance()).isEqualTo(OPENING_MINOR - 12_00);
    assertThat(shop.balance()).isEqualTo(12_00);
    assertThat(office().transaction(bill.number()).path("halves")).hasSize(2);
    entriesInBalancedBooks();
  }

  @Test
  void code_withAFlippedCharacter_isDroppedAndTheGoodOneStillCounts() {
    User user = user();
    Shop shop = shop();
    OutboxEntry bill = shop.bill(12_00);
    OutboxEntry half = shop.approvedBy(user, bill);
    byte[] pickup = half.pickup();
    assertAccepted(bill.code());
    String code = half.code();
    int sealed = code.lastIndexOf("::") + 2;
    for (int at : List.of(sealed + 70, (sealed + code.length()) / 2, code.length() - 40)) {
      char other = code.charAt(at) == 'A' ? 'B' : 'A';
      assertTakenOrRefused(code.substring(0, at) + other + code.substring(at + 1));
    }

    assertDisturbedNothing(user, shop, pickup, bill, half);
  }

  @Test
  void code_cutShort_isDroppedAndTheGoodOneStillCounts() {
    User user = user();
    Shop shop = shop();
    OutboxEntry bill = shop.bill(12_00);
    OutboxEntry half = shop.approvedBy(user, bill);
    byte[] pickup = half.pickup();
    assertAccepted(bill.code());
    String code = half.code();
    for (int length : List.of(1, 2, 4, 20, 45, 60, 100, code.length() / 2, code.length() - 1)) {
      assertTakenOrRefused(code.substring(0, length));
    }
    assertTakenOrRefused(code + "A");
    assertTakenOrRefused(code + "::A");
    assertTakenOrRefused(code.toLowerCase(Locale.ROOT));

    assertDisturbedNothing(user, shop, pickup, bill, half);
  }

  @Test
  void code_underAnotherNumberAccountOrConsortium_isDropped() {
    User user = user();
    Shop shop = shop();
    OutboxEntry bill = shop.bill(12_00);
    OutboxEntry half = shop.approvedBy(user, bill);
    OutboxEntry other = shop.bill(5_00);
    byte[] pickup = half.pickup();
    assertAccepted(bill.code());
    String[] mine = half.code().split("::", 4);
    String[] theirs = other.code().split("::", 4);
    List<String> mixed = new ArrayList<>();
    mixed.add(String.join("::", mine[0], theirs[1], mine[2], mine[3]));
    mixed.add(String.join("::", mine[0], mine[1], theirs[2], mine[3]));
    mixed.add(String.join("::", theirs[0], theirs[1], theirs[2], mine[3]));
    mixed.add(String.join("::", mine[0], mine[1], mine[2], theirs[3]));
    mixed.add(String.join("::", "ZZ", mine[1], mine[2], mine[3]));
    mixed.add(String.join("::", mine[0], mine[1], nobody(), mine[3]));
    mixed.forEach(OddCodeIT::assertTakenOrRefused);

    assertDisturbedNothing(user, shop, pickup, bill, half);
  }

  /** An alias that the bank never gave out. */
  private static String nobody() {
    return Base64Url.encode(new byte[17]);
  }

  /** The odd codes were before these in every queue; none was answered, none used a number up. */
  private static void assertDisturbedNothing(
      User user, Shop shop, byte[] pickup, OutboxEntry bill, OutboxEntry half) {
    User stranger = user();
    Shop elsewhere = shop();
    assertPays(stranger, elsewhere, 3_00);
    assertThat(answer(pickup, 0).path("state").asText()).isEqualTo("PENDING");
    assertThat(user.balance()).isEqualTo(OPENING_MINOR);

    assertAccepted(half.code());
    assertHears(user.phone(), half, Ending.APPROVED, ReasonClass.NONE);
    assertHears(shop.till(), bill, Ending.APPROVED, ReasonClass.NONE);
    assertThat(user.balance()).isEqualTo(OPENING_MINOR - 12_00);
    assertThat(shop.balance()).isEqualTo(12_00);
    assertThat(office().transaction(bill.number()).path("halves")).hasSize(2);
    assertPays(user, shop, 1_00);
    entriesInBalancedBooks();
  }

  private static void assertAccepted(String code) {
    assertThat(client().post("/codes", null, Map.of("code", code)).status()).isEqualTo(202);
  }

  /** Either its shape is refused, or it is taken like a good one and then dropped. */
  private static void assertTakenOrRefused(String code) {
    Reply reply = client().post("/codes", null, Map.of("code", code));
    assertThat(reply.status()).isIn(202, 400);
    if (reply.status() == 202) {
      assertThat(reply.text()).isEqualTo("{\"state\":\"ACCEPTED\"}");
    } else {
      assertThat(reply.text("type")).isEqualTo("urn:tallystick:problem:malformed-body");
    }
  }
}

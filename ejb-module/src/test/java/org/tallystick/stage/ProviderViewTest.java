package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.Answer;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.TestDevice;
import org.tallystick.codec.Cbor;
import org.tallystick.receipt.Receipt;

/**
 * Property 7: all that a provider's device opens of two purchases, one by a regular and one by a
 * stranger, has nothing of either in it and nothing in common.
 */
class ProviderViewTest extends StagesCase {
  private Answer sells(TestDevice customer) {
    number = payee.nextNumber();
    SealedHalf ask = asked().seal();
    SealedHalf pay = customer.terms(number, bill).to(payee.account()).seal();
    bank.run(ask, pay);
    return bank.answer(payee, ask, number);
  }

  @Test
  void answersAndReceipts_holdNothingOfThePayer() {
    for (int visit = 0; visit < 3; visit++) {
      byte[] seen = sells(payer).encode();
      assertThat(indexOf(seen, payer.account())).as("account").isNegative();
      assertThat(indexOf(seen, payer.deviceId())).as("device").isNegative();
      assertThat(indexOf(seen, payee.account())).as("its own is there").isNotNegative();
    }
  }

  @Test
  void commitments_toTheSamePayer_areDifferentEachTime() {
    Set<ByteBuffer> commitments = new HashSet<>();
    for (int visit = 0; visit < 4; visit++) {
      byte[] commitment = receipt(sells(payer)).counterpartyCommitment();
      assertThat(commitments.add(ByteBuffer.wrap(commitment))).isTrue();
      // and nobody finds the payer by trying those he knows without the salt
      assertThat(commitment)
          .isNotEqualTo(Receipt.counterparty(new byte[16], payer.account(), payer.deviceId()));
    }
  }

  /** Strings of bytes that two visits of the regular share, a stranger's visit shares, too. */
  @Test
  void twoVisitsOfOne_shareNoMoreThanVisitsOfTwo() {
    TestDevice stranger = bank.payer(10_000);
    Set<ByteBuffer> first = strings(sells(payer));
    Set<ByteBuffer> second = strings(sells(payer));
    Set<ByteBuffer> third = strings(sells(stranger));
    Set<ByteBuffer> ofOne = new HashSet<>(first);
    ofOne.retainAll(second);
    Set<ByteBuffer> ofTwo = new HashSet<>(second);
    ofTwo.retainAll(third);
    assertThat(ofOne).isNotEmpty().isEqualTo(ofTwo);
  }

  private Set<ByteBuffer> strings(Answer answer) {
    List<byte[]> found = new ArrayList<>();
    collect(Cbor.decode(answer.encode()), found);
    collect(Cbor.decode(receipt(answer).encode()), found);
    Set<ByteBuffer> strings = new HashSet<>();
    found.forEach(bytes -> strings.add(ByteBuffer.wrap(bytes)));
    return strings;
  }

  private static void collect(Cbor item, List<byte[]> found) {
    if (item instanceof Cbor.Bytes bytes) {
      found.add(bytes.asBytes());
    } else if (item instanceof Cbor.Array array) {
      array.asArray().forEach(one -> collect(one, found));
    } else if (item instanceof Cbor.Map map) {
      map.entries().forEach(entry -> collect(entry.value(), found));
    }
  }

  private static int indexOf(byte[] in, byte[] what) {
    for (int i = 0; i + what.length <= in.length; i++) {
      if (java.util.Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    return -1;
  }
}

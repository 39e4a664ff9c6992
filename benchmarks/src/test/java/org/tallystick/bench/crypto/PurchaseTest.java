package org.tallystick.bench.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tallystick.cose.CoseSign1;

/** Both sides of a comparison do what they say. */
class PurchaseTest {
  @Test
  void seal_withAndWithoutSignature_opensAndHasOneLength() {
    Purchase signed = Purchase.of(true);
    Purchase unsigned = Purchase.of(false);
    String code = signed.seal().text();
    assertThat(signed.open(code).signed().n()).isEqualTo(Purchase.N);
    assertThat(unsigned.open(unsigned.seal().text()).signed().n()).isEqualTo(Purchase.N);
    assertThat(unsigned.seal().text()).hasSameSizeAs(code);
  }

  @Test
  void open_withSignature_refusesACodeWithoutOne() {
    String unsigned = Purchase.of(false).seal().text();
    assertThatThrownBy(() -> Purchase.of(true).open(unsigned))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shape_ofAHalf_hasTheLengthsThatTheProtocolHashesAndSeals() {
    Purchase purchase = Purchase.of(true);
    Shape shape = Shape.of(purchase);
    assertThat(shape.hmacs()).hasSize(11);
    assertThat(shape.hashes()).contains(purchase.seal().text().length());
    int payload = CoseSign1.decode(purchase.seal().half()).payload().length;
    assertThat(shape.signedBytes()).isGreaterThan(payload);
    assertThat(shape.plaintext()).isGreaterThan(purchase.seal().half().length);
  }
}

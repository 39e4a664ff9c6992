package org.tallystick.device.bill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tallystick.bill.Bill;
import org.tallystick.codec.MalformedInputException;

class NfcPayloadTest {
  private static Bill bill(int length) {
    return new Bill(new byte[length], new byte[length]);
  }

  @Test
  void message_shortAndLong_isTheSameBill() {
    for (int length : new int[] {1, 100, 124, 125, 126, 127, 400, 1_000}) {
      Bill bill = bill(length);
      byte[] message = NfcPayload.encode(bill);
      assertThat(NfcPayload.decode(message).encode())
          .as("length " + length)
          .isEqualTo(bill.encode());
    }
  }

  @Test
  void message_shortRecord_isLaidOutAsNdefSays() {
    byte[] payload = bill(10).encode();
    byte[] message = NfcPayload.encode(bill(10));
    byte[] type = "application/vnd.tallystick.bill".getBytes(StandardCharsets.US_ASCII);
    assertThat(message[0]).isEqualTo((byte) 0xD2);
    assertThat(message[1]).isEqualTo((byte) type.length);
    assertThat(message[2]).isEqualTo((byte) payload.length);
    assertThat(Arrays.copyOfRange(message, 3, 3 + type.length)).isEqualTo(type);
    assertThat(Arrays.copyOfRange(message, 3 + type.length, message.length)).isEqualTo(payload);
  }

  @Test
  void message_longRecord_hasFourLengthBytes() {
    byte[] payload = bill(400).encode();
    byte[] message = NfcPayload.encode(bill(400));
    assertThat(Arrays.copyOf(message, 6))
        .isEqualTo(
            new byte[] {
              (byte) 0xC2, 31, 0, 0, (byte) (payload.length >> 8), (byte) payload.length
            });
  }

  @Test
  void message_cutOrChanged_isRefused() {
    for (int length : new int[] {10, 400}) {
      byte[] good = NfcPayload.encode(bill(length));
      for (int cut = 0; cut < good.length; cut++) {
        byte[] bad = Arrays.copyOf(good, cut);
        assertThatThrownBy(() -> NfcPayload.decode(bad))
            .as("cut at " + cut)
            .isInstanceOf(MalformedInputException.class);
      }
      int headerAndType = good.length - bill(length).encode().length;
      for (int at = 0; at < headerAndType; at++) {
        byte[] bad = good.clone();
        bad[at] ^= 1;
        assertThatThrownBy(() -> NfcPayload.decode(bad))
            .as("changed at " + at)
            .isInstanceOf(MalformedInputException.class);
      }
      byte[] more = Arrays.copyOf(good, good.length + 1);
      assertThatThrownBy(() -> NfcPayload.decode(more)).isInstanceOf(MalformedInputException.class);
    }
  }

  @Test
  void appLink_roundTrip_isTheSameBill() {
    Bill bill = bill(120);
    assertThat(BillForms.appLink(bill)).matches("tallystick:bill/[0-9]/[A-Za-z0-9_-]+");
    assertThat(BillForms.parse(BillForms.appLink(bill)).encode()).isEqualTo(bill.encode());
    assertThatThrownBy(() -> BillForms.parse("tallystick:bill/9/" + "AAAA"))
        .isInstanceOf(MalformedInputException.class);
  }
}

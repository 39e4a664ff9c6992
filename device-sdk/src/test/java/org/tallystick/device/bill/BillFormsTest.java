package org.tallystick.device.bill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.tallystick.bill.Bill;
import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;

class BillFormsTest {
  private final Random random = new Random(42);

  private Bill bill(int signedLength, int certificateLength) {
    byte[] signed = new byte[signedLength];
    byte[] certificate = new byte[certificateLength];
    random.nextBytes(signed);
    random.nextBytes(certificate);
    return new Bill(signed, certificate);
  }

  @Test
  void qrPng_manySizes_decodesToTheSameBill() {
    for (int length = 60; length < 1_000; length += 17) {
      Bill bill = bill(length, length);
      byte[] png = QrCode.of(bill.qrText()).png();
      assertThat(QrCode.read(png)).as("length " + length).contains(bill.qrText());
      assertThat(BillForms.parse(bill.qrText()).encode()).isEqualTo(bill.encode());
    }
  }

  @Test
  void qr_longestBill_stillFits() {
    Bill longest = bill(1_500, Bill.MAX_LENGTH - 1_500 - 7);
    assertThat(longest.encode()).hasSize(Bill.MAX_LENGTH);
    assertThat(QrCode.read(QrCode.of(longest.qrText()).png())).contains(longest.qrText());
    assertThatThrownBy(() -> QrCode.of("x".repeat(3_000)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void terminal_halfBlocks_areTheSameQr() throws Exception {
    Bill bill = bill(200, 200);
    List<String> lines = QrCode.of(bill.qrText()).terminal().lines().toList();
    int width = lines.get(0).length();
    BufferedImage image =
        new BufferedImage(width * 4, lines.size() * 8, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < lines.size() * 8; y++) {
      for (int x = 0; x < width * 4; x++) {
        char c = lines.get(y / 8).charAt(x / 4);
        boolean upper = y % 8 < 4;
        boolean light = c == '█' || (upper ? c == '▀' : c == '▄');
        image.setRGB(x, y, light ? 0xFFFFFF : 0);
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    assertThat(QrCode.read(png.toByteArray())).contains(bill.qrText());
  }

  @Test
  void read_noQrInIt_isEmpty() throws Exception {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(50, 50, BufferedImage.TYPE_INT_RGB), "png", png);
    assertThat(QrCode.read(png.toByteArray())).isEmpty();
    assertThat(QrCode.read(new byte[] {1, 2, 3})).isEmpty();
  }

  @Test
  void json_roundTrip_isTheSameBill() {
    Bill bill = bill(150, 150);
    assertThat(BillForms.json(bill))
        .isEqualTo(
            "{\"tallystick\":\"bill\",\"format\":1,\"bill\":\""
                + Base64Url.encode(bill.encode())
                + "\"}");
    assertThat(BillForms.parse(" " + BillForms.json(bill) + "\n").encode())
        .isEqualTo(bill.encode());
  }

  @Test
  void json_anyOtherForm_isRefused() {
    String good = BillForms.json(bill(150, 150));
    for (String bad :
        new String[] {
          good.replace("\"format\":1", "\"format\":0"),
          good.replace("\"format\":1", "\"format\":\"1\""),
          good.replace("\"format\":1", "\"format\":1.0"),
          good.replace("\"format\":1", "\"format\":1,\"format\":1"),
          good.replace("\"format\":1", "\"format\":1,\"more\":1"),
          good.replace("\"format\":1,", ""),
          good.replace("\"bill\":\"", "\"bill\":\"="),
          good.replace("tallystick\":\"bill", "tallystick\":\"half"),
          good + "{}",
          "{",
          "[]"
        }) {
      assertThatThrownBy(() -> BillForms.parse(bad))
          .as(bad.substring(0, Math.min(50, bad.length())))
          .isInstanceOf(MalformedInputException.class);
    }
  }

  @Test
  void typable_number_comesBackFromSloppyTyping() {
    byte[] number = new byte[10];
    random.nextBytes(number);
    String text = TransactionNumber.text(number);
    String shown = BillForms.typable(text);
    assertThat(shown).matches("[0-9A-Z]{4}(-[0-9A-Z]{4}){3}-[0-9A-Z*+$%]");
    assertThat(
            BillForms.typed(" " + shown.toLowerCase(java.util.Locale.ROOT).replace('0', 'o') + " "))
        .isEqualTo(text);
    assertThatThrownBy(() -> BillForms.typed(text)).isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(() -> BillForms.typed("ABC")).isInstanceOf(MalformedInputException.class);
  }
}

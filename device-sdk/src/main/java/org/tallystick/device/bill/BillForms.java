package org.tallystick.device.bill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.tallystick.bill.Bill;
import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.device.transport.StrictJson;
import org.tallystick.format.Format;

/**
 * A bill as text: what stands in a QR, what is copied and pasted, what is typed.
 *
 * <p>Source: docs/PROTOCOL.md section 1.2; TSE-08.
 */
public final class BillForms {
  private static final int MAX_TEXT = 2 * Bill.MAX_LENGTH;
  private static final String APP_LINK = "tallystick:bill/" + Format.VERSION + "/";

  private BillForms() {}

  /** {@code {"tallystick":"bill","format":1,"bill":…}}. */
  public static String json(Bill bill) {
    return StrictJson.mapper()
        .createObjectNode()
        .put("tallystick", "bill")
        .put("format", Format.VERSION)
        .put("bill", Base64Url.encode(bill.encode()))
        .toString();
  }

  /** {@code tallystick:bill/1/…}: opens the user's app from another app or a page. */
  public static String appLink(Bill bill) {
    return APP_LINK + Base64Url.encode(bill.encode());
  }

  /**
   * B1: reads the text of a QR, an app link or the JSON form.
   *
   * @throws MalformedInputException if it is none of them
   */
  public static Bill parse(String text) {
    String trimmed = text.strip();
    if (trimmed.length() > MAX_TEXT) {
      throw new MalformedInputException("B1: too long for a bill");
    }
    if (trimmed.startsWith(APP_LINK)) {
      return Bill.decode(Base64Url.decode(trimmed.substring(APP_LINK.length())));
    }
    if (!trimmed.startsWith("{")) {
      return Bill.ofQrText(trimmed);
    }
    ObjectNode object =
        StrictJson.members(
            StrictJson.object(trimmed.getBytes(StandardCharsets.UTF_8)),
            Set.of("tallystick", "format", "bill"),
            Set.of());
    JsonNode format = object.get("format");
    if (!StrictJson.text(object, "tallystick").equals("bill")
        || !format.isInt()
        || format.intValue() != Format.VERSION) {
      throw new MalformedInputException("B1: not a bill of this format");
    }
    return Bill.decode(Base64Url.decode(StrictJson.text(object, "bill")));
  }

  /** A number for the eye and the keyboard: {@code ABCD-EFGH-JKMN-PQRS-T}. */
  public static String typable(String number) {
    return TransactionNumber.typable(number);
  }

  /**
   * The canonical number of what was typed.
   *
   * @throws MalformedInputException if it is no number
   */
  public static String typed(String text) {
    return TransactionNumber.typed(text.strip());
  }
}

package org.tallystick.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Base64Url;
import org.tallystick.enrolment.Activation;

/** Base64url and Crockford base32, section 1.2. */
final class TextVectors {
  private static final String MALFORMED = "malformed";

  private TextVectors() {}

  static List<JsonNode> all(ExamplePayment payment) {
    List<JsonNode> all = new ArrayList<>();
    for (int length : new int[] {0, 1, 2, 3, 17, 32}) {
      byte[] bytes = Fixed.bytes("base64url", Math.max(1, length));
      byte[] cut = java.util.Arrays.copyOf(bytes, length);
      all.add(
          Vector.of("base64url", length + " bytes")
              .hex("bytes", cut)
              .text("text", Base64Url.encode(cut))
              .node());
    }
    bad(all, "base64url-bad", "padded", "AA==");
    bad(all, "base64url-bad", "spare bits set, 1 byte", "AB");
    bad(all, "base64url-bad", "spare bits set, 2 bytes", "AAB");
    bad(all, "base64url-bad", "one symbol", "A");
    bad(all, "base64url-bad", "five symbols", "AAAAA");
    bad(all, "base64url-bad", "alphabet of base64", "+/+/");
    bad(all, "base64url-bad", "space", "AA AA");
    bad(all, "base64url-bad", "line feed at the end", "AAAA\n");
    bad(all, "base64url-bad", "letter outside ASCII", "AAAÄ");
    numbers(all);
    activations(all, payment.payer.activation);
    return all;
  }

  private static void numbers(List<JsonNode> all) {
    byte[][] numbers = {
      new byte[10], Fixed.bytes("number", 10), Cose.flipped(new byte[10], 9), filled(10)
    };
    for (byte[] number : numbers) {
      String text = TransactionNumber.text(number);
      all.add(Vector.of("number", text).hex("bytes", number).text("text", text).node());
    }
    String good = TransactionNumber.text(Fixed.bytes("number", 10));
    String typable = TransactionNumber.typable(good);
    String unlucky = TransactionNumber.typable("0110123456789ABC");
    String[][] typed = {
      {"as shown", typable, good},
      {"lower case", typable.toLowerCase(Locale.ROOT), good},
      {"no hyphens", typable.replace("-", ""), good},
      {"spaces", typable.replace('-', ' '), good},
      {"O for 0, I and L for 1", unlucky.replaceFirst("0110", "OIL0"), "0110123456789ABC"},
    };
    for (String[] one : typed) {
      all.add(Vector.of("number-typed", one[0]).text("text", one[1]).text("number", one[2]).node());
      bad(all, "number-bad", "not canonical: " + one[0], one[1]);
    }
    bad(all, "number-typed-bad", "no check symbol", good);
    bad(
        all,
        "number-typed-bad",
        "symbol changed",
        (good.startsWith("A") ? "B" : "A") + typable.substring(1));
    bad(all, "number-typed-bad", "symbol too many", "0" + typable);
    for (String symbol : List.of("*", "+", "$", "%", "U")) {
      String of = numberWith(symbol);
      all.add(
          Vector.of("number-typed", "check symbol " + symbol)
              .text("text", TransactionNumber.typable(of))
              .text("number", of)
              .node());
    }
    bad(all, "number-bad", "15 symbols", good.substring(1));
    bad(all, "number-bad", "17 symbols", good + "0");
    bad(all, "number-bad", "the letter U", "U" + good.substring(1));
    bad(all, "number-bad", "empty", "");
  }

  /** The first number after a fixed one that has this check symbol. */
  private static String numberWith(String symbol) {
    byte[] bytes = Fixed.bytes("number with check symbol", 10);
    for (int i = 0; i < 256; i++) {
      bytes[9] = (byte) i;
      String text = TransactionNumber.text(bytes);
      if (TransactionNumber.typable(text).endsWith(symbol)) {
        return text;
      }
    }
    throw new IllegalStateException("37 numbers in a row have 37 check symbols");
  }

  private static void activations(List<JsonNode> all, Activation activation) {
    String good = activation.text();
    ArrayNode typed = JsonNodeFactory.instance.arrayNode();
    typed.add(good.toLowerCase(Locale.ROOT));
    typed.add(good.replaceAll("(.{6})", "$1-"));
    typed.add(good.replace('0', 'o').replace('1', 'l'));
    all.add(
        Vector.of("activation", "the payer's activation")
            .hex("enrolmentId", activation.enrolmentId())
            .hex("activationCode", activation.code().reveal())
            .hex("fingerprint", activation.fingerprint())
            .text("text", good)
            .json("typed", typed)
            .node());
    char other = good.charAt(9) == 'A' ? 'B' : 'A';
    bad(all, "activation-bad", "symbol changed", good.substring(0, 9) + other + good.substring(10));
    bad(all, "activation-bad", "two symbols swapped", swapped(good));
    bad(all, "activation-bad", "no check symbol", good.substring(0, 77));
    bad(all, "activation-bad", "check symbol changed", changedCheck(good));
    bad(all, "activation-bad", "spare bit set", "Z" + good.substring(1));
    bad(all, "activation-bad", "symbol too many", "0" + good);
    bad(all, "activation-bad", "empty", "");
  }

  private static String swapped(String good) {
    for (int i = 1; i < 76; i++) {
      if (good.charAt(i) != good.charAt(i + 1)) {
        return good.substring(0, i) + good.charAt(i + 1) + good.charAt(i) + good.substring(i + 2);
      }
    }
    throw new IllegalStateException("all symbols are the same");
  }

  private static String changedCheck(String good) {
    return good.substring(0, 77) + (good.charAt(77) == '*' ? '+' : '*');
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    java.util.Arrays.fill(bytes, (byte) 0xff);
    return bytes;
  }

  private static void bad(List<JsonNode> all, String kind, String name, String text) {
    all.add(Vector.of(kind, name).text("text", text).refused(MALFORMED));
  }
}

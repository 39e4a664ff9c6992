package org.tallystick.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.tallystick.codec.Cbor;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.Format;
import org.tallystick.format.Suite;

/** Section 1.1: external AAD and COSE_Sign1 in every context that it must not be moved to. */
final class SignatureVectors {
  static final List<String> TYPES =
      List.of(
          "keys",
          "bind",
          "binding",
          "certificate",
          "certificate-request",
          "bill",
          "half",
          "answer",
          "receipt",
          "request",
          "reply",
          "notice",
          "countersign",
          "agreement");

  private static final String NUMBER = "0123456789ABCDEF";
  private static final String ACCOUNT = "AQAAAAAAAAAAAAAAAAAAAAA";
  private static final String MALFORMED = "malformed";
  private static final String SIGNATURE = "signature";

  private final byte[] scalar = Fixed.bytes("signature key", 32);
  private final SigningKey key = SigningKey.ofScalar(scalar);
  private final byte[] payload = Cbor.map().put(1, Cbor.of(Format.VERSION)).build().encode();
  private final List<JsonNode> all = new ArrayList<>();

  static List<JsonNode> all() {
    return new SignatureVectors().made();
  }

  private List<JsonNode> made() {
    for (String type : TYPES) {
      all.add(
          context(Vector.of("aad", type), type, "TL", NUMBER, ACCOUNT)
              .hex("aad", Format.aad(type, Suite.CLASSIC, "TL", NUMBER, ACCOUNT))
              .node());
    }
    all.add(
        context(Vector.of("aad", "outside any transaction"), "keys", "ZZ", "", "")
            .hex("aad", Format.aad("keys", Suite.CLASSIC, "ZZ", "", ""))
            .node());
    all.add(
        context(Vector.of("aad", "suite 2"), "half", "TL", NUMBER, ACCOUNT)
            .suite(Suite.HYBRID)
            .hex("aad", Format.aad("half", Suite.HYBRID, "TL", NUMBER, ACCOUNT))
            .node());
    for (String type : TYPES) {
      all.add(good(type));
    }
    moved();
    broken();
    return all;
  }

  private static Vector context(
      Vector vector, String type, String consortium, String number, String account) {
    return vector
        .suite(Suite.CLASSIC)
        .text("type", type)
        .text("consortium", consortium)
        .text("number", number)
        .text("account", account);
  }

  private CoseSign1 signed(String type) {
    return CoseSign1.sign(
        key, Format.typ(type), Format.aad(type, Suite.CLASSIC, "TL", NUMBER, ACCOUNT), payload);
  }

  private JsonNode good(String type) {
    CoseSign1 signed = signed(type);
    byte[] aad = Format.aad(type, Suite.CLASSIC, "TL", NUMBER, ACCOUNT);
    return context(Vector.of("sign1", type), type, "TL", NUMBER, ACCOUNT)
        .hex("scalar", scalar)
        .hex("public", key.verificationKey().compressed())
        .hex("payload", payload)
        .hex("aad", aad)
        .hex("protected", signed.protectedBytes())
        .hex("sigStructure", Cose.sigStructure(signed, aad))
        .hex("signature", signed.signature())
        .hex("sign1", signed.encoded())
        .node();
  }

  private void bad(String name, byte[] sign1, String[] context, SigningKey by, String refusal) {
    all.add(
        context(Vector.of("sign1-bad", name), context[0], context[1], context[2], context[3])
            .hex("public", by.verificationKey().compressed())
            .hex("sign1", sign1)
            .refused(refusal));
  }

  private static String[] half() {
    return new String[] {"half", "TL", NUMBER, ACCOUNT};
  }

  /** Good signatures where they do not belong. */
  private void moved() {
    byte[] half = signed("half").encoded();
    for (String type : TYPES) {
      if (!type.equals("half")) {
        bad("half presented as " + type, half, context(type), key, SIGNATURE);
      }
    }
    String number = "0123456789ABCDEG";
    String account = "AQAAAAAAAAAAAAAAAAAAAAE";
    bad("moved to another consortium", half, with(1, "TM"), key, SIGNATURE);
    bad("moved to another transaction", half, with(2, number), key, SIGNATURE);
    bad("moved to no transaction", half, with(2, ""), key, SIGNATURE);
    bad("moved to another account field", half, with(3, account), key, SIGNATURE);
    bad("number and account swapped", half, swapped(), key, SIGNATURE);
    bad("another key", half, half(), Fixed.signing("another key"), SIGNATURE);
    byte[] typed =
        CoseSign1.sign(
                key, "ts/bill", Format.aad("half", Suite.CLASSIC, "TL", NUMBER, ACCOUNT), payload)
            .encoded();
    bad("wrong typ under the right external data", typed, half(), key, SIGNATURE);
    byte[] bare =
        CoseSign1.sign(
                key, "half", Format.aad("half", Suite.CLASSIC, "TL", NUMBER, ACCOUNT), payload)
            .encoded();
    bad("typ without its prefix", bare, half(), key, SIGNATURE);
    byte[] noAad = CoseSign1.sign(key, "ts/half", new byte[0], payload).encoded();
    bad("signed without external data", noAad, half(), key, SIGNATURE);
  }

  private static String[] context(String type) {
    return new String[] {type, "TL", NUMBER, ACCOUNT};
  }

  private static String[] with(int place, String value) {
    String[] context = half();
    context[place] = value;
    return context;
  }

  private static String[] swapped() {
    return new String[] {"half", "TL", ACCOUNT, NUMBER};
  }

  private void broken() {
    CoseSign1 good = signed("half");
    byte[] encoded = good.encoded();
    byte[] header = good.protectedBytes();
    Cbor none = Cbor.map().build();
    byte[] zeros = new byte[64];
    bad("last byte of the signature flipped", Cose.flipped(encoded, -1), half(), key, SIGNATURE);
    bad("high s", Cose.highS(encoded), half(), key, SIGNATURE);
    bad("signature of zeros", remade(header, none, zeros), half(), key, SIGNATURE);
    byte[] payloadFlipped = Cose.sign1(header, none, Cose.flipped(payload, -1), good.signature());
    bad("payload flipped", payloadFlipped, half(), key, SIGNATURE);
    bad("trailing byte", Cose.with(encoded, 0), half(), key, MALFORMED);
    bad("tagged", Cose.after(encoded, 0xd2), half(), key, MALFORMED);
    byte[] indefinite = Cose.with(encoded, 0xff);
    indefinite[0] = (byte) 0x9f;
    bad("indefinite length", indefinite, half(), key, MALFORMED);
    bad("63 bytes of signature", remade(header, none, new byte[63]), half(), key, MALFORMED);
    bad("65 bytes of signature", remade(header, none, new byte[65]), half(), key, MALFORMED);
    Cbor kid = Cbor.map().put(4, Cbor.of(new byte[8])).build();
    bad("unprotected header", remade(header, kid, good.signature()), half(), key, MALFORMED);
    byte[] three = Cbor.array(Cbor.of(header), none, Cbor.of(payload)).encode();
    bad("three parts", three, half(), key, MALFORMED);
    bad("not an array", Cbor.of(encoded).encode(), half(), key, MALFORMED);
    bad("empty", new byte[0], half(), key, MALFORMED);
    header("algorithm ES384", Cbor.map().put(1, Cbor.of(-35)).put(16, Cbor.of("ts/half")).build());
    header("no algorithm", Cbor.map().put(16, Cbor.of("ts/half")).build());
    header("no typ", Cbor.map().put(1, Cbor.of(-7)).build());
    header("empty typ", Cbor.map().put(1, Cbor.of(-7)).put(16, Cbor.of("")).build());
    header("typ as a number", Cbor.map().put(1, Cbor.of(-7)).put(16, Cbor.of(1)).build());
    header(
        "unknown protected header",
        Cbor.map()
            .put(1, Cbor.of(-7))
            .put(4, Cbor.of(new byte[8]))
            .put(16, Cbor.of("ts/half"))
            .build());
    byte[] reordered = {(byte) 0xa2, 0x10, 0x67, 't', 's', '/', 'h', 'a', 'l', 'f', 0x01, 0x26};
    signedHeader("protected header out of order", reordered);
    signedHeader("empty protected header", new byte[0]);
  }

  private byte[] remade(byte[] header, Cbor unprotected, byte[] signature) {
    return Cose.sign1(header, unprotected, payload, signature);
  }

  private void header(String name, Cbor header) {
    signedHeader(name, header.encode());
  }

  /** Rightly signed over a header that is refused. */
  private void signedHeader(String name, byte[] header) {
    byte[] aad = Format.aad("half", Suite.CLASSIC, "TL", NUMBER, ACCOUNT);
    byte[] structure =
        Cbor.array(Cbor.of("Signature1"), Cbor.of(header), Cbor.of(aad), Cbor.of(payload)).encode();
    bad(name, remade(header, Cbor.map().build(), key.sign(structure)), half(), key, MALFORMED);
  }
}

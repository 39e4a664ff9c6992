package org.tallystick.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.Format;
import org.tallystick.format.SignatureRefusedException;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.sequencer.OneTimeKeys;

/**
 * Property 6: a valid COSE_Sign1, wrapped again under each changed clear field, passes nowhere but
 * where it was made for.
 */
class RewrappedSignatureTest {
  private static final String NUMBER = "0123456789ABCDEF";
  private static final String OTHER_NUMBER = "FEDCBA9876543210";
  private static final List<String> TYPES =
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
  private static final byte[] PAYLOAD = {(byte) 0xa0};

  private final TestParty payer = new TestParty(Role.PAYER);
  private final SigningKey key = SigningKey.generate(payer.random);

  private boolean holds(byte[] sign1, String type, String place, String number, String account) {
    try {
      Signed.payload(sign1, key.verificationKey(), type, Suite.CLASSIC, place, number, account);
      return true;
    } catch (SignatureRefusedException refused) {
      return false;
    }
  }

  @Test
  void signature_presentedUnderAnyOtherPlace_isRefused() {
    for (String type : TYPES) {
      byte[] sign1 = Signed.sign(key, type, Suite.CLASSIC, "TL", NUMBER, "account", PAYLOAD);
      assertThat(holds(sign1, type, "TL", NUMBER, "account")).as(type).isTrue();
      assertThat(holds(sign1, type, "TM", NUMBER, "account")).as("consortium").isFalse();
      assertThat(holds(sign1, type, "TL", OTHER_NUMBER, "account")).as("number").isFalse();
      assertThat(holds(sign1, type, "TL", "", "account")).as("no number").isFalse();
      assertThat(holds(sign1, type, "TL", NUMBER, "accounT")).as("account").isFalse();
      assertThat(holds(sign1, type, "TL", NUMBER, "")).as("no account").isFalse();
      // neighbours must not flow into each other
      assertThat(holds(sign1, type, "TL", NUMBER + "account", "")).as("shifted").isFalse();
    }
  }

  @Test
  void signature_presentedAsAnyOtherType_isRefused() {
    for (String made : TYPES) {
      byte[] sign1 = Signed.sign(key, made, Suite.CLASSIC, "TL", NUMBER, "", PAYLOAD);
      for (String other : TYPES) {
        assertThat(holds(sign1, other, "TL", NUMBER, ""))
            .as("%s as %s", made, other)
            .isEqualTo(made.equals(other));
      }
    }
  }

  /** The payload and its signature under the header of another type: two rules refuse it. */
  @Test
  void payload_movedIntoTheHeaderOfAnotherType_isRefused() {
    for (String made : TYPES) {
      CoseSign1 good =
          CoseSign1.decode(Signed.sign(key, made, Suite.CLASSIC, "TL", NUMBER, "", PAYLOAD));
      for (String other : TYPES) {
        if (!other.equals(made)) {
          byte[] header =
              Cbor.map().put(1, Cbor.of(-7)).put(16, Cbor.of(Format.typ(other))).build().encode();
          byte[] moved = assemble(header, good.payload(), good.signature());
          assertThat(holds(moved, other, "TL", NUMBER, "")).as("as %s", other).isFalse();
          assertThat(holds(moved, made, "TL", NUMBER, "")).as("as %s", made).isFalse();
        }
      }
    }
  }

  /** Who signs under the context of one type and names another in the header gains nothing. */
  @Test
  void signature_whoseContextAndHeaderDisagree_isRefused() {
    for (String context : TYPES) {
      for (String named : TYPES) {
        byte[] sign1 =
            CoseSign1.sign(
                    key,
                    Format.typ(named),
                    Format.aad(context, Suite.CLASSIC, "TL", NUMBER, ""),
                    PAYLOAD)
                .encoded();
        boolean same = context.equals(named);
        assertThat(holds(sign1, named, "TL", NUMBER, "")).as("header").isEqualTo(same);
        assertThat(holds(sign1, context, "TL", NUMBER, "")).as("context").isEqualTo(same);
      }
    }
  }

  /** Index in the AAD: 2 version, 3 suite, 4 recipient consortium, 5 transaction consortium. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void signature_underAContextWithOneItemChanged_isRefused(int changed) {
    for (String type : TYPES) {
      assertThat(holds(underContext(type, changed), type, "TL", NUMBER, "account"))
          .as("%s, item %d", type, changed)
          .isFalse();
    }
  }

  @Test
  void signature_underTheContextSpelledOut_holds() {
    for (String type : TYPES) {
      assertThat(holds(underContext(type, -1), type, "TL", NUMBER, "account")).as(type).isTrue();
    }
  }

  private byte[] underContext(String type, int changed) {
    List<Cbor> items =
        new ArrayList<>(
            List.of(
                Cbor.of("tallystick"),
                Cbor.of(type),
                Cbor.of(Format.VERSION),
                Suite.CLASSIC.toCbor(),
                Cbor.of("TL"),
                Cbor.of("TL"),
                Cbor.of(NUMBER),
                Cbor.of("account")));
    if (changed >= 0) {
      boolean number = changed == 2 || changed == 3;
      items.set(changed, number ? Cbor.of(9) : Cbor.of("XX"));
    }
    return CoseSign1.sign(key, Format.typ(type), Cbor.array(items).encode(), PAYLOAD).encoded();
  }

  /** A thief of the chain, but not of the key, seals a good half again under other clear fields. */
  @Test
  void half_sealedAgainUnderOtherClearFields_isCompromised() {
    String otherAccount = Base64Url.encode(payer.aliasKey.alias(5, payer.random));
    assertThat(reopened("TL", NUMBER, null)).isInstanceOf(OpenResult.Opened.class);
    assertThat(reopened("TL", OTHER_NUMBER, null)).satisfies(RewrappedSignatureTest::isForged);
    assertThat(reopened("TM", NUMBER, null)).satisfies(RewrappedSignatureTest::isForged);
    assertThat(reopened("TL", NUMBER, otherAccount)).satisfies(RewrappedSignatureTest::isForged);
  }

  private static void isForged(OpenResult result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            OpenResult.Compromised.class, bad -> assertThat(bad.step()).isEqualTo("O7"));
  }

  private OpenResult reopened(String consortium, String number, String account) {
    DeviceSequence at = payer.device;
    SealedHalf good =
        payer.sealer.seal(at, payer.terms(), payer.aliasKey.alias(5, payer.random), TestParty.NOW);
    String own = Code.parse(good.text()).account();
    try (OneTimeKeys keys = at.keys(payer.binding)) {
      Code.Content content = Code.Content.decode(Code.parse(good.text()).open(keys).orElseThrow());
      return payer.open(
          Code.seal(keys, consortium, number, account == null ? own : account, content));
    }
  }

  /** What else the device has signed does not pass for a half. */
  @Test
  void half_replacedByAnotherSignatureOfTheSameKey_isCompromised() {
    for (String type : TYPES) {
      TestParty device = new TestParty(Role.PAYER);
      DeviceSequence at = device.device;
      byte[] alias = device.aliasKey.alias(5, device.random);
      SealedHalf good = device.sealer.seal(at, device.terms(), alias, TestParty.NOW);
      String account = Base64Url.encode(alias);
      byte[] payload = CoseSign1.decode(good.half()).payload();
      byte[] other = Signed.sign(device.key, type, Suite.CLASSIC, "TL", NUMBER, account, payload);
      try (OneTimeKeys keys = at.keys(device.binding)) {
        Code.Content content =
            Code.Content.decode(Code.parse(good.text()).open(keys).orElseThrow());
        OpenResult result =
            device.open(
                Code.seal(
                    keys, "TL", NUMBER, account, new Code.Content(other, content.privateMap())));
        if (type.equals("half")) {
          assertThat(result).isInstanceOf(OpenResult.Opened.class);
        } else {
          assertThat(result).as(type).satisfies(RewrappedSignatureTest::isForged);
        }
      }
    }
  }

  @Test
  void signature_ofAnotherKey_isRefused() {
    byte[] sign1 = Signed.sign(payer.key, "half", Suite.CLASSIC, "TL", NUMBER, "", PAYLOAD);
    assertThatThrownBy(
            () ->
                Signed.payload(
                    sign1, key.verificationKey(), "half", Suite.CLASSIC, "TL", NUMBER, ""))
        .isInstanceOf(SignatureRefusedException.class);
  }

  private static byte[] assemble(byte[] header, byte[] payload, byte[] signature) {
    return Cbor.array(Cbor.of(header), Cbor.map().build(), Cbor.of(payload), Cbor.of(signature))
        .encode();
  }
}

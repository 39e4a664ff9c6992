package org.tallystick.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tallystick.code.Code;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.cose.CoseEncrypt0;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.Sealed;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.sequencer.EpochRoot;

/** R1, R4 and R5: a request opens for its own device alone, and any change makes it nothing. */
class SealedRequestTest {
  private final TestExchange device = new TestExchange(Suite.CLASSIC);

  @TestFactory
  List<DynamicTest> open_eachKindInEachSuite_givesWhatWasAsked() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Suite suite : Suite.values()) {
      TestExchange of = new TestExchange(suite);
      for (RequestArguments asked : Examples.arguments(suite)) {
        tests.add(
            DynamicTest.dynamicTest(
                asked.kind() + " " + suite,
                () -> {
                  SentRequest sent = of.send(asked);
                  OpenedRequest opened = of.open(sent.text()).orElseThrow();
                  assertThat(sent.text()).hasSizeLessThan(SealedRequest.MAX_LENGTH);
                  assertThat(opened.body().knownKind()).contains(asked.kind());
                  assertThat(opened.body().epoch()).isEqualTo(4);
                  assertThat(
                          RequestArguments.decode(asked.kind(), opened.body().arguments()).encode())
                      .isEqualTo(asked.encode());
                  assertThat(opened.replyTo().requestHash()).isEqualTo(sent.hash());
                  assertThat(opened.replyTo().replyRoot()).isEqualTo(sent.replyRoot());
                }));
      }
    }
    return tests;
  }

  private SentRequest status() {
    return device.send(new RequestArguments.Status(List.of()));
  }

  private static String with(String text, int field, String value) {
    String[] fields = text.split("::", -1);
    fields[field] = value;
    return String.join("::", fields);
  }

  private static String withHeader(String text, long label, Cbor value) {
    CoseEncrypt0 good = SealedRequest.parse(text).sealed();
    Cbor.MapBuilder headers = Cbor.map();
    for (Cbor.Entry entry : good.headers().entries()) {
      if (entry.key().asLong() != label) {
        headers.put(entry.key().asLong(), entry.value());
      }
    }
    byte[] header = headers.putIfPresent(label, value).build().encode();
    byte[] sealed =
        Cbor.array(Cbor.of(header), Cbor.map().build(), Cbor.of(good.ciphertext())).encode();
    return with(text, 3, Base64Url.encode(sealed));
  }

  @Test
  void open_withAnyHeaderChanged_opensNothing() {
    String text = status().text();
    assertThat(device.open(text)).isPresent();
    assertThat(device.open(withHeader(text, 5, Cbor.of(new byte[12])))).isEmpty();
    assertThat(device.open(withHeader(text, Code.SUITE_LABEL, Cbor.of(2)))).isEmpty();
    assertThat(device.open(withHeader(text, SealedRequest.NONCE_LABEL, Cbor.of(new byte[16]))))
        .isEmpty();
    assertThat(device.open(withHeader(text, SealedRequest.CHALLENGE_LABEL, Cbor.of(new byte[32]))))
        .isEmpty();
    assertThat(device.open(withHeader(text, SealedRequest.BLOCKS_LABEL, Cbor.of(8)))).isEmpty();
    assertThat(device.open(with(text, 2, Base64Url.encode(device.alias())))).isEmpty();
    assertThat(device.open(with(text, 0, "TM"))).isEmpty();
  }

  @Test
  void parse_anyOtherShape_isMalformed() {
    String text = status().text();
    List<String> wrong =
        List.of(
            "",
            text + "::",
            text.replaceFirst("::", ":"),
            text.substring(0, text.lastIndexOf("::")),
            with(text, 0, "tl"),
            with(text, 1, "request"),
            with(text, 1, "0123456789ABCDEF"),
            with(text, 2, Base64Url.encode(new byte[16])),
            text + "=",
            text + "A".repeat(SealedRequest.MAX_LENGTH),
            withHeader(text, 1, Cbor.of(1)),
            withHeader(text, 5, Cbor.of(new byte[11])),
            withHeader(text, 4, Cbor.of(new byte[8])),
            withHeader(text, Code.SUITE_LABEL, Cbor.of(3)),
            withHeader(text, Code.SUITE_LABEL, null),
            withHeader(text, SealedRequest.NONCE_LABEL, Cbor.of(new byte[15])),
            withHeader(text, SealedRequest.NONCE_LABEL, null),
            withHeader(text, SealedRequest.CHALLENGE_LABEL, Cbor.of(new byte[31])),
            withHeader(text, SealedRequest.CHALLENGE_LABEL, null),
            withHeader(text, SealedRequest.BLOCKS_LABEL, Cbor.of(0)),
            withHeader(text, SealedRequest.BLOCKS_LABEL, Cbor.of(9)),
            withHeader(text, SealedRequest.BLOCKS_LABEL, null));
    for (String one : wrong) {
      assertThatThrownBy(() -> SealedRequest.parse(one))
          .as(one)
          .isInstanceOf(MalformedInputException.class);
    }
    assertThatThrownBy(() -> Code.parse(text)).isInstanceOf(MalformedInputException.class);
  }

  @Test
  void open_anyFlippedCharacter_opensNothing() {
    String text = status().text();
    for (int i = 0; i < text.length(); i++) {
      String flipped =
          text.substring(0, i) + (text.charAt(i) == 'A' ? 'B' : 'A') + text.substring(i + 1);
      try {
        assertThat(device.open(flipped)).as("character " + i).isEmpty();
      } catch (MalformedInputException malformed) {
        assertThat(malformed.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void open_underTheRootBefore_saysWhichEpoch() {
    SentRequest old =
        device
            .sealer()
            .seal(
                device.before,
                device.challenge,
                device.alias(),
                new RequestArguments.DrawNumber(),
                TestExchange.NOW);
    assertThat(device.open(old.text()).orElseThrow().body().epoch()).isEqualTo(3);
    assertThat(device.opener(device.newest).open(SealedRequest.parse(old.text()))).isEmpty();
  }

  @Test
  void open_underAnotherRootOrEpoch_opensNothing() {
    String text = status().text();
    EpochRoot other = new EpochRoot(4, Secret.random(device.random, 32));
    EpochRoot renumbered = new EpochRoot(5, device.newest.root());
    assertThat(device.opener(other).open(SealedRequest.parse(text))).isEmpty();
    assertThat(device.opener(renumbered).open(SealedRequest.parse(text))).isEmpty();
  }

  @Test
  void open_forAnotherDeviceOrKeyOrConsortium_opensNothing() {
    SealedRequest request = SealedRequest.parse(status().text());
    List<EpochRoot> roots = List.of(device.newest);
    byte[] id = device.binding.deviceId();
    assertThat(
            new RequestOpener(
                    "TL", Suite.CLASSIC, new byte[16], device.deviceKey.verificationKey(), roots)
                .open(request))
        .isEmpty();
    assertThat(
            new RequestOpener(
                    "TL",
                    Suite.CLASSIC,
                    id,
                    SigningKey.generate(device.random).verificationKey(),
                    roots)
                .open(request))
        .isEmpty();
    assertThat(
            new RequestOpener("TM", Suite.CLASSIC, id, device.deviceKey.verificationKey(), roots)
                .open(request))
        .isEmpty();
  }

  /** Who holds the root alone seals well, and signs for nobody. */
  private String sealed(RequestBody body, SigningKey signer, String signedAccount) {
    byte[] nonce = new byte[16];
    String account = Base64Url.encode(new byte[17]);
    try (RequestKeys keys =
            RequestKeys.derive(
                device.newest, device.challenge, nonce, Suite.CLASSIC, device.binding.deviceId());
        Sealed seal = keys.seal()) {
      byte[] signed =
          Signed.sign(signer, "request", Suite.CLASSIC, "TL", "", signedAccount, body.encode());
      byte[] sealed =
          seal.seal(
              SealedRequest.headers(keys, device.challenge, 1),
              SealedRequest.aad(Suite.CLASSIC, "TL", account),
              signed);
      return String.join("::", "TL", "REQUEST", account, Base64Url.encode(sealed));
    }
  }

  private RequestBody body(byte[] deviceId, long epoch, byte[] challenge) {
    return new RequestBody(
        deviceId, epoch, 7, challenge, TestExchange.NOW, Cbor.map().build().encode());
  }

  @Test
  void open_sealedWellButSignedElse_opensNothing() {
    byte[] id = device.binding.deviceId();
    RequestBody good = body(id, 4, device.challenge);
    String account = Base64Url.encode(new byte[17]);
    SigningKey key = device.deviceKey;
    assertThat(device.open(sealed(good, key, account))).isPresent();
    assertThat(device.open(sealed(good, SigningKey.generate(device.random), account))).isEmpty();
    assertThat(device.open(sealed(good, key, Base64Url.encode(device.alias())))).isEmpty();
    assertThat(device.open(sealed(body(new byte[16], 4, device.challenge), key, account)))
        .isEmpty();
    assertThat(device.open(sealed(body(id, 3, device.challenge), key, account))).isEmpty();
    assertThat(device.open(sealed(body(id, 4, new byte[32]), key, account))).isEmpty();
  }

  @Test
  void open_kindThatNobodyKnows_isLeftToTheReply() {
    RequestBody unknown =
        new RequestBody(
            device.binding.deviceId(),
            4,
            99,
            device.challenge,
            TestExchange.NOW,
            Cbor.map().build().encode());
    String text = sealed(unknown, device.deviceKey, Base64Url.encode(new byte[17]));
    assertThat(device.open(text).orElseThrow().body().knownKind()).isEmpty();
  }

  @Test
  void seal_twice_sharesNeitherNonceNorKeys() {
    SentRequest one = status();
    SentRequest two = status();
    assertThat(SealedRequest.parse(one.text()).nonce())
        .isNotEqualTo(SealedRequest.parse(two.text()).nonce());
    assertThat(one.replyRoot()).isNotEqualTo(two.replyRoot());
    assertThat(one.hash()).isNotEqualTo(two.hash());
  }

  @Test
  void seal_sameNonceForOtherArguments_stillHasAnotherIv() {
    byte[] id = device.binding.deviceId();
    String account = Base64Url.encode(new byte[17]);
    String one = sealed(body(id, 4, device.challenge), device.deviceKey, account);
    String two =
        sealed(
            new RequestBody(id, 4, 7, device.challenge, 1, Cbor.map().build().encode()),
            device.deviceKey,
            account);
    assertThat(SealedRequest.parse(one).nonce()).isEqualTo(SealedRequest.parse(two).nonce());
    assertThat(SealedRequest.parse(one).sealed().iv())
        .isNotEqualTo(SealedRequest.parse(two).sealed().iv());
  }

  @Test
  void text_inTheClear_holdsNoIdentifier() {
    String text = status().text();
    String latin =
        new String(Base64Url.decode(text.split("::", -1)[3]), StandardCharsets.ISO_8859_1);
    assertThat(latin)
        .doesNotContain(new String(device.binding.deviceId(), StandardCharsets.ISO_8859_1));
  }
}

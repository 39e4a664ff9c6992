package org.tallystick.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.SignatureRefusedException;
import org.tallystick.format.Suite;
import org.tallystick.pin.PinVerifier;
import org.tallystick.sequencer.NumberAt;

/** Arguments and results of each kind: one encoding each, and nothing beside it. */
class RequestArgumentsTest {
  /** Absent where no agreement waits (PROTOCOL 10, kind 1). */
  private static final long STATUS_AGREEMENT = 12;

  private final TestExchange device = new TestExchange(Suite.CLASSIC);

  @Test
  void decode_withAMemberTooMany_isMalformed() {
    for (Suite suite : Suite.values()) {
      for (RequestArguments one : Examples.arguments(suite)) {
        Cbor.Map more = with(one.toCbor(), 99, Cbor.of(0));
        assertThatThrownBy(() -> RequestArguments.decode(one.kind(), more.encode()))
            .as(one.kind().toString())
            .isInstanceOf(MalformedInputException.class);
        Cbor.Map result = with(Examples.longestResult(one.kind(), suite).toCbor(), 99, Cbor.of(0));
        assertThatThrownBy(() -> RequestResult.decode(one.kind(), result.encode()))
            .as("result of " + one.kind())
            .isInstanceOf(MalformedInputException.class);
      }
    }
  }

  @Test
  void decode_withAnyMemberMissingOrOfAnotherType_isMalformed() {
    for (RequestArguments one : Examples.arguments(Suite.HYBRID)) {
      refusesWithout(one.toCbor(), Set.of(), bytes -> RequestArguments.decode(one.kind(), bytes));
      refusesWithout(
          Examples.longestResult(one.kind(), Suite.HYBRID).toCbor(),
          one.kind() == RequestKind.STATUS ? Set.of(STATUS_AGREEMENT) : Set.of(),
          bytes -> RequestResult.decode(one.kind(), bytes));
    }
  }

  private interface Reading {
    Object read(byte[] bytes);
  }

  private static void refusesWithout(Cbor.Map good, Set<Long> mayBeAbsent, Reading reading) {
    for (Cbor.Entry entry : good.entries()) {
      long key = entry.key().asLong();
      byte[] without = with(good, key, null).encode();
      if (mayBeAbsent.contains(key)) {
        assertThatCode(() -> reading.read(without)).doesNotThrowAnyException();
      } else {
        assertThatThrownBy(() -> reading.read(without)).isInstanceOf(MalformedInputException.class);
      }
      assertThatThrownBy(() -> reading.read(with(good, key, Cbor.of(true)).encode()))
          .isInstanceOf(MalformedInputException.class);
    }
  }

  private static Cbor.Map with(Cbor.Map map, long key, Cbor value) {
    Cbor.MapBuilder builder = Cbor.map();
    for (Cbor.Entry entry : map.entries()) {
      if (entry.key().asLong() != key) {
        builder.put(entry.key().asLong(), entry.value());
      }
    }
    return builder.putIfPresent(key, value).build();
  }

  @Test
  void arguments_outsideTheirLimits_areMalformed() {
    List<Runnable> wrong =
        List.of(
            () -> new RequestArguments.Status(Collections.nCopies(17, new NumberAt(0, 0))),
            () -> new RequestArguments.Rekey(new byte[32], null, 1, 0),
            () -> new RequestArguments.Rekey(new byte[33], new byte[1183], 1, 0),
            () -> new RequestArguments.Rekey(new byte[33], null, 0, 0),
            () -> new RequestArguments.Rekey(new byte[33], null, 1, -1),
            () -> new RequestArguments.Log(0, 1),
            () -> new RequestArguments.Log(2, 1),
            () -> new RequestArguments.Log(1, 17),
            () -> new RequestArguments.Pin(Secret.adopt(new byte[31]), new byte[32]),
            () -> new RequestArguments.Pin(Secret.adopt(new byte[32]), new byte[31]),
            () -> new RequestArguments.Lodge(new byte[2049]),
            () -> new RequestArguments.Lodge(new byte[0]),
            () -> new RequestArguments.FetchBill(new byte[9]),
            () -> new RequestArguments.NotMe(null, null),
            () -> new RequestArguments.NotMe(new byte[15], null),
            () -> new RequestArguments.NotMe(null, new byte[11]),
            () -> new RequestArguments.Countersign(new byte[513]),
            () -> new NumberAt(-1, 0));
    for (Runnable one : wrong) {
      assertThatThrownBy(one::run).isInstanceOf(MalformedInputException.class);
    }
  }

  @Test
  void result_enumsOutsideTheirRange_areMalformed() {
    Cbor.Map status = Examples.longestResult(RequestKind.STATUS, Suite.CLASSIC).toCbor();
    Cbor.Map fate = with(status, 8, Cbor.array(Cbor.array(Cbor.of(0), Cbor.of(0), Cbor.of(3))));
    Cbor.Map flag =
        with(
            status,
            10,
            Cbor.array(
                Cbor.array(Cbor.of(new byte[16]), Cbor.of(1), Cbor.of(0), Cbor.of(2), Cbor.of(0))));
    for (Cbor.Map wrong : List.of(with(status, 1, Cbor.of(0)), fate, flag)) {
      assertThatThrownBy(() -> RequestResult.decode(RequestKind.STATUS, wrong.encode()))
          .isInstanceOf(MalformedInputException.class);
    }
    byte[] bits = Cbor.map().put(1, Cbor.of(4)).build().encode();
    assertThatThrownBy(() -> RequestResult.decode(RequestKind.NOT_ME, bits))
        .isInstanceOf(MalformedInputException.class);
  }

  private static PinVerifier verifier(int fill) {
    byte[] v = new byte[32];
    v[0] = (byte) fill;
    return PinVerifier.ofBytes(v);
  }

  private OpenedRequest change(PinVerifier old, PinVerifier fresh) {
    SentRequest sent =
        device
            .sealer()
            .seal(
                device.newest,
                device.challenge,
                device.alias(),
                keys -> RequestArguments.Pin.change(old, fresh, keys),
                TestExchange.NOW);
    return device.open(sent.text()).orElseThrow();
  }

  private static RequestArguments.Pin pin(OpenedRequest request) {
    return (RequestArguments.Pin)
        RequestArguments.decode(RequestKind.PIN, request.body().arguments());
  }

  @Test
  void pinChange_provenByTheOldPinInThisRequest_holdsThereAlone() {
    OpenedRequest request = change(verifier(1), verifier(2));
    RequestArguments.Pin pin = pin(request);
    assertThat(pin.isProvenBy(verifier(1), request)).isTrue();
    assertThat(pin.isProvenBy(verifier(2), request)).isFalse();
    OpenedRequest other = change(verifier(1), verifier(2));
    assertThat(pin.isProvenBy(verifier(1), other)).isFalse();
    RequestArguments.Pin swapped =
        new RequestArguments.Pin(Secret.adopt(verifier(3).toBytes()), pin.proof());
    assertThat(swapped.isProvenBy(verifier(1), request)).isFalse();
    assertThat(pin).hasToString("Pin[...]");
  }

  @Test
  void countersign_byItsDevice_verifiesThereAlone() {
    CountersignedBinding word =
        new CountersignedBinding(
            device.bytes(32), device.bytes(16), device.binding.deviceId(), TestExchange.NOW);
    byte[] sign1 = word.sign(device.deviceKey, Suite.CLASSIC, "TL");
    CountersignedBinding read =
        CountersignedBinding.verify(sign1, device.deviceKey.verificationKey(), Suite.CLASSIC, "TL");
    assertThat(read.deviceId()).isEqualTo(word.deviceId());
    assertThat(read.bindingRecordHash()).isEqualTo(word.bindingRecordHash());
    assertThat(read.signerId()).isEqualTo(word.signerId());
    assertThat(read.timeMillis()).isEqualTo(TestExchange.NOW);
    SigningKey other = SigningKey.generate(device.random);
    assertThatThrownBy(
            () -> CountersignedBinding.verify(sign1, other.verificationKey(), Suite.CLASSIC, "TL"))
        .isInstanceOf(SignatureRefusedException.class);
    assertThatThrownBy(
            () ->
                CountersignedBinding.verify(
                    sign1, device.deviceKey.verificationKey(), Suite.HYBRID, "TL"))
        .isInstanceOf(SignatureRefusedException.class);
  }
}

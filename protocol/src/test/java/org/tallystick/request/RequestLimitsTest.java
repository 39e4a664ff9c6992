package org.tallystick.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.cose.CoseEncrypt0;
import org.tallystick.format.Suite;
import org.tallystick.sequencer.NumberAt;

/** Requests at their bounds, what each kind may do, and keys that are gone when closed. */
class RequestLimitsTest {
  private final TestExchange device = new TestExchange(Suite.CLASSIC);

  @Test
  void kind_whileSuspendedOrChangingState_isThatOfTheTable() {
    for (RequestKind kind : RequestKind.values()) {
      boolean reads = kind == RequestKind.STATUS || kind == RequestKind.LOG;
      assertThat(kind.whileSuspended()).as(kind.name()).isEqualTo(reads);
      assertThat(kind.changesState()).as(kind.name()).isEqualTo(!reads);
      assertThat(RequestKind.of(kind.value())).contains(kind);
      assertThat(kind.blocks(Suite.HYBRID) - kind.blocks(Suite.CLASSIC))
          .isEqualTo(kind == RequestKind.REKEY ? 1 : 0);
    }
    assertThat(RequestKind.of(0)).isEmpty();
    assertThat(SealedReply.room(1)).isEqualTo(512);
    assertThat(SealedReply.room(3)).isEqualTo(2560);
  }

  /** A request whose ciphertext has so many bytes: well formed, though no key opens it. */
  private String text(int ciphertextLength, Suite suite) {
    Cbor.Map headers =
        Cbor.map()
            .put(1, Cbor.of(3))
            .put(5, Cbor.of(new byte[12]))
            .put(-70001, suite.toCbor())
            .put(SealedRequest.NONCE_LABEL, Cbor.of(new byte[16]))
            .put(SealedRequest.CHALLENGE_LABEL, Cbor.of(new byte[32]))
            .put(SealedRequest.BLOCKS_LABEL, Cbor.of(2))
            .build();
    byte[] sealed =
        Cbor.array(
                Cbor.of(headers.encode()), Cbor.map().build(), Cbor.of(new byte[ciphertextLength]))
            .encode();
    return "TL::REQUEST::" + Base64Url.encode(new byte[17]) + "::" + Base64Url.encode(sealed);
  }

  @Test
  void request_ofTheLongestText_isReadAndOneLongerRefused() {
    int length = 5000;
    while (text(length, Suite.CLASSIC).length() < SealedRequest.MAX_LENGTH) {
      length++;
    }
    String longest = text(length, Suite.CLASSIC);
    assertThat(longest).hasSize(SealedRequest.MAX_LENGTH);
    SealedRequest read = SealedRequest.parse(longest);
    assertThat(read.blocks()).isEqualTo(2);
    assertThat(read.alias()).hasSize(17);
    assertThat(read).hasToString("SealedRequest[TL]");
    String longer = text(length + 1, Suite.CLASSIC);
    assertThatThrownBy(() -> SealedRequest.parse(longer))
        .isInstanceOf(MalformedInputException.class);
  }

  @Test
  void request_ofAnotherSuiteOrConsortium_isNotThisDevices() {
    assertThat(device.open(text(100, Suite.HYBRID))).isEmpty();
    assertThat(device.open("TM" + device.send(status()).text().substring(2))).isEmpty();
  }

  private static RequestArguments status() {
    return new RequestArguments.Status(List.of());
  }

  @Test
  void request_underway_showsNumbersOnly() {
    SentRequest sent = device.send(status());
    OpenedRequest opened = device.open(sent.text()).orElseThrow();
    assertThat(sent).hasToString("SentRequest[STATUS, epoch=4]");
    assertThat(opened).hasToString("OpenedRequest[RequestBody[kind=1, epoch=4]]");
    assertThat(opened.replyTo()).hasToString("ReplyContext[epoch=4, blocks=2]");
    ReplyBody refused =
        ReplyBody.refused(
            opened, RequestStatus.UNKNOWN, TestExchange.NOW, device.alias(), device.challenge);
    assertThat(refused).hasToString("ReplyBody[kind=1, UNKNOWN]");
    assertThat(refused.timeMillis()).isEqualTo(TestExchange.NOW);
  }

  @Test
  void requestKeys_closed_deriveNothingAnyMore() {
    RequestKeys keys =
        RequestKeys.derive(
            device.newest, device.challenge, new byte[16], Suite.CLASSIC, new byte[16]);
    keys.nonce()[0] = 1;
    keys.deviceId()[0] = 1;
    assertThat(keys.nonce()).hasSize(16).containsOnly(0);
    assertThat(keys.deviceId()).hasSize(16).containsOnly(0);
    assertThat(keys.epoch()).isEqualTo(4);
    keys.close();
    assertThatThrownBy(keys::replyRoot).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(keys::pinKey).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void status_ofMoreThan16Numbers_isMalformed() {
    NumberAt number = new NumberAt(0, 1);
    assertThat(new RequestArguments.Status(Collections.nCopies(16, number)).numbers()).hasSize(16);
    assertThatThrownBy(() -> new RequestArguments.Status(Collections.nCopies(17, number)))
        .isInstanceOf(MalformedInputException.class);
  }

  @Test
  void lookAlikes_ofOneLength_haveNoIvInCommon() {
    byte[] one = SealedReply.lookAlike(2, device.random);
    byte[] other = SealedReply.lookAlike(2, device.random);
    assertThat(one).hasSameSizeAs(other);
    CoseEncrypt0 first = CoseEncrypt0.decode(one);
    CoseEncrypt0 second = CoseEncrypt0.decode(other);
    assertThat(first.iv()).hasSize(12).isNotEqualTo(second.iv());
    assertThat(first.ciphertext()).isNotEqualTo(second.ciphertext());
  }
}

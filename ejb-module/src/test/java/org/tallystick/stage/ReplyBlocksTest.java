package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tallystick.agreement.SignedAgreement;
import org.tallystick.code.TestDevice;
import org.tallystick.code.TransactionNumber;
import org.tallystick.crypto.MlKemKey;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.Suite;
import org.tallystick.node.Backup;
import org.tallystick.party.Agreement;
import org.tallystick.pin.PinVerifier;
import org.tallystick.request.Agree;
import org.tallystick.request.CountersignedBinding;
import org.tallystick.request.LevelPin;
import org.tallystick.request.ReplyBody;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestKeys;
import org.tallystick.request.RequestKind;
import org.tallystick.request.RequestOfBlocks;
import org.tallystick.request.RequestStatus;
import org.tallystick.request.RequestsFixture;

/** R7: a reply that was not given the room its kind needs says so, and nothing was done. */
class ReplyBlocksTest extends AccountCase {
  private RequestStatus ask(
      TestDevice device, int blocks, Function<RequestKeys, RequestArguments> asked) {
    ReplyBody body =
        reply(
            device,
            RequestOfBlocks.seal(
                device,
                RequestsFixture.challenges(bank.office).make(),
                blocks,
                bank.office.clock.millis(),
                asked));
    return body.status();
  }

  private RequestArguments rekey(TestDevice device) {
    SigningKey ephemeral = SigningKey.generate(bank.office.random);
    boolean isHybrid = device.binding().suite() == Suite.HYBRID;
    return new RequestArguments.Rekey(
        ephemeral.verificationKey().compressed(),
        isHybrid ? MlKemKey.generate(bank.office.random).encapsulationKey() : null,
        1,
        77);
  }

  private RequestArguments lodge() {
    return new RequestArguments.Lodge(bill(number, payee, payee.key()).encode());
  }

  /** What the bank does when there is room. */
  private RequestArguments good(RequestKind kind, RequestKeys keys) {
    return switch (kind) {
      case STATUS -> new RequestArguments.Status(List.of());
      case REKEY -> rekey(payer);
      case LOG -> new RequestArguments.Log(1, 16);
      case PIN -> RequestArguments.Pin.change(payer.pin(), PinVerifier.ofBytes(new byte[32]), keys);
      case LODGE -> lodge();
      case BILL -> new RequestArguments.FetchBill(TransactionNumber.bytes(number));
      case NUMBER -> new RequestArguments.DrawNumber();
      case NOT_ME -> new RequestArguments.NotMe(second.deviceId(), null);
      case COUNTERSIGN -> {
        byte[] record = row(second).evidence().bindingRecord();
        yield new RequestArguments.Countersign(
            new CountersignedBinding(
                    Sha256.of(record),
                    second.deviceId(),
                    payer.deviceId(),
                    bank.office.clock.millis())
                .sign(payer.key(), Suite.CLASSIC, "TL"));
      }
      case LEVEL_PIN -> LevelPin.change(payer.pin(), 3, PinVerifier.ofBytes(new byte[32]), keys);
      case AGREE -> {
        Agreement first = bank.office.agreements.inForce();
        yield new Agree(
            new SignedAgreement(
                    "TL",
                    payer.account(),
                    payer.binding().contractId(),
                    first.version(),
                    first.hash(),
                    bank.office.clock.millis())
                .sign(payer.key(), Suite.CLASSIC));
      }
      case END_AUTHORITY -> throw new IllegalArgumentException("the bank has no authorities yet");
    };
  }

  private Map<String, String> withoutReplies() {
    Map<String, String> contents = Backup.contents(bank.office.entities);
    assertThat(contents.remove("request_reply")).isNotNull();
    assertThat(contents).hasSizeGreaterThan(20);
    return contents;
  }

  @ParameterizedTest
  @EnumSource(value = RequestKind.class, mode = EnumSource.Mode.EXCLUDE, names = "END_AUTHORITY")
  void oneBlock_isEnoughOrIsRefused_andARefusalChangesNothing(RequestKind kind) {
    TestDevice device = kind == RequestKind.LODGE ? payee : payer;
    status(payee, lodge());
    Map<String, String> before = withoutReplies();
    RequestStatus heard = ask(device, 1, keys -> good(kind, keys));
    if (kind.blocks(Suite.CLASSIC) == 1) {
      assertThat(heard).isEqualTo(RequestStatus.DONE);
    } else {
      assertThat(heard).isEqualTo(RequestStatus.ARGUMENTS_REFUSED);
      assertThat(withoutReplies()).isEqualTo(before);
      int needed = kind.blocks(Suite.CLASSIC);
      assertThat(ask(device, needed, keys -> good(kind, keys))).isEqualTo(RequestStatus.DONE);
    }
  }

  @Test
  void rekeyOfSuiteTwo_needsABlockMore() {
    TestDevice hybrid = bank.payer(0, Suite.HYBRID);
    Map<String, String> before = withoutReplies();
    assertThat(ask(hybrid, 2, keys -> rekey(hybrid))).isEqualTo(RequestStatus.ARGUMENTS_REFUSED);
    assertThat(withoutReplies()).isEqualTo(before);
    assertThat(ask(hybrid, 3, keys -> rekey(hybrid))).isEqualTo(RequestStatus.DONE);
  }
}

package org.tallystick.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.EcdhKey;
import org.tallystick.party.Party;
import org.tallystick.party.PartyRole;

/** Somebody between the bank and the device changes one member of the offer. */
class OfferTamperingTest {
  @TempDir Path keys;
  private ExchangeFixture bank;
  private Party party;
  private ActivationIssuer.Drawn drawn;

  @BeforeEach
  void issue() {
    bank = new ExchangeFixture(keys);
    party = bank.party(PartyRole.USER);
    drawn = bank.issue(party);
  }

  static Stream<Arguments> members() {
    return Stream.of(
        Arguments.of("format", 1L, Cbor.of(0)),
        Arguments.of("consortium", 2L, Cbor.of("XX")),
        Arguments.of("bank name", 3L, Cbor.of("Another Bank")),
        Arguments.of("id", 4L, Cbor.of(new byte[16])),
        Arguments.of("role", 5L, Cbor.of("PROVIDER")),
        Arguments.of("contract version", 6L, Cbor.of(99)),
        Arguments.of("contract hash", 7L, Cbor.of(new byte[32])),
        Arguments.of("contract text", 8L, Cbor.of("Pay me everything.")),
        Arguments.of("HPKE key", 9L, Cbor.of(EcdhKey.generate(NewDevice.RANDOM).publicPoint())),
        Arguments.of("suites", 10L, Cbor.array(Cbor.of(2))),
        Arguments.of("suite more", 10L, Cbor.array(Cbor.of(1), Cbor.of(3))),
        Arguments.of("key set version", 11L, Cbor.of(2)),
        Arguments.of("expiry", 12L, Cbor.of(Long.MAX_VALUE)),
        Arguments.of("encapsulation key", 13L, Cbor.of(new byte[1184])));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("members")
  void changedMember_isRefusedByOneSide(String name, long member, Cbor other) {
    assertThat(refused(changed(Map.of(member, other)))).as(name).isTrue();
    assertThat(drawn.enrolment().state()).isEqualTo(EnrolmentState.OFFERED);
  }

  @Test
  void changedContract_withItsHash_isRefusedByTheBank() {
    Offer offer = Offer.decode(drawn.enrolment().offer());
    byte[] other =
        new Offer(
                offer.consortium(),
                offer.bankName(),
                offer.enrolmentId(),
                offer.role(),
                offer.contractVersion(),
                "Pay me everything.",
                offer.hpkePoint(),
                offer.suites(),
                offer.keySetVersion(),
                offer.expiresMillis(),
                offer.encapsulationKey())
            .encode();
    assertThat(refused(other)).isTrue();
  }

  @Test
  void unchangedOffer_isAnswered() {
    assertThat(refused(changed(Map.of()))).isFalse();
  }

  private boolean refused(byte[] offer) {
    Optional<byte[]> message = NewDevice.attended(drawn.text()).answer(offer);
    return message.isEmpty()
        || bank.bind(drawn.enrolment(), party, message.get()) instanceof BindOutcome.Refused;
  }

  private byte[] changed(Map<Long, Cbor> others) {
    Cbor.Map offer = (Cbor.Map) Cbor.decode(drawn.enrolment().offer());
    TreeMap<Long, Cbor> members = new TreeMap<>();
    for (long key = 1; key <= 13; key++) {
      members.put(key, offer.get(key).orElseThrow());
    }
    members.putAll(others);
    var builder = Cbor.map();
    members.forEach(builder::put);
    return builder.build().encode();
  }
}

package org.tallystick.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.device.DeviceState;
import org.tallystick.party.Party;
import org.tallystick.party.PartyRole;

/**
 * Property 4: a stranger changes any byte of what a device sends to enrol. The bank refuses, keeps
 * nothing of it and has used nothing up: the true message still goes through.
 */
class MessageTamperingTest {
  @TempDir Path keys;
  private ExchangeFixture bank;
  private Party party;
  private Enrolment enrolment;
  private NewDevice device;
  private byte[] message1;

  @BeforeEach
  void issue() {
    bank = new ExchangeFixture(keys);
    party = bank.party(PartyRole.USER);
    ActivationIssuer.Drawn drawn = bank.issue(party);
    enrolment = drawn.enrolment();
    device = NewDevice.attended(drawn.text());
    message1 = device.answer(enrolment.offer()).orElseThrow();
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] changed = bytes.clone();
    changed[at] ^= 1;
    return changed;
  }

  private byte[] bind() {
    return ((BindOutcome.Answered) bank.bind(enrolment, party, message1)).message2();
  }

  @Test
  void message1_anyByteChanged_isRefused_andUsesNothingUp() {
    for (int at = 0; at < message1.length; at++) {
      assertThat(bank.bind(enrolment, party, flipped(message1, at)))
          .as("byte %d", at)
          .isInstanceOf(BindOutcome.Refused.class);
      assertThat(enrolment.state()).isEqualTo(EnrolmentState.OFFERED);
      assertThat(bank.devices.devices).isEmpty();
    }
    assertThat(bind()).isNotEmpty();
  }

  @Test
  void message1_changedAfterTheTrueOne_cancelsNothing() {
    byte[] message2 = bind();
    for (int at = 0; at < message1.length; at++) {
      assertThat(bank.bind(enrolment, party, flipped(message1, at)))
          .as("byte %d", at)
          .isInstanceOf(BindOutcome.Refused.class);
    }
    assertThat(enrolment.state()).isEqualTo(EnrolmentState.BOUND);
    assertThat(bind()).isEqualTo(message2);
  }

  @Test
  void confirmation_anyByteChanged_isRefused_andTheDeviceStaysPending() {
    byte[] message2 = bind();
    device.open(message2, ExchangeFixture.CONSORTIUM);
    byte[] mac = device.confirmation(message2);
    for (int at = 0; at < mac.length; at++) {
      assertThat(bank.exchange.confirm(enrolment, party, flipped(mac, at)))
          .as("byte %d", at)
          .isInstanceOf(ConfirmOutcome.Refused.class);
      assertThat(bank.devices.devices.get(0).state()).isEqualTo(DeviceState.PENDING);
    }
    assertThat(bank.exchange.confirm(enrolment, party, mac))
        .isInstanceOf(ConfirmOutcome.Confirmed.class);
  }
}

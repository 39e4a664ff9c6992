package org.tallystick.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class EnrolmentTest {
  private static final OffsetDateTime ISSUED = OffsetDateTime.parse("2026-03-01T12:00:00Z");
  private static final OffsetDateTime EXPIRES = ISSUED.plusMinutes(15);
  private static final byte[] MESSAGE1 = {1};
  private static final byte[] MESSAGE2 = {2};
  private static final byte[] MAC = {3};

  private final Enrolment enrolment =
      new Enrolment(
          new byte[16],
          1,
          new byte[] {9},
          new EnrolmentSecret(new byte[4], new byte[5], null),
          ISSUED,
          EXPIRES);

  private Enrolment bound() {
    enrolment.bind(new GivenAnswer(MESSAGE1, MESSAGE2, MAC, 77));
    return enrolment;
  }

  @Test
  void offered_isOpen_untilItExpires() {
    assertThat(enrolment.openAt(ISSUED)).isTrue();
    assertThat(enrolment.openAt(EXPIRES.minusNanos(1))).isTrue();
    assertThat(enrolment.openAt(EXPIRES)).isFalse();
    assertThat(enrolment.answerTo(MESSAGE1)).isEmpty();
    assertThat(enrolment.confirmedBy(MAC)).isFalse();
    assertThat(enrolment.deviceIndex()).isEmpty();
  }

  @Test
  void bound_answersThatMessage_andNoOther() {
    bound();
    assertThat(enrolment.answerTo(MESSAGE1)).hasValue(MESSAGE2);
    assertThat(enrolment.answerTo(MESSAGE2)).isEmpty();
    assertThat(enrolment.confirmedBy(MAC)).isTrue();
    assertThat(enrolment.confirmedBy(MESSAGE1)).isFalse();
    assertThat(enrolment.deviceIndex()).hasValue(77L);
    assertThat(enrolment.secret()).isPresent();
  }

  @Test
  void eachEnd_takesTheSecrets_andIsFinal() {
    bound().confirm(ISSUED);
    assertThat(enrolment.secret()).isEmpty();
    assertThat(enrolment.answerTo(MESSAGE1)).hasValue(MESSAGE2);
    assertThatThrownBy(() -> enrolment.confirm(ISSUED)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> enrolment.cancel(ISSUED)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> enrolment.expire(EXPIRES)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void cancelled_answersNobody() {
    bound().cancel(ISSUED);
    assertThat(enrolment.secret()).isEmpty();
    assertThat(enrolment.answerTo(MESSAGE1)).isEmpty();
    assertThat(enrolment.confirmedBy(MAC)).isFalse();
    assertThat(enrolment.deviceIndex()).hasValue(77L);
  }

  @Test
  void expiry_beforeItsTime_isAFault() {
    assertThatThrownBy(() -> enrolment.expire(EXPIRES.minusNanos(1)))
        .isInstanceOf(IllegalStateException.class);
    enrolment.expire(EXPIRES);
    assertThat(enrolment.state()).isEqualTo(EnrolmentState.EXPIRED);
    assertThat(enrolment.secret()).isEmpty();
  }

  @Test
  void binding_twice_isAFault() {
    bound();
    assertThatThrownBy(this::bound).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void allowance_servesOnce_andInTime() {
    ActivationAllowance allowance = new ActivationAllowance(1, "approver", ISSUED, EXPIRES);
    assertThat(allowance.use(EXPIRES)).isFalse();
    allowance.renew("other", EXPIRES, EXPIRES.plusDays(1));
    assertThat(allowance.use(EXPIRES)).isTrue();
    assertThat(allowance.use(EXPIRES)).isFalse();
    assertThatThrownBy(() -> allowance.renew("other", EXPIRES, EXPIRES.plusDays(1)))
        .isInstanceOf(IllegalStateException.class);
  }
}

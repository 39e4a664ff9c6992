package org.tallystick.enrolment;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.Arrays;
import org.tallystick.crypto.ConstantTime;
import org.tallystick.crypto.Sha256;

/** What the bank answered to the first device that came with the right activation code. */
@Embeddable
public class GivenAnswer {
  @Column(name = "message1_hash")
  private byte[] message1Hash;

  @Column(name = "message2")
  private byte[] message2;

  @Column(name = "confirmation_hash")
  private byte[] confirmationHash;

  @Column(name = "device_pk")
  private Long deviceIndex;

  /** For JPA. */
  protected GivenAnswer() {}

  /**
   * Keeps the answer itself, and of the rest only hashes.
   *
   * @param message1 what the device sent
   * @param message2 what it was answered
   * @param deviceConfirmation the MAC that it will confirm with
   * @param deviceIndex what it was bound as
   */
  public GivenAnswer(
      byte[] message1, byte[] message2, byte[] deviceConfirmation, long deviceIndex) {
    this.message1Hash = Sha256.of(message1);
    this.message2 = message2.clone();
    this.confirmationHash = Sha256.of(deviceConfirmation);
    this.deviceIndex = deviceIndex;
  }

  boolean answers(byte[] message1) {
    return Arrays.equals(Sha256.of(message1), message1Hash);
  }

  boolean confirmedBy(byte[] mac) {
    return ConstantTime.equal(Sha256.of(mac), confirmationHash);
  }

  /** The answer, the same bytes each time. */
  public byte[] message2() {
    return message2.clone();
  }

  /** The device that was bound. */
  public long deviceIndex() {
    return deviceIndex;
  }

  @Override
  public String toString() {
    return "GivenAnswer";
  }
}

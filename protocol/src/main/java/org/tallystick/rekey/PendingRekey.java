package org.tallystick.rekey;

import java.security.SecureRandom;
import java.util.Optional;
import org.tallystick.code.DeviceBinding;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Secret;
import org.tallystick.request.RequestResult;
import org.tallystick.request.RequestSealer;
import org.tallystick.request.SentRequest;
import org.tallystick.sequencer.EpochRoot;
import org.tallystick.sequencer.EpochSecrets;

/**
 * A rekey that a device has begun: stored in one durable write before it is sent, and sent again
 * until its reply is there. The device goes on sealing in the old epoch meanwhile.
 *
 * <p>Source: docs/PROTOCOL.md section R.2.
 *
 * @param sent the request
 * @param keys ephemeral secrets, 32 bytes, in suite 2 96
 * @param epoch the fresh one
 */
public record PendingRekey(SentRequest sent, Secret keys, long epoch) {
  /**
   * Begins a rekey.
   *
   * @param root of the epoch it is made from
   * @param challenge the bank's, 32 bytes
   * @param alias one-time alias, used for this request and then dropped
   * @param epoch above every epoch that the device ever had
   * @param next of the epoch it is made from
   * @param nowMillis device clock
   */
  public static PendingRekey begin(
      RequestSealer sealer,
      DeviceBinding binding,
      EpochRoot root,
      byte[] challenge,
      byte[] alias,
      long epoch,
      long next,
      long nowMillis,
      SecureRandom random) {
    try (RekeyKeys keys = RekeyKeys.generate(binding.suite(), random)) {
      SentRequest sent =
          sealer.seal(root, challenge, alias, keys.arguments(epoch, next), nowMillis);
      return new PendingRekey(sent, keys.toSecret(), epoch);
    }
  }

  /**
   * What the fresh epoch begins with; the caller closes it.
   *
   * @param root of the epoch it is made from
   * @param given by the bank in its reply
   * @return empty where that does not fit what was asked
   */
  public Optional<EpochSecrets> complete(
      EpochRoot root, DeviceBinding binding, RequestResult.Rekey given) {
    if (given.epoch() != epoch || root.epoch() != sent.epoch()) {
      return Optional.empty();
    }
    try (RekeyKeys own = RekeyKeys.of(keys)) {
      return Optional.of(own.agree(root, binding.suite(), binding.deviceId(), sent.hash(), given));
    } catch (MalformedInputException malformed) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "PendingRekey[epoch=" + epoch + "]";
  }
}

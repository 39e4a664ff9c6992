package org.tallystick.request;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.format.Sealed;
import org.tallystick.format.SignatureRefusedException;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.sequencer.EpochRoot;

/**
 * The bank's side of a request: steps R4 and R5. Pure. The caller has parsed it (R1), found the
 * device (R2) and looked for its stored reply (R3). Whatever does not hold is answered with {@link
 * SealedReply#lookAlike}, and nothing else happens: a root alone opens no code.
 *
 * <p>Source: docs/PROTOCOL.md section R.
 */
public final class RequestOpener {
  private final String consortium;
  private final Suite suite;
  private final byte[] deviceId;
  private final VerificationKey deviceKey;
  private final List<EpochRoot> roots;

  /**
   * @param consortium of the bank
   * @param suite of the device
   * @param deviceId 16 bytes
   * @param deviceKey as bound at enrolment
   * @param roots of the newest epoch, then of the one before where it is held
   */
  public RequestOpener(
      String consortium,
      Suite suite,
      byte[] deviceId,
      VerificationKey deviceKey,
      List<EpochRoot> roots) {
    this.consortium = consortium;
    this.suite = suite;
    this.deviceId = deviceId.clone();
    this.deviceKey = deviceKey;
    this.roots = List.copyOf(roots);
  }

  /** Opens one request; empty where it is not this device's. */
  public Optional<OpenedRequest> open(SealedRequest request) {
    if (!request.consortium().equals(consortium) || request.suite() != suite) {
      return Optional.empty();
    }
    for (EpochRoot root : roots) {
      try (RequestKeys keys =
              RequestKeys.derive(root, request.challenge(), request.nonce(), suite, deviceId);
          Sealed seal = keys.seal()) {
        Optional<byte[]> signed =
            seal.open(request.sealed(), SealedRequest.aad(suite, consortium, request.account()));
        if (signed.isPresent()) {
          return read(request, keys, signed.get());
        }
      }
    }
    return Optional.empty();
  }

  /** R5. */
  private Optional<OpenedRequest> read(SealedRequest request, RequestKeys keys, byte[] sign1) {
    RequestBody body;
    try {
      body =
          RequestBody.decode(
              Signed.payload(
                  sign1, deviceKey, RequestBody.TYPE, suite, consortium, "", request.account()));
    } catch (MalformedInputException | SignatureRefusedException refused) {
      return Optional.empty();
    }
    if (!Arrays.equals(body.deviceId(), deviceId)
        || body.epoch() != keys.epoch()
        || !Arrays.equals(body.challenge(), request.challenge())) {
      return Optional.empty();
    }
    ReplyContext replyTo =
        new ReplyContext(
            consortium,
            suite,
            deviceId,
            keys.epoch(),
            request.hash(),
            request.blocks(),
            keys.replyRoot());
    return Optional.of(new OpenedRequest(body, sign1, replyTo, request.nonce(), keys.pinKey()));
  }
}

package org.tallystick.request;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.stage.Attempts;

/**
 * Where devices ask for what they want themselves, apart from codes and answers.
 *
 * <p>Source: docs/PROTOCOL.md section R.
 */
@ApplicationScoped
public class RequestDesk {
  @EJB RequestStage stage;
  @Inject Challenges challenges;

  /** A challenge, 32 bytes, to make a request with. */
  public byte[] challenge() {
    return challenges.make();
  }

  /** The reply to a request, or what looks like one; empty where the text is no request at all. */
  public Optional<byte[]> answer(String text) {
    SealedRequest request;
    try {
      request = SealedRequest.parse(text); // R1
    } catch (MalformedInputException malformed) {
      return Optional.empty();
    }
    return Optional.of(Attempts.run(() -> stage.answer(request)));
  }
}

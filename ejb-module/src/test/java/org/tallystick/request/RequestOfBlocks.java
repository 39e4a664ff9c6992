package org.tallystick.request;

import java.util.function.Function;
import org.tallystick.code.TestDevice;
import org.tallystick.codec.Base64Url;
import org.tallystick.format.Sealed;
import org.tallystick.format.Signed;

/** A good request that asks for as many blocks as the test wants, whatever its kind needs. */
public final class RequestOfBlocks {
  private RequestOfBlocks() {}

  /**
   * Seals as a device would.
   *
   * @param asked makes the arguments, from the request's keys where they hold a proof
   */
  public static SentRequest seal(
      TestDevice device,
      byte[] challenge,
      int blocks,
      long nowMillis,
      Function<RequestKeys, RequestArguments> asked) {
    String account = Base64Url.encode(device.nextAlias());
    var own = device.binding();
    byte[] nonce = new byte[RequestKeys.NONCE_LENGTH];
    try (RequestKeys keys =
            RequestKeys.derive(device.root(), challenge, nonce, own.suite(), own.deviceId());
        Sealed seal = keys.seal()) {
      RequestArguments arguments = asked.apply(keys);
      byte[] body =
          new RequestBody(
                  own.deviceId(),
                  device.root().epoch(),
                  arguments.kind().value(),
                  challenge,
                  nowMillis,
                  arguments.encode())
              .encode();
      byte[] signed =
          Signed.sign(
              device.key(), RequestBody.TYPE, own.suite(), own.consortium(), "", account, body);
      byte[] sealed =
          seal.seal(
              SealedRequest.headers(keys, challenge, blocks),
              SealedRequest.aad(own.suite(), own.consortium(), account),
              signed);
      String text =
          String.join(
              "::", own.consortium(), SealedRequest.MARK, account, Base64Url.encode(sealed));
      return new SentRequest(text, arguments.kind(), device.root().epoch(), keys.replyRoot());
    }
  }
}

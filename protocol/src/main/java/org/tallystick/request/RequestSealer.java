package org.tallystick.request;

import java.security.SecureRandom;
import java.util.function.Function;
import org.tallystick.code.DeviceBinding;
import org.tallystick.codec.Base64Url;
import org.tallystick.crypto.Signer;
import org.tallystick.format.Sealed;
import org.tallystick.format.Signed;
import org.tallystick.sequencer.EpochRoot;

/**
 * The device's side of a request: signs what it asks for and seals it under its root and the bank's
 * challenge. Pure: what changes something at the bank is stored by the caller before it is sent.
 *
 * <p>Source: docs/PROTOCOL.md section R.
 */
public final class RequestSealer {
  private final DeviceBinding binding;
  private final Signer signer;
  private final SecureRandom random;

  /**
   * @param binding of this device
   * @param signer device key
   * @param random for nonces
   */
  public RequestSealer(DeviceBinding binding, Signer signer, SecureRandom random) {
    this.binding = binding;
    this.signer = signer;
    this.random = random;
  }

  /**
   * Makes one request.
   *
   * @param root of the epoch
   * @param challenge the bank's, 32 bytes
   * @param alias one-time alias, used for this request and then dropped
   * @param nowMillis device clock
   */
  public SentRequest seal(
      EpochRoot root, byte[] challenge, byte[] alias, RequestArguments asked, long nowMillis) {
    return seal(root, challenge, alias, keys -> asked, nowMillis);
  }

  /**
   * Makes one request whose arguments depend on its keys: a proof under the old PIN.
   *
   * @param asked makes the arguments; it must not keep the keys
   */
  public SentRequest seal(
      EpochRoot root,
      byte[] challenge,
      byte[] alias,
      Function<RequestKeys, RequestArguments> asked,
      long nowMillis) {
    byte[] nonce = new byte[RequestKeys.NONCE_LENGTH];
    random.nextBytes(nonce);
    String account = Base64Url.encode(alias);
    try (RequestKeys keys =
            RequestKeys.derive(root, challenge, nonce, binding.suite(), binding.deviceId());
        Sealed seal = keys.seal()) {
      RequestArguments arguments = asked.apply(keys);
      RequestKind kind = arguments.kind();
      byte[] body =
          new RequestBody(
                  binding.deviceId(),
                  root.epoch(),
                  kind.value(),
                  challenge,
                  nowMillis,
                  arguments.encode())
              .encode();
      byte[] signed =
          Signed.sign(
              signer, RequestBody.TYPE, binding.suite(), binding.consortium(), "", account, body);
      byte[] sealed =
          seal.seal(
              SealedRequest.headers(keys, challenge, kind.blocks(binding.suite())),
              SealedRequest.aad(binding.suite(), binding.consortium(), account),
              signed);
      String text =
          String.join(
              "::", binding.consortium(), SealedRequest.MARK, account, Base64Url.encode(sealed));
      return new SentRequest(text, kind, root.epoch(), keys.replyRoot());
    }
  }
}

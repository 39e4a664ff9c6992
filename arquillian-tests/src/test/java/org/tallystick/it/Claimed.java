package org.tallystick.it;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.Format;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;

/** Requests of those who say that they are another, or nobody at all, and cannot prove it. */
final class Claimed {
  private static final SigningKey OTHER_KEY = SigningKey.generate(new SecureRandom());

  private Claimed() {}

  private static Compared of(String name, String existing, Thing kind, Claim claim) {
    return new Compared(name, () -> claim.request(existing), () -> claim.request(kind.unknown()));
  }

  /** Makes a request in somebody's name. */
  private interface Claim {
    RawRequest request(String who);
  }

  /** A program's assertion under another key. */
  static Compared program(String client) {
    return of(
        "POST /token by assertion",
        client,
        Thing.CLIENT,
        who -> {
          PartnerProgram other = new PartnerProgram(who);
          return token(
              Map.of(
                  "grant_type", "client_credentials",
                  "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                  "client_assertion", other.assertion(other.claims(BankIT.baseUri()))));
        });
  }

  /** A program with another certificate. */
  static Compared certified(String client) {
    return of(
        "POST /token by certificate",
        client,
        Thing.CLIENT,
        who ->
            token(Map.of("grant_type", "client_credentials", "client_id", who))
                .with("Client-Cert", ":" + PartnerIT.CERTIFICATE + ":"));
  }

  private static RawRequest token(Map<String, String> form) {
    StringBuilder body = new StringBuilder();
    new TreeMap<>(form)
        .forEach(
            (name, value) ->
                body.append(body.length() == 0 ? "" : "&")
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return RawRequest.of("POST", "token", body.toString())
        .with("Content-Type", "application/x-www-form-urlencoded");
  }

  /** A device's wish for a certificate, signed by another key. */
  static Compared device(String device) {
    return of(
        "POST /certificates",
        device,
        Thing.DEVICE,
        who -> {
          byte[] payload =
              Cbor.map()
                  .put(1, Cbor.of(Format.VERSION))
                  .put(2, Cbor.of(Base64Url.decode(who)))
                  .put(3, Cbor.of(System.currentTimeMillis()))
                  .build()
                  .encode();
          byte[] request =
              Signed.sign(OTHER_KEY, "certificate-request", Suite.CLASSIC, "TL", payload);
          return RawRequest.of(
              "POST", "certificates", "{\"request\":\"" + Base64Url.encode(request) + "\"}");
        });
  }

  /** A wrong password: for each of these accounts in turn, and for none. */
  static Compared signIn(List<String> users, Attempts attempts) {
    Iterator<String> next = Stream.generate(() -> users).flatMap(List::stream).iterator();
    return new Compared(
        "POST /sessions of " + String.join(" and ", users),
        () -> {
          String user = next.next();
          attempts.forget(user);
          return wrongPassword(user);
        },
        () -> wrongPassword(Thing.USER.unknown()));
  }

  private static RawRequest wrongPassword(String user) {
    return RawRequest.of(
        "POST", "sessions", "{\"user\":\"" + user + "\",\"password\":\"not this one at all\"}");
  }

  /** A new password for who cannot say the old one. */
  static Compared password(String user) {
    return of(
        "POST /staff/password",
        user,
        Thing.USER,
        who ->
            RawRequest.of(
                "POST",
                "staff/password",
                "{\"user\":\""
                    + who
                    + "\",\"password\":\"not this one at all\","
                    + "\"newPassword\":\"three small boats at noon\"}"));
  }

  /** Another party's instrument in the own order. */
  static Compared order(String instrument) {
    return of(
        "PUT /wallet/order",
        instrument,
        Thing.INSTRUMENT,
        which ->
            Stranger.OTHER_PARTY.asks(
                RawRequest.of("PUT", "wallet/order", "{\"instruments\":[\"" + which + "\"]}")));
  }
}

package org.tallystick.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.tallystick.codec.Base64Url;

/** The OpenID provider that the tests' server asks for keys. */
final class OidcProvider implements AutoCloseable {
  private static final String HEADER = "{\"typ\":\"at+jwt\",\"alg\":\"ES256\",\"kid\":\"it\"}";

  /** One for all tests: the server asks for keys once a minute. */
  private static final KeyPair PAIR = pair();

  private final HttpServer server;

  OidcProvider() throws IOException {
    int port = Integer.getInteger("tallystick.it.oidcPort");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/keys",
        exchange -> {
          byte[] body = keys().getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String keys() {
    ECPublicKey key = (ECPublicKey) PAIR.getPublic();
    return "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"kid\":\"it\",\"x\":\""
        + Base64Url.encode(EmulatedKey.fixed(key.getW().getAffineX().toByteArray()))
        + "\",\"y\":\""
        + Base64Url.encode(EmulatedKey.fixed(key.getW().getAffineY().toByteArray()))
        + "\"}]}";
  }

  /** Claims that are good for five minutes from then on. */
  static String claims(Instant made, String role) {
    return "{\"iss\":\"https://id.bank.example\",\"aud\":\"tallystick\",\"sub\":\"ida\","
        + "\"client_id\":\"desk\",\"jti\":\"1\",\"iat\":"
        + made.getEpochSecond()
        + ",\"exp\":"
        + (made.getEpochSecond() + 300)
        + ",\"roles\":[\""
        + role
        + "\"]}";
  }

  String token(String claims) throws GeneralSecurityException {
    return signed(HEADER, claims, PAIR);
  }

  /** With another header, which may lie. */
  String token(String header, String claims) throws GeneralSecurityException {
    return signed(header, claims, PAIR);
  }

  /** By a key that is not the provider's, under the name of its key. */
  String strangers(String claims) throws GeneralSecurityException {
    return signed(HEADER, claims, pair());
  }

  private static String signed(String header, String claims, KeyPair key)
      throws GeneralSecurityException {
    String signed = text(header) + "." + text(claims);
    Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
    signer.initSign(key.getPrivate());
    signer.update(signed.getBytes(UTF_8));
    return signed + "." + Base64Url.encode(signer.sign());
  }

  /** Without a signature. */
  String unsigned(String claims) {
    return text("{\"typ\":\"at+jwt\",\"alg\":\"none\"}") + "." + text(claims) + ".";
  }

  /** With the public key as if it were a shared one. */
  String forged(String claims) throws GeneralSecurityException {
    String signed = text(HEADER.replace("ES256", "HS256")) + "." + text(claims);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(PAIR.getPublic().getEncoded(), "HmacSHA256"));
    return signed + "." + Base64Url.encode(mac.doFinal(signed.getBytes(UTF_8)));
  }

  private static String text(String json) {
    return Base64Url.encode(json.getBytes(UTF_8));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

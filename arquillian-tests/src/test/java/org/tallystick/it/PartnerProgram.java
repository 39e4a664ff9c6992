package org.tallystick.it;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.tallystick.codec.Base64Url;

/** A partner bank's program, as one would write it against the documents: a key and its client. */
final class PartnerProgram {
  static final String KID = "key-1";
  static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final String client;
  private final KeyPair pair;

  PartnerProgram(String client) {
    this.client = client;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      pair = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String client() {
    return client;
  }

  /** Its public key, as the bank is told it. */
  Map<String, Object> jwk() {
    ECPublicKey key = (ECPublicKey) pair.getPublic();
    return Map.of(
        "kty",
        "EC",
        "crv",
        "P-256",
        "kid",
        KID,
        "alg",
        "ES256",
        "x",
        coordinate(key.getW().getAffineX().toByteArray()),
        "y",
        coordinate(key.getW().getAffineY().toByteArray()));
  }

  /** The bytes of its public key, as a shared secret would be. */
  byte[] publicBytes() {
    return pair.getPublic().getEncoded();
  }

  /** What the claims are where nothing is wrong. */
  Map<String, Object> claims(URI bank) {
    long now = Instant.now().getEpochSecond();
    String issuer = bank.toString().replaceAll("/$", "");
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", client);
    claims.put("sub", client);
    claims.put("aud", issuer);
    claims.put("iat", now);
    claims.put("exp", now + 60);
    claims.put("jti", UUID.randomUUID().toString());
    return claims;
  }

  String assertion(Map<String, Object> claims) {
    return assertion("{\"alg\":\"ES256\",\"kid\":\"" + KID + "\"}", json(claims));
  }

  /** Signed by its key, whatever the header says. */
  String assertion(String header, String claims) {
    String input = encoded(header) + "." + encoded(claims);
    try {
      Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
      signer.initSign(pair.getPrivate());
      signer.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + Base64Url.encode(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A request for a token by an assertion. */
  static HttpRequest.Builder request(URI endpoint, String assertion) {
    return request(
        endpoint,
        Map.of(
            "grant_type", "client_credentials",
            "client_assertion_type", ASSERTION_TYPE,
            "client_assertion", assertion));
  }

  static HttpRequest.Builder request(URI endpoint, Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return HttpRequest.newBuilder(endpoint)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  static String json(Map<String, Object> members) {
    return members.entrySet().stream()
        .map(
            e ->
                "\""
                    + e.getKey()
                    + "\":"
                    + (e.getValue() instanceof String text ? "\"" + text + "\"" : e.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  static String encoded(String json) {
    return Base64Url.encode(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String coordinate(byte[] number) {
    byte[] out = new byte[32];
    int count = Math.min(32, number.length);
    System.arraycopy(number, number.length - count, out, 32 - count, count);
    return Base64Url.encode(out);
  }
}

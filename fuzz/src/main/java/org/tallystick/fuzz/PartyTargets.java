package org.tallystick.fuzz;

import static org.tallystick.fuzz.Parser.bytes;
import static org.tallystick.fuzz.Parser.present;
import static org.tallystick.fuzz.Parser.requireSame;
import static org.tallystick.fuzz.Parser.text;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.idempotency.KeyedAnswer;
import org.tallystick.idempotency.KeyedAnswerDoor;
import org.tallystick.jose.JsonWebKeySet;
import org.tallystick.jose.JsonWebToken;
import org.tallystick.jose.JwsAlgorithm;
import org.tallystick.jose.JwtClaims;
import org.tallystick.partner.AssertionReaderDoor;
import org.tallystick.screening.CustomerCorpus;
import org.tallystick.screening.EntityKind;
import org.tallystick.screening.Finding;
import org.tallystick.screening.FindingDoor;
import org.tallystick.screening.ListArchiveDoor;
import org.tallystick.screening.ListedEntity;
import org.tallystick.screening.ListedName;
import org.tallystick.screening.NameKind;
import org.tallystick.screening.Query;
import org.tallystick.screening.Screener;
import org.tallystick.screening.Screening;
import org.tallystick.screening.TargetList;
import org.tallystick.screening.list.ListFormat;
import org.tallystick.staff.PublicIdDoor;
import org.tallystick.webhook.WebhookAddressDoor;

/** Parsers of what programs and staff show of themselves, and of who is screened. */
final class PartyTargets {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

  /** RFC 7515, A.2 and A.3; RFC 8037, A.2. */
  private static final String KEYS =
      """
      {"keys": [{"kty": "RSA", "use": "sig", "e": "AQAB", "n": "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_\
      wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEw\
      OWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2\
      CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethF\
      kMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"},
      {"kty": "EC", "crv": "P-256", "alg": "ES256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvR\
      VEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"},
      {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}
      """;

  static final List<Target> ALL =
      List.of(
          new Target(
              "client-assertion",
              () ->
                  text(AssertionReaderDoor::read)
                      .seeded(
                          jws(
                              "{\"alg\":\"ES256\",\"kid\":\"k\"}",
                              "{\"iss\":\"c\",\"sub\":\"c\",\"aud\":\"b\","
                                  + "\"iat\":10,\"exp\":20,\"jti\":\"j\"}"))),
          new Target(
              "jwt",
              () ->
                  text(PartyTargets::token)
                      .seeded(
                          jws(
                              "{\"typ\":\"at+jwt\",\"alg\":\"EdDSA\",\"kid\":\"k\"}",
                              "{\"aud\":[\"b\"],\"iat\":1.5,\"exp\":1e-999,"
                                  + "\"nbf\":2,\"a\":{\"b\":\"c d\"}}"))),
          new Target("jwk-set", () -> bytes(PartyTargets::keys).seeded(KEYS)),
          new Target(
              "public-id",
              () ->
                  text(id -> present(PublicIdDoor.of(id)), Base64Url::encode)
                      .seeded("AAAAAAAAAAAAAAAAAAAAAA")),
          new Target(
              "webhook-address",
              () ->
                  text(url -> {
                        String good = present(WebhookAddressDoor.of(url));
                        String again = present(WebhookAddressDoor.of(good));
                        requireSame(
                            good.getBytes(StandardCharsets.UTF_8),
                            again.getBytes(StandardCharsets.UTF_8));
                      })
                      .seeded("https://hooks.example.org:8443/a?b=c")),
          new Target(
              "keyed-answer",
              () ->
                  bytes(PartyTargets::answer)
                      .seeded(
                          KeyedAnswerDoor.encode(
                              new KeyedAnswer(
                                  201,
                                  new byte[] {'{', '}'},
                                  Map.of("Content-Type", "application/json", "Location", "/a"))))),
          new Target(
              "finding",
              () ->
                  bytes(PartyTargets::finding)
                      .refusing(IllegalArgumentException.class)
                      .seeded(FindingDoor.found(), FindingDoor.unread())),
          new Target(
              "list-archive",
              () ->
                  bytes(zip -> ListArchiveDoor.open(zip, ListFormat.UN_XML))
                      .seeded(
                          ListArchiveDoor.of(
                              ListFormat.UN_XML.neededFiles().get(0),
                              "<a/>".getBytes(StandardCharsets.US_ASCII)))),
          new Target(
              "screened-name",
              () -> {
                Screener screener = screener();
                return text(name -> screen(screener, name))
                    .seeded(
                        "Juan Torre",
                        "\u0639\u0628\u062f \u0627\u0644\u0644\u0647 \u0630",
                        "\u738b\u5c0f\u660e",
                        "\uae40\ucca0\uc218",
                        "\u0410bdul T0rre Ltd");
              }));

  private PartyTargets() {}

  /** A token whose signature is 64 zero bytes. */
  private static String jws(String header, String claims) {
    return encoded(header) + "." + encoded(claims) + "." + Base64Url.encode(new byte[64]);
  }

  private static String encoded(String json) {
    return Base64Url.encode(json.getBytes(StandardCharsets.UTF_8));
  }

  /** Asks for claims of every type. */
  private static void token(String compact) {
    JsonWebToken token = JsonWebToken.read(compact);
    token.type();
    token.keyId();
    JwtClaims claims = token.claims();
    claims.text("iss");
    claims.audience();
    claims.words("a.b");
    claims.inTime(NOW, Duration.ofMinutes(1), Duration.ofHours(1));
  }

  /** No key of a set may make the check of a signature fail otherwise than by saying no. */
  private static void keys(byte[] json) {
    JsonWebKeySet keys = JsonWebKeySet.read(json);
    for (JwsAlgorithm algorithm : JwsAlgorithm.values()) {
      String header = "{\"alg\":\"" + algorithm.label() + "\"}";
      if (keys.signed(JsonWebToken.read(jws(header, "{}")))) {
        throw new BrokenRuleError("zeros are taken for a signature");
      }
    }
  }

  /** What is given again is what was kept. */
  private static void answer(byte[] encoded) {
    byte[] written = KeyedAnswerDoor.encode(KeyedAnswerDoor.decode(encoded));
    requireSame(written, KeyedAnswerDoor.encode(KeyedAnswerDoor.decode(written)));
  }

  /** Written and read again, it names the same party and says the same of the entry. */
  private static void finding(byte[] bytes) {
    Finding finding = FindingDoor.decode(bytes);
    Finding again = FindingDoor.decode(FindingDoor.encode(finding));
    if (!finding.name().equals(again.name()) || !FindingDoor.sameEntry(finding, again)) {
      throw new BrokenRuleError("what was read is written as something else");
    }
  }

  private static Screener screener() {
    ListedEntity entity =
        new ListedEntity(
            "1",
            EntityKind.PERSON,
            List.of(
                new ListedName("TORRE, Juan", NameKind.PRIMARY),
                new ListedName("REY", NameKind.WEAK_ALIAS)),
            List.of());
    return Screener.of(List.of(new TargetList("T", List.of(entity))), CustomerCorpus.NONE);
  }

  private static void screen(Screener screener, String name) {
    if (screener.screen(new Query(name, EntityKind.UNKNOWN)) instanceof Screening.Impossible no) {
      throw new MalformedInputException(no.obstacle().name());
    }
  }
}

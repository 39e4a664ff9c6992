package org.tallystick.fuzz;

import static org.tallystick.fuzz.Parser.bytes;
import static org.tallystick.fuzz.Parser.present;
import static org.tallystick.fuzz.Parser.text;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;
import org.tallystick.answer.AnswerBatch;
import org.tallystick.code.HalfRow;
import org.tallystick.code.Role;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.device.CertificateRequestDoor;
import org.tallystick.document.DocumentCheck;
import org.tallystick.institution.PngCheckDoor;
import org.tallystick.json.BodyTooLargeException;
import org.tallystick.json.JsonRefusedException;
import org.tallystick.json.StrictForm;
import org.tallystick.json.StrictJson;
import org.tallystick.party.DocumentMedia;
import org.tallystick.party.IdentificationDoor;
import org.tallystick.party.LookAlikesDoor;
import org.tallystick.staff.BearerToken;
import org.tallystick.stage.Hint;
import org.tallystick.wallet.Iban;
import org.tallystick.wallet.Pan;
import org.tallystick.wallet.Shorthand;
import org.tallystick.wallet.UsAccount;

/** Parsers of the server's modules. */
final class ServerTargets {
  private static final int BODY_LIMIT = 8 * 1024;
  private static final int MOST = 8;

  static final List<Target> ALL =
      List.of(
          new Target(
              "request-body",
              () ->
                  Parser.reading(ServerTargets::body)
                      .refusing(JsonRefusedException.class)
                      .refusing(BodyTooLargeException.class)
                      .seeded(
                          """
                          {"text": "a", "secret": "\\u00fc\\ud83d\\ude00", "minor": 12, "currency": "CHF",
                           "date": "2001-12-31", "country": "CH", "phone": "+41791234567", "flag": true, "role": "PAYER", "roles": ["PAYEE"], "bytes": "AAAA",
                           "object": {"text": "b"}, "array": [{}], "texts": ["c", "d"]}
                          """,
                          "{\"text\": null, \"minor\": -1e3}",
                          "[[[[[[[[1]]]]]]]]")),
          new Target(
              "certificate-request",
              () -> bytes(CertificateRequestDoor::read).seeded(MessageParts.certificateRequest())),
          new Target(
              "answer-batch",
              () ->
                  bytes(AnswerBatch::decode, AnswerBatch::encode)
                      .refusing(IllegalArgumentException.class)
                      .seeded(new byte[0], new byte[20])),
          new Target(
              "half-terms", () -> bytes(sign1 -> HalfRow.Terms.of(sign1, HalfRow.Kept.NOTHING))),
          new Target(
              "hint",
              () ->
                  text(hint -> present(Hint.parse(hint)), Hint::text).seeded("slot:17", "half:3")),
          new Target(
              "card-number",
              () -> text(pan -> present(Pan.of(pan)).lastFour()).seeded("4111111111111111")),
          new Target(
              "iban",
              () ->
                  text(iban -> present(Iban.of(iban)).lastFour())
                      .seeded("DE89370400440532013000", "GB29 NWBK 6016 1331 9268 19")),
          new Target(
              "us-account",
              () ->
                  text(number -> present(UsAccount.of("021000021", number)).lastFour())
                      .seeded("123456789", "1234")),
          new Target(
              "shorthand",
              () -> text(name -> present(Shorthand.of(name)).key()).seeded("Card 1", "\ufb03")),
          new Target(
              "public-name",
              () -> text(LookAlikesDoor::of).seeded("Corner Shop", "\u0412\u0430nk", "\ufb03")),
          new Target("logo", () -> bytes(PngCheckDoor::of).seeded(picture("png"))),
          new Target(
              "token-form",
              () ->
                  Parser.reading(form -> StrictForm.read(new ByteArrayInputStream(form)).value("a"))
                      .refusing(BodyTooLargeException.class)
                      .seeded("a=b+c%2Bd&%C3%A4=%e2%82%ac")),
          new Target(
              "identification",
              () ->
                  bytes(IdentificationDoor::decode, IdentificationDoor::encode)
                      .seeded(IdentificationDoor.person(), IdentificationDoor.organisation())),
          new Target(
              "pdf-document",
              () ->
                  bytes(content -> acceptable(DocumentCheck.pdf(), content))
                      .seeded(
                          "%PDF-1.4\n1 0 obj\n<< >>\nendobj\nstartxref\n9\n%%EOF\n"
                              .getBytes(StandardCharsets.US_ASCII))),
          new Target(
              "png-document",
              () ->
                  bytes(content -> acceptable(DocumentCheck.png(), content))
                      .seeded(picture("png"))),
          new Target(
              "jpeg-document",
              () ->
                  bytes(content -> acceptable(DocumentCheck.jpeg(), content))
                      .seeded(picture("jpg"))),
          new Target(
              "document-type",
              () ->
                  text(
                          type ->
                              DocumentMedia.ofType(type)
                                  .orElseThrow(() -> new MalformedInputException("no type")),
                          DocumentMedia::type)
                      .seeded("image/png")),
          new Target(
              "bearer-token",
              () ->
                  text(token -> present(BearerToken.hash(token)))
                      .seeded("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")));

  private ServerTargets() {}

  private static void acceptable(DocumentCheck check, byte[] content) {
    check
        .fault(content)
        .ifPresent(
            fault -> {
              throw new MalformedInputException(fault);
            });
  }

  private static byte[] picture(String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Asks for members of every type; each is refused on its own, so that all are reached. */
  private static void body(byte[] json) throws Exception {
    StrictJson body = StrictJson.read(new ByteArrayInputStream(json), BODY_LIMIT);
    List<Runnable> members =
        List.of(
            () -> body.optionalText("text", MOST),
            () -> body.requireSecret("secret", MOST),
            () -> body.requireMoney("minor", "currency"),
            () -> body.requireFlag("flag"),
            () -> body.requireDate("date"),
            () -> body.optionalDate("date"),
            () -> body.requireCountry("country"),
            () -> body.optionalPhone("phone"),
            () -> body.optionalObject("object"),
            () -> body.requireOneOf("role", Role.class),
            () -> body.requireSetOf("roles", Role.class),
            () -> body.requireBytes("bytes", MOST),
            () -> body.requireObject("object").requireText("text", MOST),
            () -> body.requireArray("array", MOST).forEach(StrictJson::end),
            () -> body.requireTexts("texts", MOST, MOST));
    RuntimeException last = null;
    for (Runnable member : members) {
      try {
        member.run();
      } catch (JsonRefusedException e) {
        last = e;
      }
    }
    body.end();
    if (last != null) {
      throw last;
    }
  }
}

package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;

/**
 * Two institutions and everybody who asks: members of the staff of the consortium and of both
 * institutions, each with one role and one with all, and programs, each with one scope and one with
 * all.
 */
final class AccessPeople {
  /** All that programs may do. */
  static final List<String> SCOPES = List.of("REGISTRATIONS", "TRANSACTIONS_READ", "WEBHOOKS");

  private final String institution = opened();
  private final String other = opened();
  private final Map<AccessColumn, String> users = new EnumMap<>(AccessColumn.class);
  private final Map<AccessColumn, String> tokens = new EnumMap<>(AccessColumn.class);

  AccessPeople() {
    hire(AccessColumn.CLERK, null, "CLERK");
    hire(AccessColumn.APPROVER, null, "APPROVER");
    hire(AccessColumn.ADMINISTRATOR, null, "ADMINISTRATOR");
    hire(AccessColumn.AUDITOR, null, "AUDITOR");
    hire(AccessColumn.OWN_CLERK, institution, "CLERK");
    hire(AccessColumn.OWN_APPROVER, institution, "APPROVER");
    hire(AccessColumn.OWN_LOCAL, institution, "LOCAL_ADMINISTRATOR");
    hire(AccessColumn.OWN_AUDITOR, institution, "AUDITOR");
    hire(AccessColumn.FOREIGN_STAFF, other, "CLERK", "APPROVER", "LOCAL_ADMINISTRATOR", "AUDITOR");
    admit(AccessColumn.PROGRAM_REGISTRATIONS, institution, List.of("REGISTRATIONS"));
    admit(AccessColumn.PROGRAM_TRANSACTIONS, institution, List.of("TRANSACTIONS_READ"));
    admit(AccessColumn.PROGRAM_WEBHOOKS, institution, List.of("WEBHOOKS"));
    admit(AccessColumn.FOREIGN_PROGRAM, other, SCOPES);
  }

  /** A new institution. */
  static String opened() {
    return ExampleState.institution(brand("Bank " + UUID.randomUUID().toString().substring(0, 30)));
  }

  static Map<String, Object> brand(String name) {
    Map<String, Object> brand = ExampleState.brand(name);
    brand.put("logo", Base64Url.encode(logo()));
    return brand;
  }

  private static byte[] logo() {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_ARGB), "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return png.toByteArray();
  }

  private void hire(AccessColumn column, @Nullable String institution, String... roles) {
    users.put(column, hired(institution, roles));
    signIn(column);
  }

  /** A new member of the staff, with a password of its own; of the consortium where null is. */
  static String hired(@Nullable String institution, String... roles) {
    String user = name();
    ExampleState.staff(
        user, institution == null ? Map.of() : Map.of("institution", institution), roles);
    return user;
  }

  /** A name of a member of the staff, or of a program, that nobody has. */
  static String name() {
    return "s" + UUID.randomUUID().toString().substring(0, 20);
  }

  /** A session more; it is the one that is used from now on. */
  void signIn(AccessColumn column) {
    String user = users.get(column);
    if (user != null) {
      tokens.put(column, ExampleState.signedIn(user));
    }
  }

  private void admit(AccessColumn column, String institution, List<String> scopes) {
    PartnerProgram program = registered(institution, scopes);
    tokens.put(column, authorization(program));
    users.put(column, program.client());
  }

  /** The header of a program that has asked for a token. */
  static String authorization(PartnerProgram program) {
    String assertion = program.assertion(program.claims(BankIT.baseUri()));
    try {
      HttpResponse<String> answer =
          BankIT.send(PartnerProgram.request(BankIT.api("token"), assertion));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return "Bearer " + ExampleState.json(answer).path("access_token").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A program more. */
  static PartnerProgram registered(String institution, List<String> scopes) {
    PartnerProgram program = new PartnerProgram(name());
    BankIT.client()
        .mustPost(
            "/institutions/" + institution + "/partner-clients",
            BankIT.office().administrator(),
            Map.of("client", program.client(), "scopes", scopes, "keys", List.of(program.jwk())));
    return program;
  }

  /** Whose things are asked for. */
  String institution() {
    return institution;
  }

  /** Its header, or nothing for who has none. */
  String authorization(AccessColumn column) {
    return tokens.getOrDefault(column, "");
  }

  void know(AccessColumn column, String authorization) {
    tokens.put(column, authorization);
  }
}

package org.tallystick.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;

/** Those who are shown nothing of what the tests' own party has and does. */
enum Stranger {
  /** Nobody has signed in. */
  ANYBODY,
  /** A token of the right form that the bank never gave. */
  FALSE_TOKEN,
  /** A receipt's token of the right form that no device made. */
  FALSE_RECEIPT_TOKEN,
  /** A customer of the same bank. */
  OTHER_PARTY,
  /** One who may do in another institution all that its staff may do. */
  FOREIGN_STAFF,
  /** Another institution's program, with all scopes. */
  FOREIGN_PROGRAM;

  private static final int PARTY_TOKEN = 32;
  private static final int RECEIPT_TOKEN = 16;

  /** The request, as this one makes it. */
  RawRequest asks(RawRequest request) {
    String authorization = People.AUTHORIZATIONS.get(this);
    return authorization == null || authorization.isEmpty()
        ? request
        : request.with("Authorization", authorization);
  }

  /** They are let in with the first request, since there must be a server first. */
  private static final class People {
    static final Map<Stranger, String> AUTHORIZATIONS = letIn();

    private static Map<Stranger, String> letIn() {
      Map<Stranger, String> all = new EnumMap<>(Stranger.class);
      all.put(ANYBODY, "");
      all.put(FALSE_TOKEN, "Bearer " + drawn(PARTY_TOKEN));
      all.put(FALSE_RECEIPT_TOKEN, "Receipt " + drawn(RECEIPT_TOKEN));
      all.put(
          OTHER_PARTY,
          "Bearer " + BankIT.devices().fundedUser("Olga Other", 1_00).customer().token());
      String institution = institution();
      all.put(
          FOREIGN_STAFF,
          "Bearer " + signIn(hired(institution, List.of("CLERK", "APPROVER", "AUDITOR"))));
      all.put(FOREIGN_PROGRAM, "Bearer " + program(registered(institution)));
      return all;
    }
  }

  static String drawn(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return Base64Url.encode(bytes);
  }

  /** A new institution. */
  static String institution() {
    return BankIT.client()
        .mustPost(
            "/institutions",
            BankIT.office().administrator(),
            Map.of(
                "name", "Bank " + UUID.randomUUID(),
                "textColour", "#ffffff",
                "backgroundColour", "#003366",
                "terms", "Be good."))
        .text("institution");
  }

  /** A new member of the staff, with a password of its own, of the consortium where null is. */
  static String hired(@Nullable String institution, List<String> roles) {
    String user = "s" + UUID.randomUUID().toString().substring(0, 12);
    Map<String, Object> account =
        institution == null
            ? Map.of("user", user, "roles", roles)
            : Map.of("user", user, "roles", roles, "institution", institution);
    String oneTime =
        BankIT.client()
            .mustPost("/staff", BankIT.office().administrator(), account)
            .text("oneTimePassword");
    BankIT.client()
        .mustPost(
            "/staff/password",
            null,
            Map.of("user", user, "password", oneTime, "newPassword", password(user)));
    return user;
  }

  static String password(String user) {
    return "a sentence of " + user;
  }

  /** A session's token. */
  static String signIn(String user) {
    return BankIT.client()
        .mustPost("/sessions", null, Map.of("user", user, "password", password(user)))
        .text("token");
  }

  /** A program of an institution that may do all that programs may. */
  static PartnerProgram registered(String institution) {
    PartnerProgram program =
        new PartnerProgram("c" + UUID.randomUUID().toString().substring(0, 30));
    BankIT.client()
        .mustPost(
            "/institutions/" + institution + "/partner-clients",
            BankIT.office().administrator(),
            Map.of(
                "client",
                program.client(),
                "scopes",
                List.of("REGISTRATIONS", "WEBHOOKS", "TRANSACTIONS_READ"),
                "keys",
                List.of(program.jwk())));
    return program;
  }

  static String program(PartnerProgram program) {
    try {
      HttpResponse<String> answer =
          BankIT.send(
              PartnerProgram.request(
                  BankIT.api("token"), program.assertion(program.claims(BankIT.baseUri()))));
      return new ObjectMapper().readTree(answer.body()).path("access_token").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

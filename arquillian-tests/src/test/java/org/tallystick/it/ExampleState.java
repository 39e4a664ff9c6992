package org.tallystick.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tallystick.launcher.bank.Customer;
import org.tallystick.launcher.bank.Reply;

/** What the scenes of several operations need: parties, institutions, people. */
final class ExampleState {
  static final ObjectMapper JSON = new ObjectMapper();
  static final String NOBODY = "AAAAAAAAAAAAAAAAAAAAAA";
  static final String OWN_PASSWORD = "a long sentence of one's own";
  static final String PDF =
      "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\nstartxref\n9\n%%EOF\n";
  static final Map<String, String> ADA =
      Map.of("kind", "PERSON", "role", "USER", "name", "Ada Byron", "email", "ada@example.org");

  private ExampleState() {}

  static String party(Customer customer) {
    return "Bearer " + customer.token();
  }

  /** A name that nobody has. */
  static String fresh(String start) {
    return start + UUID.randomUUID().toString().substring(0, 8);
  }

  /** Somebody who has applied and nothing more. */
  static Customer ada() {
    return BankIT.office().applied(ADA);
  }

  /** Says twice who it is, as the examples do, and shows a passport. */
  static Customer identified() {
    Customer ada = ada();
    for (int edition = 1; edition <= 2; edition++) {
      ada.identify(person());
    }
    ada.handIn("PASSPORT", "application/pdf", PDF.getBytes(StandardCharsets.US_ASCII));
    return ada;
  }

  /** Has submitted, and nobody is like it on the lists. */
  static Customer inReview() {
    Customer ada = identified();
    ada.submit();
    return ada;
  }

  static Reply approve(Customer customer, String who, String reason) {
    return BankIT.client()
        .mustPost(
            "/registrations/" + customer.registration() + "/approval",
            who,
            Map.of("reason", reason));
  }

  static Customer approved() {
    Customer ada = inReview();
    approve(ada, BankIT.office().clerk(), "papers seen");
    approve(ada, BankIT.office().approver(), "agreed");
    return ada;
  }

  /** Takes its application back. */
  static void withdrawn(String registration, String authorization)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        ServerIT.send(
            ServerIT.request(ServerIT.api("registrations/" + registration))
                .header("Authorization", authorization)
                .DELETE());
    if (answer.statusCode() != 204) {
      throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
    }
  }

  static Map<String, Object> person() {
    return Map.of(
        "person",
        Map.of(
            "given",
            "Ada Augusta",
            "family",
            "Byron",
            "born",
            "1990-12-10",
            "address",
            Map.of(
                "lines",
                List.of("12 St James's Square"),
                "locality",
                "London",
                "postcode",
                "SW1Y 4JH",
                "country",
                "GB"),
            "nationality",
            "GB",
            "paper",
            Map.of(
                "kind",
                "PASSPORT",
                "number",
                "533401372",
                "country",
                "GB",
                "expires",
                "2031-05-02"),
            "phone",
            "+442079460000"));
  }

  static Map<String, Object> brand(String name) {
    return new HashMap<>(
        Map.of(
            "name", name,
            "textColour", "#ffffff",
            "backgroundColour", "#003366",
            "terms", "Be good.\nPay what you owe."));
  }

  static String institution(String name) {
    return institution(brand(name));
  }

  static String institution(Map<String, ?> brand) {
    return BankIT.client()
        .mustPost("/institutions", BankIT.office().administrator(), brand)
        .text("institution");
  }

  /** One more member of the staff; gives the one-time password. */
  static String hired(String user, Map<String, ?> more, String... roles) {
    Map<String, Object> account = new HashMap<>(more);
    account.put("user", user);
    account.put("roles", List.of(roles));
    return BankIT.client()
        .mustPost("/staff", BankIT.office().administrator(), account)
        .text("oneTimePassword");
  }

  /** Chooses a password with the one that works once. */
  static void chosen(String user, String oneTime) {
    BankIT.client()
        .mustPost(
            "/staff/password",
            null,
            Map.of("user", user, "password", oneTime, "newPassword", OWN_PASSWORD));
  }

  static String signedIn(String user) {
    return "Bearer "
        + BankIT.client()
            .mustPost("/sessions", null, Map.of("user", user, "password", OWN_PASSWORD))
            .text("token");
  }

  /** Hires, lets choose a password and signs in. */
  static String staff(String user, Map<String, ?> more, String... roles) {
    chosen(user, hired(user, more, roles));
    return signedIn(user);
  }

  static JsonNode json(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  /** The tag of what is at a path. */
  static String tag(String path, String authorization) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        ServerIT.request(ServerIT.api(path)).header("Authorization", authorization);
    return ServerIT.send(request).headers().firstValue("ETag").orElseThrow();
  }
}

package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tallystick.it.Problems.assertProblem;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Base64Url;
import org.tallystick.cose.CoseSign1;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.receipt.Receipt;

/**
 * TSE-22: two institutions of one consortium, each blind to the other, at every address with an
 * identifier in it; and the brand that anybody sees.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TenantIT extends BankIT {
  private static final String NOBODY = "AAAAAAAAAAAAAAAAAAAAAA";
  private static final String NUMBER = "0000000000000000";
  private static final String REASON = "{\"reason\":\"checked\"}";
  private static final String SUSPENDED = "{\"state\":\"SUSPENDED\",\"reason\":\"checked\"}";
  private static final String DEPOSIT = "{\"amountMinor\":1,\"currency\":\"USD\"}";

  private String institution;
  private String ours;
  private String theirs;
  private String registration;
  private String account;
  private String device;
  private String number;
  private String receipt;

  /**
   * A request about a thing.
   *
   * @param method of HTTP
   * @param path below the interface's root, with {@code %s} for the identifier
   * @param body JSON, empty for none
   * @param thing what kind of identifier
   * @param unknown one that names nothing
   */
  private record About(String method, String path, String body, String thing, String unknown) {}

  private static List<About> about() {
    return List.of(
        new About("POST", "registrations/%s/approval", REASON, "registration", NOBODY),
        new About("POST", "registrations/%s/state", SUSPENDED, "registration", NOBODY),
        new About("POST", "registrations/%s/activation-approvals", "", "registration", NOBODY),
        new About("POST", "devices/%s/state", SUSPENDED, "device", NOBODY),
        new About("GET", "devices/%s/log", "", "device", NOBODY),
        new About("GET", "accounts/%s", "", "account", "999999"),
        new About("POST", "accounts/%s/deposits", DEPOSIT, "account", "999999"),
        new About("GET", "transactions/%s", "", "number", NUMBER),
        new About("GET", "transactions/%s/evidence", "", "number", NUMBER),
        new About("GET", "receipts/%s", "", "receipt", NUMBER));
  }

  @BeforeAll
  void open() {
    institution = opened();
    ours = staff(institution);
    theirs = staff(opened());
    registration =
        client()
            .mustPost(
                "/registrations",
                null,
                Map.of(
                    "kind", "PERSON",
                    "role", "USER",
                    "name", "Ada Byron",
                    "institution", institution))
            .text("registration");
    User user = user();
    FinishedEntry paid = assertPays(user, shop(), 1_00);
    account = user.holder().account();
    device = Base64Url.encode(user.phone().identity().orElseThrow().binding().deviceId());
    number = paid.number();
    receipt =
        TransactionNumber.text(
            Receipt.decode(CoseSign1.decode(paid.receipt()).payload()).receiptNumber());
  }

  private static Map<String, String> brand(String name) {
    return Map.of(
        "name", name,
        "textColour", "#ffffff",
        "backgroundColour", "#003366",
        "terms", "Be good.\nPay what you owe.");
  }

  private static String opened() {
    return client()
        .mustPost("/institutions", office().administrator(), brand("Bank " + UUID.randomUUID()))
        .text("institution");
  }

  /** One who may do whatever an institution's staff may do. */
  private static String staff(String institution) {
    String user = "s" + UUID.randomUUID().toString().substring(0, 8);
    String oneTime =
        client()
            .mustPost(
                "/staff",
                office().administrator(),
                Map.of(
                    "user", user,
                    "roles", List.of("CLERK", "APPROVER", "AUDITOR"),
                    "institution", institution))
            .text("oneTimePassword");
    String own = "a sentence of " + user;
    client()
        .mustPost(
            "/staff/password", null, Map.of("user", user, "password", oneTime, "newPassword", own));
    return "Bearer "
        + client().mustPost("/sessions", null, Map.of("user", user, "password", own)).text("token");
  }

  private String identifier(String thing) {
    return switch (thing) {
      case "registration" -> registration;
      case "device" -> device;
      case "account" -> account;
      case "number" -> number;
      default -> receipt;
    };
  }

  private static HttpResponse<String> ask(About about, String identifier, String authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(api(about.path().formatted(identifier)))
            .header("Authorization", authorization)
            .method(
                about.method(),
                about.body().isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(about.body()));
    if (!about.body().isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (about.path().endsWith("deposits")) {
      request.header("Idempotency-Key", UUID.randomUUID().toString());
    }
    return send(request);
  }

  @ParameterizedTest
  @MethodSource("about")
  void thingOfAnother_isAsIfNothingWereThere(About about) throws IOException, InterruptedException {
    HttpResponse<String> foreign = ask(about, identifier(about.thing()), theirs);
    HttpResponse<String> unknown = ask(about, about.unknown(), theirs);

    assertProblem(foreign, 404);
    assertThat(foreign.body()).isEqualTo(unknown.body());
    assertThat(foreign.headers().map().keySet()).isEqualTo(unknown.headers().map().keySet());
  }

  @Test
  void ownRegistration_isThere_onOwnPagesAlone() throws IOException, InterruptedException {
    HttpResponse<String> own =
        ask(new About("POST", "registrations/%s/state", SUSPENDED, "", ""), registration, ours);
    assertProblem(own, 409); // it has only applied
    String page = "registrations?state=APPLIED&limit=200";
    assertThat(send(request(api(page)).header("Authorization", ours)).body())
        .contains(registration);
    assertThat(send(request(api(page)).header("Authorization", theirs)).body())
        .doesNotContain(registration);
  }

  @Test
  void whatIsTheConsortiums_isNotForAnInstitutionsStaff() throws IOException, InterruptedException {
    for (String path : List.of("ledger/trial-balance", "transactions/summary", "institutions")) {
      assertProblem(send(request(api(path)).header("Authorization", ours)), 403);
    }
  }

  @Test
  void brand_isForAnybody_withATag_untilTheInstitutionCloses()
      throws IOException, InterruptedException {
    String id = opened();
    HttpResponse<String> shown = send(request(api("institutions/" + id + "/brand")));
    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(shown.body()).contains("\"textColour\":\"#ffffff\"").contains("\"open\":true");
    assertThat(shown.headers().firstValue("Cache-Control")).hasValue("public, max-age=300");
    String tag = shown.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again =
        send(request(api("institutions/" + id + "/brand")).header("If-None-Match", tag));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();

    move(id, "SUSPENDED");
    assertThat(send(request(api("institutions/" + id + "/brand"))).body())
        .contains("\"open\":false");
    move(id, "CLOSED");
    assertProblem(send(request(api("institutions/" + id + "/brand"))), 404);
    assertProblem(
        send(request(api("institutions/" + id + "/brand/logo")).setHeader("Accept", "*/*")), 404);
  }

  @Test
  void logo_comesBackAsItWas_andCannotBeTakenForAnythingElse()
      throws IOException, InterruptedException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(64, 32, BufferedImage.TYPE_INT_ARGB), "png", png);
    Map<String, String> drawn = new HashMap<>(brand("Bank " + UUID.randomUUID()));
    drawn.put("logo", Base64Url.encode(png.toByteArray()));
    String id =
        client().mustPost("/institutions", office().administrator(), drawn).text("institution");
    String path = client().mustGet("/institutions/" + id + "/brand", null).text("logo");
    HttpResponse<byte[]> logo =
        HTTP.send(
            HttpRequest.newBuilder(baseUri().resolve(path)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(logo.statusCode()).isEqualTo(200);
    assertThat(logo.body()).isEqualTo(png.toByteArray());
    assertThat(logo.headers().firstValue("Content-Type")).hasValue("image/png");
    assertThat(logo.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(logo.headers().firstValue("Content-Security-Policy"))
        .hasValue("default-src 'none'; sandbox");
    assertThat(logo.headers().firstValue("ETag")).isPresent();
  }

  private static void move(String id, String state) {
    client()
        .mustPost(
            "/institutions/" + id + "/state",
            office().administrator(),
            Map.of("state", state, "reason", "as agreed"));
  }

  @Test
  void suspendedInstitution_letsNobodyIn() throws IOException, InterruptedException {
    String id = opened();
    String staff = staff(id);
    assertThat(send(request(api("registrations")).header("Authorization", staff)).statusCode())
        .isEqualTo(200);
    move(id, "SUSPENDED");
    assertProblem(send(request(api("registrations")).header("Authorization", staff)), 401);
    assertThat(
            client()
                .post(
                    "/registrations",
                    null,
                    Map.of("kind", "PERSON", "role", "USER", "name", "Ada", "institution", id))
                .text("type"))
        .isEqualTo("urn:tallystick:problem:institution-not-open");
  }

  @Test
  void change_underAnOldTag_isNotMade() throws IOException, InterruptedException {
    String id = opened();
    String name = "Bank " + UUID.randomUUID();
    String body =
        "{\"name\":\""
            + name
            + "\",\"textColour\":\"#000000\",\"backgroundColour\":\"#ffffff\","
            + "\"terms\":\"Other terms.\"}";
    String first =
        send(request(api("institutions/" + id)).header("Authorization", office().administrator()))
            .headers()
            .firstValue("ETag")
            .orElseThrow();
    HttpResponse<String> changed = put(id, first, body);
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    assertThat(changed.headers().firstValue("ETag").orElseThrow()).isNotEqualTo(first);
    assertProblem(put(id, first, body), 412);
    assertProblem(put(id, "*", body.replace("#000000", "#eeeeee")), 422);
    assertProblem(put(id, "*", body.replace("#000000", "black")), 400);
    assertProblem(
        put(id, "*", body.replace("}", ",\"logo\":\"" + Base64Url.encode(new byte[70]) + "\"}")),
        422);
    assertProblem(
        put(id, "*", body.replace("}", ",\"logo\":\"" + "A".repeat(90_000) + "\"}")), 400);
  }

  private static HttpResponse<String> put(String id, String tag, String body)
      throws IOException, InterruptedException {
    return send(
        request(api("institutions/" + id))
            .header("Authorization", office().administrator())
            .header("Content-Type", "application/json")
            .header("If-Match", tag)
            .PUT(HttpRequest.BodyPublishers.ofString(body)));
  }
}

package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tallystick.it.Problems.assertProblem;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.Base64Url;

/**
 * TSE-22: an institution's people see its own parties on their pages, and anybody sees its brand.
 * That they are blind to the other's at every address, {@link AccessTableIT} shows.
 */
final class TenantIT extends BankIT {
  /** One who may do whatever an institution's staff may do. */
  private static String staff(String institution) {
    return ExampleState.signedIn(AccessPeople.hired(institution, "CLERK", "APPROVER", "AUDITOR"));
  }

  @Test
  void ownRegistration_isOnOwnPagesAlone() throws IOException, InterruptedException {
    String institution = AccessPeople.opened();
    String registration =
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
    String page = "registrations?state=APPLIED&limit=200";
    assertThat(send(request(api(page)).header("Authorization", staff(institution))).body())
        .contains(registration);
    assertThat(
            send(request(api(page)).header("Authorization", staff(AccessPeople.opened()))).body())
        .doesNotContain(registration);
  }

  @Test
  void brand_isForAnybody_withATag_untilTheInstitutionCloses()
      throws IOException, InterruptedException {
    String id = AccessPeople.opened();
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
    Map<String, Object> drawn = ExampleState.brand("Bank " + UUID.randomUUID());
    drawn.put("logo", Base64Url.encode(png.toByteArray()));
    String id = ExampleState.institution(drawn);
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
    String id = AccessPeople.opened();
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
    String id = AccessPeople.opened();
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

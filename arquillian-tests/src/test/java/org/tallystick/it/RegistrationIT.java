package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tallystick.it.Problems.assertProblem;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tallystick.launcher.bank.Customer;
import org.tallystick.launcher.bank.Reply;

/**
 * From an application to a party that takes part, over HTTP, with what may go wrong on the way.
 *
 * <p>TSE-02 (registration and identification).
 */
final class RegistrationIT extends BankIT {
  private static final String PDF =
      "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\nstartxref\n9\n%%EOF\n";
  private static final String PERSON =
      """
      {"person": {"given": "Ada Augusta", "family": "Byron", "born": "1990-12-10",
        "address": {"lines": ["12 St James's Square"], "locality": "London", "country": "GB"},
        "nationality": "GB", "phone": "+442079460000",
        "paper": {"kind": "PASSPORT", "number": "533401372", "country": "GB", "expires": "2031-05-02"}}}
      """;

  private Customer ada;

  @BeforeEach
  void apply() {
    ada = office().applied(Map.of("kind", "PERSON", "role", "USER", "name", "Ada Byron"));
  }

  private HttpRequest.Builder asked(String path) {
    return request(api("registrations/" + ada.registration() + path))
        .header("Authorization", "Bearer " + ada.token());
  }

  private HttpResponse<String> say(String body, String... ifMatch)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        asked("/identification")
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body));
    for (String tag : ifMatch) {
      request.header("If-Match", tag);
    }
    return send(request);
  }

  private HttpResponse<String> handIn(String type, String mediaType, byte[] content)
      throws IOException, InterruptedException {
    return send(
        asked("/documents?type=" + type)
            .header("Content-Type", mediaType)
            .POST(BodyPublishers.ofByteArray(content)));
  }

  private HttpResponse<String> submit() throws IOException, InterruptedException {
    return send(asked("/submission").POST(BodyPublishers.noBody()));
  }

  private Reply approve(String who) {
    return client()
        .post("/registrations/" + ada.registration() + "/approval", who, Map.of("reason", "seen"));
  }

  private Reply staff(String path, String who) {
    return client().get("/registrations/" + ada.registration() + path, who);
  }

  private String state() {
    return client()
        .mustGet("/registrations/" + ada.registration(), "Bearer " + ada.token())
        .text("state");
  }

  private int documents() {
    return client()
        .mustGet("/registrations/" + ada.registration() + "/documents", "Bearer " + ada.token())
        .body()
        .path("documents")
        .size();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static List<String> texts(JsonNode array, String member) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.path(member).asText()));
    return texts;
  }

  @Test
  void wholeWay_fromTheApplicationToTheFirstDevice() throws IOException, InterruptedException {
    assertThat(state()).isEqualTo("APPLIED");
    assertProblem(submit(), 409);
    assertThat(say(PERSON).statusCode()).isEqualTo(200);
    HttpResponse<String> incomplete = submit();
    assertProblem(incomplete, 409);
    assertThat(incomplete.body()).contains("identification-incomplete", "identifies the person");
    assertThat(handIn("PASSPORT", "application/pdf", bytes(PDF)).statusCode()).isEqualTo(201);
    assertThat(submit().body()).isEqualTo("{\"state\":\"REVIEW\"}");

    JsonNode dossier = staff("/dossier", office().clerk()).body();
    assertThat(dossier.path("applicant").path("name").asText()).isEqualTo("Ada Byron");
    assertThat(dossier.path("identification").path("person").path("born").asText())
        .isEqualTo("1990-12-10");
    String document = dossier.path("documents").path(0).path("document").asText();
    HttpResponse<String> opened =
        send(
            request(api("registrations/" + ada.registration() + "/documents/" + document))
                .setHeader("Accept", "*/*")
                .header("Authorization", office().clerk()));
    assertThat(opened.body()).isEqualTo(PDF);
    assertThat(opened.headers().firstValue("Content-Type")).hasValue("application/pdf");
    assertThat(opened.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"" + document + ".pdf\"");
    assertThat(opened.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(opened.headers().firstValue("Cache-Control")).hasValue("no-store");

    assertThat(approve(office().clerk()).body().toString())
        .isEqualTo("{\"proposedBy\":\"clerk\",\"state\":\"REVIEW\"}");
    assertThat(
            client()
                .post(
                    "/registrations/" + ada.registration() + "/activations",
                    "Bearer " + ada.token(),
                    Map.of())
                .status())
        .isEqualTo(403);
    assertThat(approve(office().approver()).text("state")).isEqualTo("APPROVED");
    assertThat(approve(office().approver()).text("state")).isEqualTo("APPROVED");
    ada.account("USD", "Account 1");
    devices().device(ada, "ada-" + UUID.randomUUID(), "1234");
    assertThat(state()).isEqualTo("ACTIVE");

    JsonNode lines = staff("/transitions", office().auditor()).body().path("transitions");
    assertThat(texts(lines, "to")).containsExactly("SCREENING", "REVIEW", "APPROVED", "ACTIVE");
    assertThat(lines.path(2).path("actor").asText()).isEqualTo("approver");
    assertThat(lines.path(2).path("proposedBy").asText()).isEqualTo("clerk");
    assertThat(lines.path(3).path("actor").asText()).startsWith("device:");
    JsonNode accesses = staff("/accesses", office().auditor()).body().path("accesses");
    assertThat(texts(accesses, "what")).containsExactly("DOSSIER", "DOCUMENT");
    assertThat(texts(accesses, "actor")).containsOnly("clerk");
  }

  @Test
  void messages_comeInPages_andNameNobodyOfTheStaff() throws IOException, InterruptedException {
    say(PERSON);
    handIn("PASSPORT", "application/pdf", bytes(PDF));
    submit();
    approve(office().clerk());
    approve(office().approver());
    String path = "/registrations/" + ada.registration() + "/messages?limit=2";
    JsonNode first = client().mustGet(path, "Bearer " + ada.token()).body();
    assertThat(first.path("messages")).hasSize(2);
    JsonNode second =
        client()
            .mustGet(path + "&after=" + first.path("next").asText(), "Bearer " + ada.token())
            .body();
    assertThat(second.path("messages")).hasSize(1);
    assertThat(second.path("messages").path(0).path("parameters").path("state").asText())
        .isEqualTo("APPROVED");
    assertThat(second.hasNonNull("next")).isFalse();
    assertThat(first.toString() + second).doesNotContain("clerk", "approver", "Ada");
    assertThat(client().get(path + "&after=-1", "Bearer " + ada.token()).status()).isEqualTo(400);
  }

  @Test
  void identification_withAnOldTag_isNotReplaced() throws IOException, InterruptedException {
    assertProblem(say(PERSON, "*"), 412);
    HttpResponse<String> first = say(PERSON);
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> second = say(PERSON, tag);
    assertThat(second.statusCode()).isEqualTo(200);
    assertProblem(say(PERSON, tag), 412);
    assertProblem(say(PERSON, "\"99\""), 412);
    HttpResponse<String> own = send(asked("/identification").GET());
    assertThat(own.headers().firstValue("ETag")).isEqualTo(second.headers().firstValue("ETag"));
    assertThat(own.body()).contains("\"533401372\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"nationality\": \"GB\" | \"nationality\": \"XX\" | 400",
        "\"1990-12-10\" | \"1990-02-30\" | 400",
        "\"1990-12-10\" | \"10.12.1990\" | 400",
        "\"1990-12-10\" | 19901210 | 400",
        "\"1990-12-10\" | \"2990-12-10\" | 422",
        "+442079460000 | 020 7946 0000 | 400",
        "\"PASSPORT\" | \"LIBRARY_CARD\" | 400",
        "\"2031-05-02\" | \"2001-05-02\" | 422",
        "[\"12 St James's Square\"] | [] | 422",
        "[\"12 St James's Square\"] | [\"1\",\"2\",\"3\",\"4\",\"5\"] | 400",
        "\"family\": \"Byron\" | \"family\": \"By\\u200bron\" | 400",
        "\"family\": \"Byron\" | \"family\": \"By\\u3164ron\" | 422",
        "\"family\": \"Byron\" | \"family\": \"Byr\\u043en\" | 422",
        "\"family\": \"Byron\" | \"family\": \"Byron\", \"rank\": 1 | 400",
        "\"family\": \"Byron\" | \"family\": \"Byron\", \"family\": \"King\" | 400",
        "{\"person\" | {\"organisation\" | 400"
      })
  void identification_thatIsNotRight_isRefusedAndNotKept(String good, String bad, int status)
      throws IOException, InterruptedException {
    assertThat(PERSON).contains(good);
    assertProblem(say(PERSON.replace(good, bad)), status);
    assertThat(send(asked("/identification").GET()).statusCode()).isEqualTo(404);
  }

  @Test
  void documents_thatAreNotRight_areRefusedAndNotKept() throws IOException, InterruptedException {
    assertProblem(handIn("PASSPORT", "application/pdf", new byte[0]), 422);
    assertProblem(handIn("PASSPORT", "application/pdf", bytes("<html>")), 422);
    assertProblem(handIn("PASSPORT", "image/png", bytes(PDF)), 422);
    assertProblem(handIn("PASSPORT", "application/zip", bytes(PDF)), 415);
    assertProblem(handIn("PASSPORT", "text/html", bytes(PDF)), 415);
    assertProblem(handIn("LICENCE_TO_KILL", "application/pdf", bytes(PDF)), 400);
    assertProblem(handIn("", "application/pdf", bytes(PDF)), 400);
    assertProblem(
        handIn(
            "PASSPORT",
            "application/pdf",
            bytes(PDF.replace("/Catalog", "/Catalog /S /J#61vaScript"))),
        422);
    byte[] huge = new byte[5 * 1024 * 1024 + 1];
    assertProblem(handIn("PASSPORT", "image/jpeg", huge), 413);
    assertThat(documents()).isZero();
  }

  @Test
  void document_ofUnsaidLength_isReadToTheLimitOnly() throws IOException, InterruptedException {
    byte[] huge = new byte[6 * 1024 * 1024];
    HttpResponse<String> answer =
        send(
            asked("/documents?type=PASSPORT")
                .header("Content-Type", "image/png")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(huge))));
    assertProblem(answer, 413);
    assertThat(documents()).isZero();
  }

  @Test
  void document_thatIsEncoded_isRefused() throws IOException, InterruptedException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes(PDF));
    }
    HttpResponse<String> answer =
        send(
            asked("/documents?type=PASSPORT")
                .header("Content-Type", "application/pdf")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(packed.toByteArray())));
    assertProblem(answer, 415);
    assertThat(documents()).isZero();
  }

  @Test
  void document_isTakenBack_whileNothingWasSubmitted() throws IOException, InterruptedException {
    handIn("PASSPORT", "application/pdf", bytes(PDF));
    String document =
        client()
            .mustGet("/registrations/" + ada.registration() + "/documents", "Bearer " + ada.token())
            .body()
            .path("documents")
            .path(0)
            .path("document")
            .asText();
    assertThat(send(asked("/documents/" + document).DELETE()).statusCode()).isEqualTo(204);
    assertThat(documents()).isZero();
    assertProblem(send(asked("/documents/" + document).DELETE()), 404);
  }

  @Test
  void application_isWithdrawn() throws IOException, InterruptedException {
    assertThat(send(asked("").DELETE()).statusCode()).isEqualTo(204);
    assertThat(state()).isEqualTo("CLOSED");
    assertProblem(send(asked("").DELETE()), 409);
    assertProblem(say(PERSON), 409);
  }

  @Test
  void approver_whoProposed_cannotConfirm() throws IOException, InterruptedException {
    say(PERSON);
    handIn("PASSPORT", "application/pdf", bytes(PDF));
    submit();
    assertThat(approve(office().approver()).text("proposedBy")).isEqualTo("approver");
    Reply again = approve(office().approver());
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text("type")).isEqualTo("urn:tallystick:problem:second-person-needed");
    assertThat(state()).isEqualTo("REVIEW");
  }
}

package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.tallystick.launcher.bank.Customer;
import org.tallystick.launcher.bank.Reply;
import org.tallystick.launcher.bank.SampleList;

/** ABS-08: names of parties against target lists, over HTTP. */
final class ScreeningIT extends BankIT {
  private static final String UN = "/screening/lists/UN?format=UN_XML";
  private static final String XML = "application/xml";
  private static final String ZIP = "application/zip";

  /** Somebody who is called like one on the sample list. */
  static Customer listed() {
    Customer customer =
        office().applied(Map.of("kind", "PERSON", "role", "USER", "name", "Mikhail Tarvolenko"));
    customer.identify(
        Map.of(
            "person",
            Map.of(
                "given", "Mikhail",
                "family", "Tarvolenko",
                "born", "1990-12-10",
                "address",
                    Map.of(
                        "lines", List.of("1 Main Street"),
                        "locality", "Springfield",
                        "country", "US"),
                "nationality", "US",
                "paper", Map.of("kind", "NATIONAL_ID", "number", "X-1", "country", "US"))));
    customer.handIn(
        "NATIONAL_ID",
        "application/pdf",
        "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
            .getBytes(StandardCharsets.US_ASCII));
    customer.submit();
    return customer;
  }

  private static Reply approve(Customer customer, String who) {
    return client()
        .post(
            "/registrations/" + customer.registration() + "/approval",
            who,
            Map.of("reason", "papers seen"));
  }

  private static JsonNode hit(Customer customer, String state) {
    for (JsonNode hit :
        client()
            .mustGet("/screening/hits?limit=200&state=" + state, office().clerk())
            .body()
            .path("hits")) {
      if (hit.path("registration").asText().equals(customer.registration())) {
        return hit;
      }
    }
    throw new AssertionError("no hit in state " + state);
  }

  private static JsonNode overview() {
    return client().mustGet("/screening", office().auditor()).body();
  }

  private static void load(byte[] list) throws InterruptedException {
    client().mustPutBytes(UN, office().administrator(), XML, list);
    await(
        "everybody screened",
        () -> overview().path("possible").asBoolean() && overview().path("waiting").asLong() == 0);
  }

  private static byte[] sample(String from, String to) {
    String text = new String(SampleList.bytes(), StandardCharsets.UTF_8);
    assertThat(text).contains(from);
    return text.replace(from, to).getBytes(StandardCharsets.UTF_8);
  }

  private static void assertProblem(Reply reply, int status, String slug) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.body().path("type").asText()).endsWith(":" + slug);
  }

  @Test
  void hit_stopsApproval_untilItIsMarked_andIsOpenAgainWhenTheEntryChanges() throws Exception {
    Customer customer = listed();
    assertProblem(approve(customer, office().clerk()), 409, "screening-open");
    String hit = "/screening/hits/" + hit(customer, "OPEN").path("hit").asText();
    JsonNode opened = client().mustGet(hit, office().clerk()).body();
    assertThat(opened.path("name").asText()).isEqualTo("Mikhail Tarvolenko");
    assertThat(opened.path("listedName").asText()).isEqualTo("MIKHAIL TARVOLENKO");
    assertThat(opened.path("explanation")).isNotEmpty();
    assertThat(client().get(hit, office().auditor()).status()).isEqualTo(403);
    Map<String, String> another = Map.of("decision", "FALSE_POSITIVE", "note", "born in 1990");
    assertThat(client().post(hit + "/decision", office().auditor(), another).status())
        .isEqualTo(403);
    assertThat(client().mustPost(hit + "/decision", office().clerk(), another).text("state"))
        .isEqualTo("FALSE_POSITIVE");
    assertThat(approve(customer, office().clerk()).good()).isTrue();

    load(sample("BANK OF ZERMANIA", "BANK OF OLD ZERMANIA"));
    assertThat(hit(customer, "FALSE_POSITIVE").path("list").asText()).isEqualTo("UN");
    load(sample("1961-05-02", "1990-12-10"));
    assertThat(hit(customer, "OPEN").path("entity").asText()).isEqualTo("900001");
    assertProblem(approve(customer, office().approver()), 409, "screening-open");
    load(SampleList.bytes());
  }

  @Test
  void list_thatIsNotWholeOrNotOne_isRefused_andTheOneBeforeStays() throws Exception {
    JsonNode before = overview().path("lists");
    String admin = office().administrator();
    byte[] list = SampleList.bytes();
    byte[] cut = java.util.Arrays.copyOf(list, list.length - 60);
    assertProblem(client().putBytes(UN, admin, XML, cut), 422, "list-not-acceptable");
    String text = new String(list, StandardCharsets.UTF_8);
    byte[] shrunk =
        (text.substring(0, text.indexOf("<ENTITIES>"))
                + "<ENTITIES></ENTITIES></CONSOLIDATED_LIST>")
            .getBytes(StandardCharsets.UTF_8);
    assertProblem(client().putBytes(UN, admin, XML, shrunk), 409, "list-shrunk");
    assertProblem(
        client().putBytes(UN + "&shrink=true&reason=so", admin, XML, shrunk), 403, "not-permitted");
    assertProblem(
        client().putBytes("/screening/lists/OFAC-SDN?format=OFAC_CSV", admin, ZIP, bomb()),
        422,
        "list-not-acceptable");
    assertProblem(
        client().putBytes("/screening/lists/EU?format=UN_XML", admin, XML, list), 404, "not-found");
    assertProblem(
        client().putBytes("/screening/lists/UN?format=CSV", admin, XML, list), 400, "bad-request");
    assertProblem(client().putBytes(UN, office().clerk(), XML, list), 403, "not-permitted");
    assertProblem(client().putBytes(UN, admin, "text/plain", list), 415, "unsupported-media-type");
    assertThat(overview().path("lists")).isEqualTo(before);
    assertThat(overview().path("possible").asBoolean()).isTrue();
  }

  /** A hundred kilobytes that would be a hundred megabytes. */
  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream archive = new ZipOutputStream(bytes)) {
      archive.putNextEntry(new ZipEntry("sdn.csv"));
      archive.write(new byte[100 << 20]);
      archive.closeEntry();
    }
    return bytes.toByteArray();
  }
}

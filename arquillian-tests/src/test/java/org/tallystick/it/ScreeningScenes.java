package org.tallystick.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.tallystick.it.Scene.Sample;
import org.tallystick.launcher.bank.Customer;
import org.tallystick.launcher.bank.SampleList;

/** Lists, hits and what the counter says of them. */
final class ScreeningScenes {
  private ScreeningScenes() {}

  static Map<String, Scene> all() {
    return Map.of(
        "screening",
        sample -> overview(),
        "loadList",
        ScreeningScenes::list,
        "retireList",
        sample -> proposedToRetire(),
        "screeningHits",
        sample -> hits(),
        "screeningHit",
        sample -> hit(),
        "decideHit",
        sample -> hit());
  }

  private static Call overview() throws InterruptedException {
    proposedToRetire();
    return new Call()
        .as(BankIT.office().auditor())
        .free("/openHits", "/waiting", "/lists/entries", "/lists/names")
        // what each bank says in its settings
        .free("/standing/required");
  }

  private static void awaitScreened() throws InterruptedException {
    BankIT.await(
        "everybody screened",
        () -> {
          JsonNode now = BankIT.client().mustGet("/screening", BankIT.office().auditor()).body();
          return now.path("possible").asBoolean() && now.path("waiting").asLong() == 0;
        });
  }

  /** A list that the administrator has proposed to take away. */
  private static Call proposedToRetire() throws InterruptedException {
    String list = ownList();
    BankIT.client()
        .mustPost(
            "/screening/lists/" + list + "/retirement",
            BankIT.office().administrator(),
            Map.of("reason", "Nobody on it is looked for any longer"));
    awaitScreened();
    return new Call().as(BankIT.office().approver()).at("list", list);
  }

  /**
   * Loads a list of the bank's own, of one whom nobody is called like; gives its name. It is
   * another edition each time, so that nothing is proposed on it.
   */
  static String ownList() {
    String name = "OWN";
    String list =
        """
        reference,kind,name,aliases,weak_aliases,birth_dates,country,note
        A-1,VESSEL,Qwyzzelbrook Vantrasp,,,,,%s
        """
            .formatted(UUID.randomUUID());
    BankIT.client()
        .mustPutBytes(
            "/screening/lists/" + name + "?format=OWN_CSV",
            BankIT.office().administrator(),
            "text/csv",
            list.getBytes(StandardCharsets.UTF_8));
    return name;
  }

  private static Call hits() {
    hitOf(listed());
    return new Call()
        .as(BankIT.office().clerk())
        .query("state", "OPEN")
        .query("limit", "200")
        .free("/hits/score");
  }

  private static Call list(Sample sample) throws IOException {
    byte[] list = SampleList.bytes();
    if (sample.request().media().equals("text/csv")) {
      // a published list under its own name is in its own form
      return new Call()
          .as(BankIT.office().administrator())
          .at("list", "UN")
          .query("format", "UN_XML")
          .free("/entries", "/names")
          .bytes(list);
    }
    if (sample.request().media().equals("application/zip")) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (ZipOutputStream zip = new ZipOutputStream(out)) {
        zip.putNextEntry(new ZipEntry("consolidated.xml"));
        zip.write(list);
        zip.closeEntry();
      }
      list = out.toByteArray();
    }
    return new Call()
        .as(BankIT.office().administrator())
        .at("list", "UN")
        .query("format", "UN_XML")
        .free("/entries", "/names")
        .bytes(list);
  }

  /** Somebody who is called as one who is listed. */
  static Customer listed() {
    ObjectNode named = ExampleState.JSON.valueToTree(ExampleState.person());
    ((ObjectNode) named.path("person")).put("given", "Mikhail").put("family", "Tarvolenko");
    Customer customer = ExampleState.ada();
    @SuppressWarnings("unchecked")
    Map<String, Object> said = ExampleState.JSON.convertValue(named, Map.class);
    customer.identify(said);
    customer.handIn(
        "PASSPORT", "application/pdf", ExampleState.PDF.getBytes(StandardCharsets.US_ASCII));
    customer.submit();
    return customer;
  }

  static String hitOf(Customer customer) {
    for (JsonNode hit :
        BankIT.client()
            .mustGet("/screening/hits?limit=200&state=OPEN", BankIT.office().clerk())
            .body()
            .path("hits")) {
      if (hit.path("registration").asText().equals(customer.registration())) {
        return hit.path("hit").asText();
      }
    }
    throw new IllegalStateException("no hit of " + customer);
  }

  private static Call hit() {
    return new Call()
        .as(BankIT.office().clerk())
        .at("hit", hitOf(listed()))
        .free("/score", "/explanation/weight");
  }
}

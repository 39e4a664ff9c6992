package org.tallystick.it;

import static org.tallystick.it.ExampleState.fresh;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.tallystick.codec.Base64Url;
import org.tallystick.it.Scene.Sample;

/** Member banks, their programs, and what the programs do. */
final class InstitutionScenes {
  private static final String BRAND = "First Harbour Bank";
  private static final String CLIENT = "harbour-core";
  private static final Map<String, ?> SHOWN_KEY =
      Map.of(
          "kty", "OKP",
          "crv", "Ed25519",
          "kid", "2026-11",
          "x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");

  private InstitutionScenes() {}

  static Map<String, Scene> all() {
    return Map.ofEntries(
        Map.entry("openInstitution", sample -> administrator().with("/name", name())),
        Map.entry("institutions", sample -> page()),
        Map.entry("institution", sample -> institution()),
        Map.entry("changeInstitution", sample -> institution().with("/name", name())),
        Map.entry("moveInstitution", sample -> institution()),
        Map.entry("institutionChanges", sample -> withClient()),
        Map.entry("brand", sample -> institution()),
        Map.entry("logo", sample -> logo()),
        Map.entry("registerClient", sample -> institution().with("/client", fresh("harbour-"))),
        Map.entry("institutionClients", sample -> withClient()),
        Map.entry("partnerClient", sample -> withClient()),
        Map.entry("changeClient", sample -> withClient()),
        Map.entry("revokeClient", sample -> withClient()),
        Map.entry("registerForParty", sample -> program().with("/displayName", fresh("Shop "))),
        Map.entry("partnerRegistrations", sample -> program().query("limit", "1")),
        Map.entry("partnerRegistration", sample -> program()),
        Map.entry("token", InstitutionScenes::token));
  }

  private static Call administrator() {
    return new Call().as(BankIT.office().administrator());
  }

  private static String name() {
    return fresh("First Harbour Bank ");
  }

  private static Call institution() {
    String name = name();
    return administrator().at("institution", ExampleState.institution(name)).says(BRAND, name);
  }

  /** From the last two on, for others opened more. */
  private static Call page() {
    String name = name();
    for (String one : List.of(name, name())) {
      ExampleState.institution(one);
    }
    Call call = administrator().query("limit", "1").says(BRAND, name);
    String after = "";
    while (true) {
      JsonNode found =
          BankIT.client()
              .mustGet("/institutions?limit=1" + after, BankIT.office().administrator())
              .body();
      if (found.path("institutions").path(0).path("name").asText().equals(name)) {
        return after.isEmpty() ? call : call.query("after", after.substring("&after=".length()));
      }
      after = "&after=" + found.path("next").asText();
    }
  }

  private static Call logo() throws IOException {
    Map<String, Object> brand = ExampleState.brand(name());
    brand.put("logo", Base64Url.encode(PartyScenes.picture("png")));
    return new Call().at("institution", ExampleState.institution(brand));
  }

  private static Call withClient() {
    String institution = ExampleState.institution(name());
    String client = fresh("harbour-");
    BankIT.client()
        .mustPost(
            "/institutions/" + institution + "/partner-clients",
            BankIT.office().administrator(),
            Map.of(
                "client",
                client,
                "scopes",
                List.of("REGISTRATIONS", "TRANSACTIONS_READ"),
                "keys",
                List.of(SHOWN_KEY)));
    return administrator().at("institution", institution).at("client", client).says(CLIENT, client);
  }

  private static PartnerProgram registered() {
    return AccessPeople.registered(ExampleState.institution(name()), List.of("REGISTRATIONS"));
  }

  /** A program with two parties that it registered. */
  private static Call program() {
    String bearer = AccessPeople.authorization(registered());
    String registration = "";
    for (int i = 0; i < 2; i++) {
      registration =
          BankIT.client()
              .mustPost("/partner/registrations", bearer, ExampleState.ADA)
              .text("registration");
    }
    return new Call().as(bearer).at("registration", registration);
  }

  private static Call token(Sample sample) {
    if (sample.status().equals("401")) {
      return new Call();
    }
    PartnerProgram program = registered();
    if (sample.status().equals("400")) {
      return new Call()
          .with("/scope", "everything")
          .with("/client_assertion", program.assertion(program.claims(ServerIT.baseUri())));
    }
    return new Call()
        .with("/client_assertion", program.assertion(program.claims(ServerIT.baseUri())));
  }
}

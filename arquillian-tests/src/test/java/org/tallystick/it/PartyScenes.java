package org.tallystick.it;

import static org.tallystick.it.ExampleState.approve;
import static org.tallystick.it.ExampleState.approved;
import static org.tallystick.it.ExampleState.identified;
import static org.tallystick.it.ExampleState.inReview;
import static org.tallystick.it.ExampleState.party;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.imageio.ImageIO;
import org.tallystick.it.Scene.Sample;
import org.tallystick.launcher.bank.BackOffice;
import org.tallystick.launcher.bank.Customer;

/** Registrations, from both sides of the counter. */
final class PartyScenes {
  private PartyScenes() {}

  private static BackOffice office() {
    return BankIT.office();
  }

  static Map<String, Scene> all() {
    return Map.ofEntries(
        Map.entry(
            "register", sample -> new Call().with("/displayName", ExampleState.fresh("Shop "))),
        Map.entry("registrations", sample -> pageOfInstitution()),
        Map.entry(
            "ownRegistration",
            sample ->
                own(Lazy.CORNER_SHOP).says("Corner Shop", DISPLAYED).free("/contractVersion")),
        Map.entry("withdraw", sample -> own(ExampleState.ada())),
        Map.entry("identify", sample -> identifiedAgain(sample)),
        Map.entry("ownIdentification", sample -> own(Lazy.IN_REVIEW)),
        Map.entry("submitIdentification", sample -> own(identified())),
        Map.entry("handInDocument", PartyScenes::document),
        Map.entry("ownDocuments", sample -> own(Lazy.IN_REVIEW).free("/documents/sizeBytes")),
        Map.entry("openDocument", PartyScenes::opened),
        Map.entry("removeDocument", sample -> removed()),
        Map.entry("messages", sample -> messages()),
        Map.entry("dossier", sample -> dossier()),
        Map.entry("transitions", sample -> by(office().auditor(), Lazy.APPROVED)),
        Map.entry("accesses", sample -> accesses()),
        Map.entry("approve", PartyScenes::approval),
        Map.entry(
            "moveRegistration",
            sample -> by(office().approver(), BankIT.user().holder().customer())),
        Map.entry("activate", sample -> own(Lazy.APPROVED)),
        Map.entry(
            "allowActivation",
            sample -> by(office().approver(), BankIT.user().holder().customer())));
  }

  /** Parties that several examples look at; nothing is done to them. */
  static final class Lazy {
    static final Customer IN_REVIEW = inReview();
    static final Customer APPROVED = approved();
    static final Customer CORNER_SHOP = cornerShop();

    private Lazy() {}
  }

  /** The name that people see; another one each time, for two must not be alike. */
  private static final String DISPLAYED = ExampleState.fresh("Corner Shop ");

  private static Customer cornerShop() {
    Customer shop = office().provider("Corner Shop Ltd", DISPLAYED, "High Street");
    BankIT.devices().device(shop, ExampleState.fresh("till"), null);
    return shop;
  }

  private static Call own(Customer customer) {
    return by(party(customer), customer);
  }

  private static Call by(String who, Customer customer) {
    return new Call().as(who).at("registration", customer.registration());
  }

  /** Two who applied at one institution, asked for one after the other. */
  private static Call pageOfInstitution() {
    String institution = ExampleState.institution(ExampleState.fresh("Bank "));
    String waiting = ExampleState.fresh("Corner Shop ");
    for (int i = 0; i < 2; i++) {
      office()
          .applied(
              Map.of(
                  "kind", "ORGANISATION",
                  "role", "PROVIDER",
                  "name", "Corner Shop Ltd",
                  "email", "office@example.com",
                  "displayName", waiting,
                  "place", "High Street",
                  "institution", institution));
    }
    String clerk =
        ExampleState.staff(ExampleState.fresh("c"), Map.of("institution", institution), "CLERK");
    return new Call()
        .as(clerk)
        .query("state", "APPLIED")
        .query("limit", "1")
        .says("Corner Shop", waiting);
  }

  private static Call identifiedAgain(Sample sample) {
    if (!sample.sent().equals("organisation")) {
      Customer ada = ExampleState.ada();
      ada.identify(ExampleState.person());
      return own(ada);
    }
    Customer engines =
        office()
            .applied(Map.of("kind", "ORGANISATION", "role", "USER", "name", "Analytical Engines"));
    engines.identify(BackOfficeOrganisation.of("Analytical Engines"));
    return own(engines);
  }

  private static Call document(Sample sample) throws IOException {
    String media = sample.request().media();
    Call call = own(ExampleState.ada()).free("/sizeBytes");
    if (media.equals("application/pdf")) {
      return call.query("type", "PASSPORT")
          .bytes(ExampleState.PDF.getBytes(StandardCharsets.US_ASCII));
    }
    String form = media.substring("image/".length());
    return call.query("type", form.equals("png") ? "NATIONAL_ID" : "PROOF_OF_ADDRESS")
        .bytes(picture(form));
  }

  static byte[] picture(String form) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB), form, out);
    return out.toByteArray();
  }

  private static Call opened(Sample sample) throws IOException {
    String media = sample.answer().media();
    Customer ada = identified();
    if (!media.equals("application/pdf")) {
      ada.handIn("NATIONAL_ID", media, picture(media.substring("image/".length())));
    }
    ada.submit();
    String id = "";
    for (var one :
        BankIT.client()
            .mustGet("/registrations/" + ada.registration() + "/documents", party(ada))
            .body()
            .path("documents")) {
      if (one.path("mediaType").asText().equals(media)) {
        id = one.path("document").asText();
      }
    }
    return by(office().clerk(), ada).at("document", id);
  }

  private static Call removed() {
    Customer ada = identified();
    String id =
        BankIT.client()
            .mustGet("/registrations/" + ada.registration() + "/documents", party(ada))
            .body()
            .path("documents")
            .path(0)
            .path("document")
            .asText();
    return own(ada).at("document", id);
  }

  private static Call messages() {
    return own(Lazy.APPROVED);
  }

  private static Call dossier() {
    Customer ada = inReview();
    approve(ada, office().clerk(), "papers seen");
    return by(office().approver(), ada).free("/documents/sizeBytes");
  }

  private static Call accesses() {
    Customer ada = inReview();
    BankIT.client().mustGet("/registrations/" + ada.registration() + "/dossier", office().clerk());
    return by(office().auditor(), ada);
  }

  private static Call approval(Sample sample) {
    Customer ada = inReview();
    if (sample.answered().equals("proposed")) {
      return by(office().clerk(), ada);
    }
    approve(ada, office().clerk(), "papers seen");
    return by(office().approver(), ada);
  }
}

package org.tallystick.webhook;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.tallystick.codec.Base64Url;
import org.tallystick.institution.Institution;
import org.tallystick.institution.InstitutionsFixture;
import org.tallystick.node.Server;
import org.tallystick.partner.ClientTerms;
import org.tallystick.partner.PartnerClients;
import org.tallystick.partner.PartnersFixture;
import org.tallystick.party.Application;
import org.tallystick.party.BackOffice;
import org.tallystick.party.PartyKind;
import org.tallystick.party.PartyRole;
import org.tallystick.party.Registered;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Scope;
import org.tallystick.webhook.Webhook.Target;
import org.tallystick.webhook.WebhookOutcome.Due;
import org.tallystick.webhook.WebhookOutcome.Stands;
import org.tallystick.webhook.WebhookOutcome.WithSecret;

/** A bank with institutions that have programs and webhooks. */
final class WebhookOffice {
  static final String URL = "https://hooks.example.org/tallystick?bank=1";
  static final Set<EventType> ALL =
      Set.of(
          EventType.REGISTRATION_MOVED,
          EventType.REGISTRATION_MESSAGE,
          EventType.AGREEMENT_PUBLISHED,
          EventType.TRANSACTION_DECIDED);

  final BackOffice office;
  final Webhooks webhooks;
  final Deliveries deliveries;
  final WebhookStage stage;
  final PartnerClients clients;

  WebhookOffice(Path keys) {
    this(new BackOffice(keys));
  }

  WebhookOffice(BackOffice office) {
    this.office = office;
    webhooks = WebhooksFixture.webhooks(office);
    deliveries = WebhooksFixture.deliveries(office);
    stage = WebhooksFixture.stage(office);
    clients = PartnersFixture.clients(office);
  }

  <T> T in(Supplier<T> work) {
    return Server.inTransaction(office.entities, work);
  }

  void run(Runnable work) {
    in(
        () -> {
          work.run();
          return true;
        });
  }

  Institution institution() {
    return InstitutionsFixture.opened(office);
  }

  /** A registered program with these scopes, as it is when it has signed in. */
  Actor program(Institution institution, Set<Scope> scopes) {
    String name = "c" + UUID.randomUUID().toString().substring(0, 30);
    ClientTerms terms = new ClientTerms(List.of(), new byte[32], scopes);
    in(
        () ->
            clients.register(
                InstitutionsFixture.ADMINISTRATOR,
                Base64Url.encode(institution.publicId()),
                name,
                terms));
    return Actor.partner(name, institution.id(), scopes);
  }

  Actor program(Institution institution) {
    return program(institution, Set.of(Scope.values()));
  }

  Webhook created(Actor actor, Set<EventType> events) {
    return ((WithSecret) in(() -> webhooks.create(actor, new Target(URL, events)))).webhook();
  }

  Webhook found(Actor actor, Webhook webhook) {
    return in(() -> webhooks.find(actor, webhook.publicId())).orElseThrow();
  }

  Webhook moved(Actor actor, Webhook webhook, WebhookState state) {
    return ((Stands)
            in(
                () ->
                    webhooks.change(
                        actor, webhook.publicId(), version -> true, webhook.target(), state)))
        .webhook();
  }

  Delivery tested(Actor actor, Webhook webhook) {
    return ((Due) in(() -> deliveries.test(actor, webhook.publicId()))).delivery();
  }

  List<Delivery> all(Actor actor, Webhook webhook) {
    return in(() -> deliveries.page(actor, webhook.publicId(), Optional.empty(), 100))
        .orElseThrow()
        .items();
  }

  /** What is due now at these webhooks; the database is all tests'. */
  List<ClaimedDelivery> claimed(Webhook... of) {
    Set<Long> wanted = new HashSet<>();
    for (Webhook webhook : of) {
      wanted.add(webhook.id());
    }
    List<ClaimedDelivery> mine = new ArrayList<>();
    for (ClaimedDelivery one : in(() -> stage.claim(10_000, 1_000, Map.of()))) {
      if (wanted.contains(one.webhook())) {
        mine.add(one);
      }
    }
    return mine;
  }

  void settled(ClaimedDelivery claimed, ExchangeResult result) {
    run(() -> stage.settle(claimed, result.status(), result.word()));
  }

  /** A person that came through an institution. */
  Registered applied(Actor program) {
    return (Registered)
        in(
            () ->
                office.registrations.register(
                    program,
                    new Application(
                        PartyKind.PERSON, PartyRole.USER, "Ada Byron", null, null, null)));
  }
}

package org.tallystick.enrolment;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.tallystick.crypto.Sha256;
import org.tallystick.keys.Bank;
import org.tallystick.keys.BankKey;
import org.tallystick.keys.BankKeySet;
import org.tallystick.keys.KeySetOf;
import org.tallystick.keys.KeyUse;
import org.tallystick.keys.KeyVault;
import org.tallystick.keys.Pkcs12KeyVault;
import org.tallystick.node.Environment;
import org.tallystick.node.MovableClock;
import org.tallystick.party.Agreement;
import org.tallystick.party.AgreementProposal;
import org.tallystick.party.Party;
import org.tallystick.party.PartyIdentifiers;
import org.tallystick.party.PartyIdentity;
import org.tallystick.party.PartyKind;
import org.tallystick.party.PartyRole;
import org.tallystick.party.PublicName;
import org.tallystick.party.RegistrationState;

/** A bank without a container: keys in a folder, devices in memory. */
final class ExchangeFixture {
  private static final Agreement AGREEMENT = agreement();

  static final String CONSORTIUM = "TL";
  private static final PublicName NAME = new PublicName("Corner Shop", new byte[32], new byte[32]);

  final MovableClock clock = new MovableClock();
  final DevicesInMemory devices = new DevicesInMemory();
  final Bank bank;
  final byte[] bindingValue = NewDevice.drawn(16);
  final KeyVault vault;
  final EnrolmentExchange exchange;

  ExchangeFixture(Path keys) {
    this(keys, Map.of());
  }

  private static Agreement agreement() {
    String text = "AGREEMENT, VERSION 1\n";
    byte[] hash = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    OffsetDateTime then = OffsetDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC);
    return new AgreementProposal(1, text, hash, then, "one", then).publish("another", then);
  }

  ExchangeFixture(Path keys, Map<String, String> settings) {
    bank = new Bank(new Environment(settings));
    vault = Pkcs12KeyVault.open(keys, "a password".toCharArray(), clock, NewDevice.RANDOM);
    exchange = new EnrolmentExchange(bank, vault, devices, clock, NewDevice.RANDOM);
  }

  Party party(PartyRole role) {
    boolean provider = role == PartyRole.PROVIDER;
    PartyIdentity identity = new PartyIdentity(new byte[1], null, provider ? NAME : null, null);
    PartyIdentifiers identifiers =
        new PartyIdentifiers(
            NewDevice.drawn(16),
            NewDevice.drawn(16),
            NewDevice.drawn(16),
            new byte[1],
            NewDevice.drawn(32));
    Party party =
        new Party(
            PartyKind.PERSON,
            role,
            identity,
            identifiers,
            1,
            AGREEMENT.hash(),
            OffsetDateTime.now(clock));
    OffsetDateTime now = OffsetDateTime.now(clock);
    for (RegistrationState next :
        List.of(
            RegistrationState.SCREENING, RegistrationState.REVIEW, RegistrationState.APPROVED)) {
      party.moveTo(next, "clerk", "known", now);
    }
    return party;
  }

  ActivationIssuer.Drawn issue(Party party) {
    return new ActivationIssuer(bank, vault, clock, NewDevice.RANDOM).draw(party, AGREEMENT, 1);
  }

  BindOutcome bind(Enrolment enrolment, Party party, byte[] message1) {
    return exchange.bind(enrolment, party, vault.personalKey(), bindingValue, message1);
  }

  BankKeySet keySet() {
    return KeySetOf.one(
        CONSORTIUM, BankKey.CERTIFICATE, vault.signer(KeyUse.CERTIFICATE).verificationKey());
  }
}

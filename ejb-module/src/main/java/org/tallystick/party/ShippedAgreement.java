package org.tallystick.party;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.tallystick.crypto.Sha256;

/**
 * Puts the first version of the agreement, which comes with the application, into a database that
 * has none. It is in force from ever. Of several nodes that start at once one does it.
 */
@Singleton
@Startup
@DependsOn("SchemaAtStart")
public class ShippedAgreement {
  private static final String FILE = "agreement-1.txt";

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @Inject Clock clock;

  @PostConstruct
  void put() {
    byte[] text = read();
    entities
        .createNativeQuery(
            "insert into agreement (version, text, text_hash, effective_at, published_at)"
                + " values (1, ?1, ?2, ?3, ?4) on conflict do nothing")
        .setParameter(1, new String(text, StandardCharsets.UTF_8))
        .setParameter(2, Sha256.of(text))
        .setParameter(3, OffsetDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC))
        .setParameter(4, OffsetDateTime.now(clock))
        .executeUpdate();
  }

  private static byte[] read() {
    try (InputStream file = ShippedAgreement.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException("the text of the first agreement is missing");
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the text of the first agreement is unreadable", e);
    }
  }
}

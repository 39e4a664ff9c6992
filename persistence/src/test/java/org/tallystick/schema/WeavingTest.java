package org.tallystick.schema;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.Map;
import org.eclipse.persistence.internal.jpa.rs.weaving.PersistenceWeavedRest;
import org.eclipse.persistence.internal.weaving.PersistenceWeaved;
import org.junit.jupiter.api.Test;

class WeavingTest {
  @Test
  void everyEntity_isWovenAtBuildTime() {
    try (EntityManagerFactory factory =
        Persistence.createEntityManagerFactory(
            "tallystick",
            Map.of(
                "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                "jakarta.persistence.jtaDataSource", "",
                "jakarta.persistence.nonJtaDataSource", Database.dataSource()))) {
      assertThat(factory.getMetamodel().getManagedTypes())
          .hasSizeGreaterThan(5)
          .allSatisfy(
              type ->
                  assertThat(type.getJavaType().getInterfaces())
                      .contains(PersistenceWeaved.class)
                      // Payara does not have this interface
                      .doesNotContain(PersistenceWeavedRest.class));
    }
  }
}

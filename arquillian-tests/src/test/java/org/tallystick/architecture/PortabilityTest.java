package org.tallystick.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.security.Provider;
import java.security.Security;
import org.junit.jupiter.api.Test;
import org.tallystick.node.ServerResources;

/** What keeps the application a citizen of Jakarta EE and not of one product. */
final class PortabilityTest {
  /** Every module on the class path, as it is in EAR and WAR; the launcher is no part of them. */
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.tallystick");

  @Test
  void application_knowsNoProduct() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "fish.payara..",
            "com.sun.enterprise..",
            "com.sun.messaging..",
            "org.glassfish..",
            "org.jboss.as..",
            "org.jboss.resteasy..",
            "org.wildfly..",
            "io.undertow..",
            "org.apache.activemq..",
            "org.hibernate..")
        .check(ALL);
  }

  @Test
  void application_knowsNoMicroProfile() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.eclipse.microprofile..")
        .check(ALL);
  }

  @Test
  void resource_ofTheServer_isNamedInOnePlaceAndOnlyLogically() {
    noFields()
        .that(DescribedPredicate.describe("name a resource", PortabilityTest::named))
        .should()
        .beDeclaredInClassesThat(
            DescribedPredicate.describe(
                "are not ServerResources", type -> !type.isEquivalentTo(ServerResources.class)))
        .check(ALL);
    noFields()
        .should(
            ArchConditions.be(
                DescribedPredicate.<JavaField>describe(
                    "looked up by a server's own name", PortabilityTest::lookedUp)))
        .check(ALL);
    assertThat(ALL.get(ServerResources.class).getFields()).anyMatch(PortabilityTest::named);
  }

  @Test
  void activation_isConfiguredInDescriptorsOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ActivationConfigProperty.class)
        .check(ALL);
    noClasses().should().beAnnotatedWith(MessageDriven.class).check(ALL);
  }

  @Test
  void provider_ofCryptography_isNeverInstalledForAll() {
    noClasses().should().callMethod(Security.class, "addProvider", Provider.class).check(ALL);
    noClasses()
        .should()
        .callMethod(Security.class, "insertProviderAt", Provider.class, int.class)
        .check(ALL);
  }

  private static boolean named(JavaField field) {
    return field
        .tryGetAnnotationOfType(Resource.class)
        .filter(r -> !r.name().isEmpty())
        .isPresent();
  }

  private static boolean lookedUp(JavaField field) {
    return field
        .tryGetAnnotationOfType(Resource.class)
        .filter(r -> !r.lookup().isEmpty() || !r.mappedName().isEmpty())
        .isPresent();
  }
}

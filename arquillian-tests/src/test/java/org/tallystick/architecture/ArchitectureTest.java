package org.tallystick.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeps the arrows between the modules, and the names. */
final class ArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.tallystick");

  @ParameterizedTest
  @EnumSource(Module.class)
  void module_onThisClassPath_isSeen(Module module) {
    assertThat(ALL.that(module.classes())).as("classes of %s", module).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(Module.class)
  void module_knowsOnlyWhatItsArrowsPointTo(Module module) {
    noClasses().that(module.classes()).should().dependOnClassesThat(module.forbidden()).check(ALL);
  }

  @ParameterizedTest
  @EnumSource(
      value = Module.class,
      names = {"PROTOCOL", "DEVICE_SDK", "VERIFIER", "SIMULATION", "LAUNCHER"})
  void pureModule_knowsNoJakarta(Module module) {
    noClasses()
        .that(module.classes())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta..", "javax.ejb..", "javax.jms..", "javax.persistence..")
        .check(ALL);
  }

  @ParameterizedTest
  @EnumSource(Module.class)
  void features_withinAModule_haveNoCycles(Module module) {
    slices()
        .matching("org.tallystick.(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(ALL.that(module.classes()));
  }

  /**
   * The container's proxy of a bean takes public methods only, and fails at the call of another.
   */
  /** Of two beans of one name a container takes one, whichever was asked for. */
  @Test
  void beansOfTheContainer_haveDifferentNames() {
    List<String> names =
        ALL.stream()
            .filter(
                type ->
                    type.isAnnotatedWith("jakarta.ejb.Stateless")
                        || type.isAnnotatedWith("jakarta.ejb.Singleton"))
            .map(JavaClass::getSimpleName)
            .toList();
    assertThat(names).hasSizeGreaterThan(50).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jakarta.ejb.Stateless", "jakarta.ejb.Singleton"})
  void beanOfTheContainer_hasNoMethodThatItsProxyRefuses(String annotation) {
    methods()
        .that()
        .areDeclaredInClassesThat()
        .areAnnotatedWith(annotation)
        .and()
        .areNotStatic()
        .and()
        .areNotAnnotatedWith("jakarta.annotation.PostConstruct")
        .and()
        .areNotAnnotatedWith("jakarta.annotation.PreDestroy")
        .should()
        .bePublic()
        .orShould()
        .bePrivate()
        .check(ALL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Impl", "Manager", "Helper", "Util", "Utils", "Data"})
  void className_saysWhatItIs(String emptyWord) {
    classes().should().haveSimpleNameNotEndingWith(emptyWord).check(ALL);
  }
}

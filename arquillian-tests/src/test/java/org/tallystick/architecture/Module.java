package org.tallystick.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The modules and their arrows. A class belongs to the module whose jar or class folder it comes
 * from: packages are features and say nothing about that.
 */
enum Module {
  PROTOCOL("protocol"),
  DEVICE_SDK("device-sdk"),
  VERIFIER("verifier"),
  SIMULATION("simulation"),
  SCREENING("screening"),
  PERSISTENCE("persistence"),
  EJB("ejb-module"),
  JMS("jms-module"),
  WEB("web-module"),
  LAUNCHER("launcher");

  private final String artifact;

  Module(String artifact) {
    this.artifact = artifact;
  }

  private Set<Module> mayUse() {
    return switch (this) {
      case PROTOCOL, SCREENING -> Set.of();
      case DEVICE_SDK, VERIFIER, SIMULATION, PERSISTENCE -> Set.of(PROTOCOL);
      case EJB -> Set.of(PERSISTENCE, SCREENING, PROTOCOL);
      case JMS, WEB -> Set.of(EJB, PERSISTENCE, SCREENING, PROTOCOL);
      case LAUNCHER -> Set.of(DEVICE_SDK, VERIFIER, SIMULATION, PROTOCOL);
    };
  }

  boolean contains(JavaClass type) {
    // the jar by its own name and not by the folder it lies in: the launcher keeps copies of others
    Pattern source = Pattern.compile("/" + artifact + "((-[0-9][^/]*)?\\.jar!|/target/classes/)");
    return type.getSource()
        .map(origin -> source.matcher(origin.getUri().toString()).find())
        .orElse(false);
  }

  /** Classes of this module. */
  DescribedPredicate<JavaClass> classes() {
    return DescribedPredicate.describe("classes of " + this, this::contains);
  }

  /** Classes of modules that this one must not know. */
  DescribedPredicate<JavaClass> forbidden() {
    return DescribedPredicate.describe(
        "classes that " + this + " must not know",
        type ->
            Arrays.stream(values())
                .filter(other -> other != this && !mayUse().contains(other))
                .anyMatch(other -> other.contains(type)));
  }
}
